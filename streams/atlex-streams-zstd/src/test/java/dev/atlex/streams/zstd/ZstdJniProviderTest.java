package dev.atlex.streams.zstd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.atlex.streams.ZstdDecoderProvider;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ZstdJniProviderTest {
    private static final byte[] DICTIONARY = Dictionaries.train(7);
    private static final byte[] TEXT = "{\"$type\":\"message\"}".getBytes(UTF_8);

    private final ZstdDecoderProvider.Decoder decoder = new ZstdJniProvider().create(DICTIONARY);

    private static byte[] compress(byte[] bytes, boolean withSize) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.loadDict(DICTIONARY).setContentSize(withSize).compress(bytes);
        }
    }

    @Test
    void frames_areDecodedWithAndWithoutTheirSize() {
        assertThat(decoder.decode(compress(TEXT, true), 1000)).isEqualTo(TEXT);
        assertThat(decoder.decode(compress(TEXT, false), 1000)).isEqualTo(TEXT);
    }

    @Test
    void size_isLimited() {
        byte[] zeros = new byte[1 << 20];
        for (boolean withSize : new boolean[] {true, false}) {
            byte[] bomb = compress(zeros, withSize);
            assertThat(decoder.decode(bomb, zeros.length)).hasSize(zeros.length);
            assertThatThrownBy(() -> decoder.decode(bomb, zeros.length - 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("larger than 1048575 bytes");
        }
    }

    @Test
    void invalidFrames_areRejected() {
        byte[] frame = compress(TEXT, true);
        byte[] other = Dictionaries.compressor(Dictionaries.train(11)).apply(TEXT);
        byte[] withoutSize = compress(TEXT, false);
        byte[][] all = {
            TEXT,
            {},
            {1, 2, 3},
            Arrays.copyOf(frame, frame.length - 1),
            Arrays.copyOf(frame, 6),
            Arrays.copyOf(withoutSize, withoutSize.length - 1),
            Arrays.copyOf(withoutSize, 6),
            other
        };
        for (byte[] invalid : all) {
            assertThatThrownBy(() -> decoder.decode(invalid, 1000)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(decoder.decode(frame, 1000)).as("still usable").isEqualTo(TEXT);
    }
}
