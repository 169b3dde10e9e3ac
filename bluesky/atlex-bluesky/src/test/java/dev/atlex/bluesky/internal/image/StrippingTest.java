package dev.atlex.bluesky.internal.image;

import static dev.atlex.bluesky.internal.image.Samples.ascii;
import static dev.atlex.bluesky.internal.image.Samples.bytes;
import static dev.atlex.bluesky.internal.image.Samples.chunk;
import static dev.atlex.bluesky.internal.image.Samples.concat;
import static dev.atlex.bluesky.internal.image.Samples.encode;
import static dev.atlex.bluesky.internal.image.Samples.exifSegment;
import static dev.atlex.bluesky.internal.image.Samples.picture;
import static dev.atlex.bluesky.internal.image.Samples.pixels;
import static dev.atlex.bluesky.internal.image.Samples.riff;
import static dev.atlex.bluesky.internal.image.Samples.segment;
import static dev.atlex.bluesky.internal.image.Samples.text;
import static dev.atlex.bluesky.internal.image.Samples.webp;
import static dev.atlex.bluesky.internal.image.Samples.withChunks;
import static dev.atlex.bluesky.internal.image.Samples.withSegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests that metadata is removed from files, and nothing else. */
class StrippingTest {
    private static final byte[] SECRET = ascii(Samples.SECRET);
    private static final byte[] PROFILE = concat(ascii("ICC_PROFILE\0\1\1"), new byte[128]);

    private static byte[] strip(ImageType type, byte[] file) {
        byte[] stripped = ImageFile.read(type, file).kept().toArray();
        assertThat(text(stripped)).doesNotContain(Samples.SECRET);
        return stripped;
    }

    @Nested
    class Jpeg {
        private final byte[] plain = encode(picture(40, 30), "jpeg");

        @Test
        void fileWithoutMetadataIsNotCopied() {
            assertThat(strip(ImageType.JPEG, plain)).isSameAs(plain);
        }

        @Test
        void metadataSegments_areRemoved() {
            byte[] file = withSegments(
                    plain,
                    exifSegment(1),
                    segment(0xe1, concat(ascii("http://ns.adobe.com/xap/1.0/\0"), SECRET)),
                    segment(0xe2, concat(ascii("MPF\0"), SECRET)),
                    segment(0xed, concat(ascii("Photoshop 3.0\0"), SECRET)),
                    segment(0xeb, SECRET),
                    segment(0xe0, concat(ascii("JFXX\0"), SECRET)),
                    segment(0xfe, SECRET));
            assertThat(strip(ImageType.JPEG, file)).isEqualTo(plain);
        }

        @Test
        void colorSegments_areKept() {
            byte[] adobe = segment(0xee, concat(ascii("Adobe"), bytes(0, 100, 0, 0, 0, 0, 1)));
            byte[] colors = withSegments(plain, segment(0xe2, PROFILE), adobe);
            byte[] file = withSegments(plain, exifSegment(1), segment(0xe2, PROFILE), adobe);
            assertThat(strip(ImageType.JPEG, file)).isEqualTo(colors);
        }

        @Test
        void bytesAfterImage_areRemoved() {
            byte[] file = concat(plain, withSegments(plain, exifSegment(1)), SECRET);
            assertThat(strip(ImageType.JPEG, file)).isEqualTo(plain);
        }

        @Test
        void thumbnailInHeader_isRemoved() {
            byte[] header = concat(Arrays.copyOfRange(plain, 6, 18), bytes(6, 1), SECRET, new byte[1]);
            byte[] file = concat(bytes(0xff, 0xd8), segment(0xe0, header), Arrays.copyOfRange(plain, 20, plain.length));
            assertThat(strip(ImageType.JPEG, file)).isEqualTo(plain);
        }

        @Test
        void fillBytesAndGarbageBetweenSegmentsAreSkipped() {
            byte[] file = withSegments(plain, bytes(0xff, 0xff), exifSegment(1), ascii("garbage"), bytes(0xff));
            assertThat(pixels(strip(ImageType.JPEG, file))).isEqualTo(pixels(plain));
        }

