package dev.atlex.bluesky.internal.video;

import static dev.atlex.bluesky.video.Mp4Samples.box;
import static dev.atlex.bluesky.video.Mp4Samples.concat;
import static dev.atlex.bluesky.video.Mp4Samples.trackHeader;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.embed.EmbedDefs.AspectRatio;
import dev.atlex.bluesky.video.Mp4Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the detection of a video's type and aspect ratio before its upload. */
class VideoFileTest {
    private static final byte[] FTYP = box("ftyp", "isom".getBytes(StandardCharsets.ISO_8859_1));

    @TempDir
    Path folder;

    private VideoFile open(byte[] content) {
        try {
            return VideoFile.open(Files.write(folder.resolve("video"), content), null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String ratio(byte[] content) {
        AspectRatio ratio = open(content).aspectRatio();
        return ratio == null ? "none" : ratio.width() + ":" + ratio.height();
    }

    @ParameterizedTest
    @CsvSource({"0, 640:360", "90, 360:640", "180, 640:360", "270, 360:640"})
    void aspectRatio_followsTheRotation(int degrees, String expected) {
        assertThat(ratio(Mp4Samples.video(640, 360, degrees))).isEqualTo(expected);
    }

    @Test
    void aspectRatio_isReadFromVersion1() {
        assertThat(ratio(concat(FTYP, box("moov", box("trak", trackHeader(1, 1920, 1080, 0))))))
                .isEqualTo("1920:1080");
    }

    @Test
    void aspectRatio_isReadAfterBoxWithLongSize() {
        byte[] large = ByteBuffer.allocate(116)
                .putInt(1)
                .put("mdat".getBytes(StandardCharsets.ISO_8859_1))
                .putLong(116)
                .array();
        assertThat(ratio(concat(FTYP, large, box("moov", box("trak", trackHeader(0, 4, 3, 0))))))
                .isEqualTo("4:3");
    }

    @Test
    void aspectRatio_isReadFromLastBoxWithoutSize() {
        byte[] moov = box("moov", box("trak", trackHeader(0, 4, 3, 0)));
        ByteBuffer.wrap(moov).putInt(0, 0);
        assertThat(ratio(concat(FTYP, moov))).isEqualTo("4:3");
    }

    @Test
    void aspectRatio_ofMalformedBoxesIsUnknown() {
        assertThat(ratio(FTYP)).isEqualTo("none");
        assertThat(ratio(concat(FTYP, box("moov", box("trak", box("tkhd", new byte[20]))))))
                .isEqualTo("none");
        assertThat(ratio(concat(FTYP, box("moov", new byte[] {0, 0, 0, 3, 't', 'r', 'a', 'k'}))))
                .isEqualTo("none");
        assertThat(ratio(concat(FTYP, new byte[] {0, 0, 0, 1, 'm', 'o', 'o', 'v', -1, -1, -1, -1, -1, -1, -1, -1})))
                .isEqualTo("none");
    }

    @Test
    void aspectRatio_ofManyBoxesIsBounded() {
        byte[] many = new byte[8 * 100_000];
        for (int i = 0; i < many.length; i += 8) {
            ByteBuffer.wrap(many).putInt(i, 8).put(i + 4, (byte) 'f');
        }
        assertThat(ratio(concat(FTYP, many, box("moov", box("trak", trackHeader(0, 4, 3, 0))))))
                .isEqualTo("none");
    }

    @Test
    void randomChanges_neverFail() {
        byte[] valid = Mp4Samples.video(640, 360, 90);
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] changed = valid.clone();
            for (int n = 0; n < 4; n++) {
                changed[12 + random.nextInt(changed.length - 12)] = (byte) random.nextInt(256);
            }
            assertThat(open(changed).mediaType()).isEqualTo("video/mp4");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00000018667479706d703432, video/mp4",
        "0000001466747970717420200000, video/quicktime",
        "000000086d6f6f7600000000, video/quicktime",
        "1a45dfa39f428681, video/webm",
        "000001ba44000400, video/mpeg",
        "474946383961, image/gif",
    })
    void mediaType_isDetectedByContent(String hex, String expected) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertThat(open(bytes).mediaType()).isEqualTo(expected);
    }
}