        @Test
        void orientationIsReadInBothByteOrders() {
            for (int orientation = 1; orientation <= 8; orientation++) {
                for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                    byte[] exif = segment(0xe1, concat(ascii("Exif\0\0"), Samples.exif(orientation, order)));
                    ImageFile image = ImageFile.read(ImageType.JPEG, withSegments(plain, exif));
                    assertThat(image.orientation()).isEqualTo(orientation);
                    assertThat(image.uprightWidth()).isEqualTo(orientation < 5 ? 40 : 30);
                    assertThat(image.uprightHeight()).isEqualTo(orientation < 5 ? 30 : 40);
                }
            }
        }

        @Test
        void invalidOrientation_isTreatedAsUpright() {
            for (int orientation : new int[] {0, 9, 65535}) {
                byte[] file = withSegments(plain, exifSegment(orientation));
                assertThat(ImageFile.read(ImageType.JPEG, file).orientation()).isEqualTo(1);
            }
        }

        @Test
        void everyTruncationIsMalformed() {
            byte[] file = withSegments(plain, exifSegment(6));
            for (int length = 3; length <= file.length - plain.length + scanStart(plain); length++) {
                byte[] start = Arrays.copyOf(file, length);
                assertThatThrownBy(() -> ImageFile.read(ImageType.JPEG, start))
                        .isInstanceOf(MalformedImageException.class);
            }
        }

        @Test
        void truncatedScan_isTerminated() throws IOException {
            for (int length = scanStart(plain) + 1; length < plain.length; length++) {
                byte[] stripped = strip(ImageType.JPEG, Arrays.copyOf(plain, length));
                int kept = (plain[length - 1] & 0xff) == 0xff ? length - 1 : length;
                if (kept > scanStart(plain)) {
                    assertThat(stripped).isEqualTo(concat(Arrays.copyOf(plain, kept), bytes(0xff, 0xd9)));
                }
            }
            byte[] withoutEnd = Arrays.copyOf(plain, plain.length - 2);
            assertThat(strip(ImageType.JPEG, withoutEnd)).isEqualTo(plain);
            assertThat(ImageIO.read(new ByteArrayInputStream(strip(ImageType.JPEG, withoutEnd)))
                            .getWidth())
                    .isEqualTo(40);
        }

        /** Returns the offset of the data in the only scan. */
        private static int scanStart(byte[] jpeg) {
            int at = 2;
            while ((jpeg[at + 1] & 0xff) != 0xda) {
                at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            }
            return at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }

        @Test
        void manyScansAreMalformed() {
            byte[] scan = segment(0xda, bytes(1, 1, 0, 0, 0, 0));
            byte[][] scans = new byte[101][];
            Arrays.fill(scans, scan);
            byte[] file = concat(Arrays.copyOf(plain, plain.length - 2), concat(scans), bytes(0xff, 0xd9));
            assertThatThrownBy(() -> ImageFile.read(ImageType.JPEG, file)).hasMessage("more than 100 scans");
        }

        @Test
        void manyPiecesOfMetadataAreMalformed() {
            byte[][] pieces = new byte[2 * 70_000][];
            for (int i = 0; i < pieces.length; i += 2) {
                pieces[i] = segment(0xfe, new byte[0]);
                pieces[i + 1] = segment(0xdb, new byte[0]);
            }
            assertThatThrownBy(() -> ImageFile.read(ImageType.JPEG, withSegments(plain, concat(pieces))))
                    .hasMessage("more than 65536 pieces of metadata");
        }
    }

    @Nested
    class Png {
        private final byte[] plain = encode(picture(40, 30), "png");

        @Test
        void fileWithoutMetadataIsNotCopied() {
            assertThat(strip(ImageType.PNG, plain)).isSameAs(plain);
        }

        @Test
        void metadataChunks_areRemoved() {
            byte[] file = withChunks(
                    plain,
                    chunk("eXIf", Samples.exif(1, ByteOrder.BIG_ENDIAN)),
                    chunk("tEXt", SECRET),
                    chunk("zTXt", SECRET),
                    chunk("iTXt", SECRET),
                    chunk("tIME", SECRET),
                    chunk("prVt", SECRET));
            assertThat(strip(ImageType.PNG, file)).isEqualTo(plain);
        }

        @Test
        void colorAndAnimationChunks_areKept() {
            byte[] gamma = chunk("gAMA", bytes(0, 0, 0xb1, 0x8f));
            byte[] profile = chunk("iCCP", ascii("x\0\0"));
            byte[] control = chunk("acTL", bytes(0, 0, 0, 1, 0, 0, 0, 0));
            byte[] file = withChunks(plain, gamma, profile, control);
            assertThat(strip(ImageType.PNG, file)).isSameAs(file);
            assertThat(ImageFile.read(ImageType.PNG, file).animated()).isTrue();
        }

        @Test
        void bytesAfterImage_areRemoved() {
            assertThat(strip(ImageType.PNG, concat(plain, SECRET))).isEqualTo(plain);
        }

        @Test
        void orientationIsRead() {
            byte[] file = withChunks(plain, chunk("eXIf", Samples.exif(6, ByteOrder.LITTLE_ENDIAN)));
            ImageFile image = ImageFile.read(ImageType.PNG, file);
            assertThat(image.orientation()).isEqualTo(6);
            assertThat(image.uprightWidth()).isEqualTo(30);
        }

        @Test
        void wrongChecksumOfPixelsIsMalformed() {
            byte[] file = plain.clone();
            file[file.length - 20] ^= 1;
            assertThatThrownBy(() -> ImageFile.read(ImageType.PNG, file))
                    .isInstanceOf(MalformedImageException.class)
                    .hasMessageContaining("checksum of the chunk IDAT");
        }

        @Test
        void everyTruncationIsMalformed() {
            for (int length = 8; length < plain.length; length++) {
                byte[] start = Arrays.copyOf(plain, length);
                assertThatThrownBy(() -> ImageFile.read(ImageType.PNG, start))
                        .isInstanceOf(MalformedImageException.class);
            }
        }

        @Test
        void emptyImageIsMalformed() {
            byte[] empty = concat(Arrays.copyOf(plain, 8), chunk("IHDR", new byte[13]), chunk("IDAT", new byte[0]));
            assertThatThrownBy(() -> ImageFile.read(ImageType.PNG, concat(empty, chunk("IEND", new byte[0]))))
                    .hasMessage("no pixels: 0x0");
        }
    }

    @Nested
    class Gif {
        private final byte[] plain = encode(picture(40, 30), "gif");
        private final byte[] body = Arrays.copyOf(plain, plain.length - 1);

        @Test
        void fileWithoutMetadataIsNotCopied() {
            assertThat(strip(ImageType.GIF, plain)).isSameAs(plain);
            assertThat(ImageFile.read(ImageType.GIF, plain).animated()).isFalse();
        }

        @Test
        void commentsAndXmp_areRemoved() {
            byte[] comment = concat(bytes(0x21, 0xfe, SECRET.length), SECRET, bytes(0));
            byte[] xmp = concat(bytes(0x21, 0xff, 11), ascii("XMP DataXMP"), bytes(SECRET.length), SECRET, bytes(0));
            assertThat(strip(ImageType.GIF, concat(body, comment, xmp, bytes(0x3b), SECRET)))
                    .isEqualTo(plain);
        }

        @Test
        void loopsAndFrames_areKept() {
            byte[] loop = concat(bytes(0x21, 0xff, 11), ascii("NETSCAPE2.0"), bytes(3, 1, 0, 0, 0));
            byte[] frame = bytes(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0);
            byte[] file = concat(body, loop, frame, frame, bytes(0x3b));
            assertThat(strip(ImageType.GIF, file)).isSameAs(file);
            assertThat(ImageFile.read(ImageType.GIF, file).animated()).isTrue();
        }

        @Test
        void missingTrailerIsAdded() {
            assertThat(strip(ImageType.GIF, body)).isEqualTo(plain);
        }

        @Test
        void everyTruncationIsMalformed() {
            for (int length = 6; length < body.length; length++) {
                byte[] start = Arrays.copyOf(plain, length);
                assertThatThrownBy(() -> ImageFile.read(ImageType.GIF, start))
                        .isInstanceOf(MalformedImageException.class);
            }
        }
    }

    @Nested
    class Webp {
        private final byte[] lossless = riff("VP8L", concat(bytes(0x2f, 39, 0x40, 7, 0), new byte[7]));

        @Test
        void dimensionsOfEachKindAreRead() {
            byte[] lossy = riff("VP8 ", concat(bytes(0, 0, 0, 0x9d, 1, 0x2a, 40, 0, 30, 0), new byte[8]));
            byte[] extended = riff("VP8X", bytes(0, 0, 0, 0, 99, 0, 0, 49, 0, 0));
            assertThat(size(webp(lossless))).isEqualTo("40x30");
            assertThat(size(webp(lossy))).isEqualTo("40x30");
            assertThat(size(webp(extended, lossless))).isEqualTo("100x50");
        }

        @Test
        void fileWithoutMetadataIsNotCopied() {
            byte[] plain = webp(lossless);
            assertThat(strip(ImageType.WEBP, plain)).isSameAs(plain);
        }

        @Test
        void metadataAndItsFlags_areRemoved() {
            byte[] profile = riff("ICCP", new byte[9]);
            byte[] file = concat(
                    webp(
                            riff("VP8X", bytes(0x2c, 0, 0, 0, 39, 0, 0, 29, 0, 0)),
                            profile,
                            lossless,
                            riff("EXIF", Samples.exif(1, ByteOrder.BIG_ENDIAN)),
                            riff("XMP ", SECRET),
                            riff("priv", SECRET)),
                    SECRET);
            assertThat(strip(ImageType.WEBP, file))
                    .isEqualTo(webp(riff("VP8X", bytes(0x20, 0, 0, 0, 39, 0, 0, 29, 0, 0)), profile, lossless));
        }

        @Test
        void orientationIsReadWithAndWithoutPrefix() {
            byte[] exif = Samples.exif(8, ByteOrder.BIG_ENDIAN);
            assertThat(ImageFile.read(ImageType.WEBP, webp(lossless, riff("EXIF", exif)))
                            .orientation())
                    .isEqualTo(8);
            byte[] prefixed = riff("EXIF", concat(ascii("Exif\0\0"), exif));
            assertThat(ImageFile.read(ImageType.WEBP, webp(lossless, prefixed)).orientation())
                    .isEqualTo(8);
        }

        @Test
        void extendedHeaderWithoutContentIsMalformed() {
            // The next chunk's type begins where the flags should be, and has the bit of EXIF.
            byte[] file = webp(riff("VP8X", new byte[0]), riff("EXIF", SECRET), lossless);
            assertThatThrownBy(() -> strip(ImageType.WEBP, file)).isInstanceOf(MalformedImageException.class);
        }

        @Test
        void animationIsRecognized() {
            byte[] file = webp(riff("VP8X", bytes(2, 0, 0, 0, 39, 0, 0, 29, 0, 0)), riff("ANMF", lossless));
            assertThat(ImageFile.read(ImageType.WEBP, file).animated()).isTrue();
        }

        @Test
        void everyTruncationIsMalformed() {
            byte[] file = webp(lossless);
            for (int length = 12; length < file.length; length++) {
                byte[] start = Arrays.copyOf(file, length);
                assertThatThrownBy(() -> ImageFile.read(ImageType.WEBP, start))
                        .isInstanceOf(MalformedImageException.class);
            }
        }

        private static String size(byte[] file) {
            ImageFile image = ImageFile.read(ImageType.WEBP, file);
            return image.width() + "x" + image.height();
        }
    }
}
