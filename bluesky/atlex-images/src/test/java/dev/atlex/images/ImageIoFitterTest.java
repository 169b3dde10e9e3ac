package dev.atlex.images;

import static dev.atlex.images.Photos.ascii;
import static dev.atlex.images.Photos.chunk;
import static dev.atlex.images.Photos.concat;
import static dev.atlex.images.Photos.decode;
import static dev.atlex.images.Photos.encode;
import static dev.atlex.images.Photos.jpeg;
import static dev.atlex.images.Photos.photo;
import static dev.atlex.images.Photos.quarterColors;
import static dev.atlex.images.Photos.quarters;
import static dev.atlex.images.Photos.withSegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atlex.bluesky.image.CorruptImageException;
import dev.atlex.bluesky.image.ImageTooLargeException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import dev.atlex.bluesky.image.UnsupportedImageException;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests {@link ImageIoFitter} as posts use it: atlex-bluesky finds it, and calls it for images that must be changed.
 */
class ImageIoFitterTest {
    private static final long LIMIT = ImagePreparer.POST_LIMIT;

    /** How far colors, which go up to 255, may be off after a JPEG was encoded twice. */
    private static final int TOLERANCE = 12;

    @Nested
    class Orientation {
        /** The order of the quarters in the file for which the displayed image has 0 and 1 above 2 and 3. */
        private static final int[][] STORED = {
            {0, 1, 2, 3},
            {1, 0, 3, 2},
            {3, 2, 1, 0},
            {2, 3, 0, 1},
            {0, 2, 1, 3},
            {1, 3, 0, 2},
            {3, 1, 2, 0},
            {2, 0, 3, 1}
        };

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        void imageIsTurnedUpright(int orientation) {
            int[] shown = quarterColors(quarters(80, 60, BufferedImage.TYPE_INT_RGB));
            boolean turned = orientation >= 5;
            BufferedImage stored = new BufferedImage(turned ? 60 : 80, turned ? 80 : 60, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < stored.getHeight(); y++) {
                for (int x = 0; x < stored.getWidth(); x++) {
                    int quarter = x * 2 / stored.getWidth() + 2 * (y * 2 / stored.getHeight());
                    stored.setRGB(x, y, shown[STORED[orientation - 1][quarter]]);
                }
            }
            byte[] file = withSegments(jpeg(stored, 0.95f, false), Photos.exif(orientation));
            PreparedImage image = ImagePreparer.prepare(file, LIMIT);
            assertThat(image.width()).isEqualTo(80);
            assertThat(image.height()).isEqualTo(60);
            assertNoMetadata(image);
            BufferedImage decoded = decode(image.bytes());
            assertThat(decoded.getWidth()).isEqualTo(80);
            int[] colors = quarterColors(decoded);
            for (int i = 0; i < 4; i++) {
                assertColor(colors[i], new Color(shown[i]));
            }
        }

        @Test
        void rotatedPngStaysLossless() {
            byte[] png = encode(quarters(80, 60, BufferedImage.TYPE_INT_ARGB), "png");
            byte[] chunk = chunk("eXIf", Photos.exifData(6));
            byte[] file = concat(Arrays.copyOf(png, 33), chunk, Arrays.copyOfRange(png, 33, png.length));
            PreparedImage image = ImagePreparer.prepare(file, LIMIT);
            assertThat(image.mediaType()).isEqualTo("image/png");
            assertThat(image.width()).isEqualTo(60);
            int[] stored = quarterColors(quarters(80, 60, BufferedImage.TYPE_INT_RGB));
            assertThat(quarterColors(decode(image.bytes())))
                    .containsExactly(stored[2], stored[0], stored[3], stored[1]);
        }
    }

    @Nested
    class Size {
        @Test
        void largePhotoFitsAtFullResolution() {
            byte[] file = withSegments(jpeg(photo(2400, 1800), 0.97f, false), Photos.exif(1));
            assertThat(file.length).isGreaterThan(2_000_000);
            PreparedImage image = ImagePreparer.prepare(file, LIMIT);
            assertThat(image.mediaType()).isEqualTo("image/jpeg");
            // The size is close to the limit, so no quality is wasted.
            assertThat((long) image.bytes().length).isBetween(LIMIT * 8 / 10, LIMIT);
            assertThat(image.width()).isEqualTo(2400);
            assertThat(image.height()).isEqualTo(1800);
            assertNoMetadata(image);
        }

        @ParameterizedTest
        @ValueSource(longs = {1_000_000, 100_000, 5_000, 900})
        void photoIsScaledDownToSmallerLimits(long limit) {
            byte[] file = jpeg(photo(2400, 1800), 0.97f, false);
            PreparedImage image = ImagePreparer.prepare(file, limit);
            assertThat((long) image.bytes().length).isBetween(limit / 2, limit);
            assertThat((double) image.width() / image.height()).isCloseTo(4.0 / 3, within(0.1));
            assertThat(decode(image.bytes()).getWidth()).isEqualTo(image.width());
        }

        @Test
        void progressivePhotoFits() {
            byte[] file = jpeg(photo(2400, 1800), 0.98f, true);
            assertThat(ImagePreparer.prepare(file, LIMIT).bytes().length).isLessThanOrEqualTo((int) LIMIT);
        }

        @Test
        void limitBelowAnyImage_isRefused() {
            assertThatThrownBy(() -> ImagePreparer.prepare("a.jpg", jpeg(photo(100, 100), 0.9f, false), 50))
                    .isInstanceOf(ImageTooLargeException.class)
                    .hasMessage("Encoding a.jpg: no size fits the limit of 50 bytes");
        }

        @Test
        void scalingDoesNotDarkenTransparentEdges() {
            BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
            Random random = new Random(7);
            for (int y = 0; y < 300; y++) {
                for (int x = 0; x < 300; x++) {
                    image.setRGB(x, y, random.nextBoolean() ? 0xffffff00 : 0);
                }
            }
            PreparedImage fitted = ImagePreparer.prepare(encode(image, "png"), 5_000);
            assertThat(fitted.mediaType()).isEqualTo("image/png");
            assertThat(fitted.bytes().length).isLessThanOrEqualTo(5_000);
            BufferedImage decoded = decode(fitted.bytes());
            for (int x = 0; x < decoded.getWidth(); x++) {
                int color = decoded.getRGB(x, 5);
                if (color >>> 24 > 8) {
                    assertColor(color | 0xff000000, Color.YELLOW);
                }
            }
        }
    }

    @Nested
    class Formats {
        @Test
        void bitmapBecomesLosslessPng() {
            BufferedImage drawing = quarters(300, 200, BufferedImage.TYPE_INT_RGB);
            PreparedImage image = ImagePreparer.prepare(encode(drawing, "bmp"), LIMIT);
            assertThat(image.mediaType()).isEqualTo("image/png");
            assertThat(quarterColors(decode(image.bytes()))).isEqualTo(quarterColors(drawing));
        }

        @Test
        void tiffBecomesPngOrJpeg() {
            byte[] drawing = encode(quarters(300, 200, BufferedImage.TYPE_INT_RGB), "tiff");
            assertThat(ImagePreparer.prepare(drawing, LIMIT).mediaType()).isEqualTo("image/png");
            byte[] photo = encode(photo(1200, 900), "tiff");
            assertThat(ImagePreparer.prepare(photo, 300_000).mediaType()).isEqualTo("image/jpeg");
        }

        @Test
        void largeStillGifBecomesPng() {
            BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_INDEXED);
            image.createGraphics().drawImage(photo(400, 300), 0, 0, null);
            byte[] gif = encode(image, "gif");
            PreparedImage fitted = ImagePreparer.prepare(gif, gif.length - 1);
            assertThat(fitted.mediaType()).isIn("image/png", "image/jpeg");
            assertThat(fitted.width()).isEqualTo(400);
        }

        @Test
        void grayscaleJpegKeepsItsBrightness() {
            BufferedImage gray = new BufferedImage(600, 400, BufferedImage.TYPE_BYTE_GRAY);
            WritableRaster raster = gray.getRaster();
            for (int y = 0; y < 400; y++) {
                for (int x = 0; x < 600; x++) {
                    raster.setSample(x, y, 0, 100 + (x * 7 + y * 13) % 5);
                }
            }
            byte[] file = withSegments(jpeg(gray, 0.95f, false), Photos.exif(3));
            BufferedImage decoded = decode(ImagePreparer.prepare(file, LIMIT).bytes());
            assertThat(decoded.getRaster().getNumBands()).isEqualTo(1);
            assertThat(decoded.getRaster().getSample(50, 50, 0)).isCloseTo(102, within(TOLERANCE));
        }

        @Test
        void pngWithSixteenBitsKeepsItsColors() {
            ColorModel model = new ComponentColorModel(
                    ColorSpace.getInstance(ColorSpace.CS_sRGB),
                    false,
                    false,
                    Transparency.OPAQUE,
                    DataBuffer.TYPE_USHORT);
            WritableRaster raster = model.createCompatibleWritableRaster(500, 400);
            Random random = new Random(3);
            for (int y = 0; y < 400; y++) {
                for (int x = 0; x < 500; x++) {
                    raster.setPixel(x, y, new int[] {51400 + random.nextInt(256), 25700, 12850 + random.nextInt(256)});
                }
            }
            byte[] file = encode(new BufferedImage(model, raster, false, null), "png");
            assertThat(ImagePreparer.prepare(file, file.length).bytes()).isSameAs(file);
            PreparedImage image = ImagePreparer.prepare(file, file.length - 1);
            assertThat(image.bytes().length).isLessThan(file.length);
            assertColor(decode(image.bytes()).getRGB(100, 100), new Color(200, 100, 50));
        }

        @Test
        void pngWithAlphaStaysPng() {
            BufferedImage image = quarters(300, 200, BufferedImage.TYPE_INT_ARGB);
            image.setRGB(0, 0, 0x40ff0000);
            byte[] png = encode(image, "png");
            // The limit doesn't count text, so the file fits without being encoded.
            byte[] file = concat(
                    Arrays.copyOf(png, 33), chunk("tEXt", new byte[5000]), Arrays.copyOfRange(png, 33, png.length));
            assertThat(ImagePreparer.prepare(file, png.length).bytes()).isEqualTo(png);
            PreparedImage rotated = ImagePreparer.prepare(
                    concat(
                            Arrays.copyOf(png, 33),
                            chunk("eXIf", Photos.exifData(3)),
                            Arrays.copyOfRange(png, 33, png.length)),
                    LIMIT);
            assertThat(rotated.mediaType()).isEqualTo("image/png");
            assertThat(decode(rotated.bytes()).getRGB(299, 199)).isEqualTo(0x40ff0000);
        }

        @Test
        void opaqueAlphaIsDropped() {
            byte[] file = encode(opaque(photo(600, 400)), "png");
            assertThat(ImagePreparer.prepare(file, 100_000).mediaType()).isEqualTo("image/jpeg");
        }

        @Test
        void webpIsDecodedByPlugin() {
            PreparedImage image = ImagePreparer.prepare(Photos.webp(40, 30, 6), LIMIT);
            assertThat(image.mediaType()).isEqualTo("image/png");
            assertThat(image.width()).isEqualTo(30);
            assertThat(image.height()).isEqualTo(40);
            assertThat(decode(image.bytes()).getRGB(7, 7)).isEqualTo(0xff204060);
        }

        @Test
        void formatWithoutDecoderIsRefused() {
            byte[] file = ascii("\0\0\0\24ftypavif\0\0\0\0avifmif1");
            assertThatThrownBy(() -> ImagePreparer.prepare("a.avif", file, LIMIT))
                    .isInstanceOf(UnsupportedImageException.class)
                    .hasMessage("Decoding a.avif: this Java runtime can't decode image/avif;"
                            + " convert the image to JPEG or PNG");
        }

        @Test
        void corruptPixelsAreRefused() {
            byte[] png = encode(quarters(60, 60, BufferedImage.TYPE_INT_RGB), "png");
            byte[] file =
                    concat(Arrays.copyOf(png, 33), chunk("IDAT", ascii("not compressed")), chunk("IEND", new byte[0]));
            SourceImage source = new SourceImage("a.png", file, "image/png", 3);
            assertThatThrownBy(() -> new ImageIoFitter().fit(source, LIMIT))
                    .isInstanceOf(CorruptImageException.class)
                    .hasMessageStartingWith("Decoding a.png: corrupt image/png: ");
        }
    }

    @Nested
    class Colors {
        @Test
        void inksFromAdobeProgramsAreInverted() {
            // The values are stored inverted: no cyan, full magenta and yellow, and no black, which is red.
            byte[] file = withSegments(jpeg(Photos.inks(200, 160, 255, 0, 0, 255)), Photos.adobe(0), Photos.exif(3));
            assertColor(color(file), Color.RED);
        }

        @Test
        void inksWithoutAdobeSegmentAreNotInverted() {
            byte[] file = withSegments(jpeg(Photos.inks(200, 160, 255, 0, 255, 0)), Photos.exif(3));
            assertColor(color(file), Color.GREEN);
        }

        @Test
        void inksStoredAsLuminanceAndChrominanceAreConverted() {
            // The complement of red's luminance and chrominance is stored, and half of the paper is black.
            byte[] file = withSegments(jpeg(Photos.inks(200, 160, 179, 171, 1, 128)), Photos.adobe(2), Photos.exif(3));
            assertColor(color(file), new Color(128, 0, 0));
        }

        @Test
        void wideGamutIsConvertedToSrgb() {
            BufferedImage image = new BufferedImage(200, 160, BufferedImage.TYPE_3BYTE_BGR);
            fill(image, new Color(200, 100, 100));
            byte[] file = withSegments(jpeg(image, 0.95f, false), Photos.profile(Photos.displayP3()), Photos.exif(3));
            PreparedImage fitted = ImagePreparer.prepare(file, LIMIT);
            assertThat(text(fitted.bytes())).doesNotContain("ICC_PROFILE");
            // In the smaller color space, the same color is further from gray.
            assertColor(decode(fitted.bytes()).getRGB(50, 50), new Color(216, 93, 95), 4);
        }

        @Test
        void profileOfPngIsApplied() {
            BufferedImage image = new BufferedImage(200, 160, BufferedImage.TYPE_INT_RGB);
            fill(image, new Color(200, 100, 100));
            byte[] png = encode(image, "png");
            byte[] file = concat(
                    Arrays.copyOf(png, 33),
                    chunk(
                            "iCCP",
                            concat(ascii("P3\0\0"), deflate(Photos.displayP3().getData()))),
                    chunk("eXIf", Photos.exifData(3)),
                    Arrays.copyOfRange(png, 33, png.length));
            assertColor(color(file), new Color(216, 93, 95), 3);
        }

        @Test
        void brokenProfileIsIgnored() {
            BufferedImage image = quarters(200, 160, BufferedImage.TYPE_3BYTE_BGR);
            byte[] file = withSegments(
                    jpeg(image, 0.95f, false),
                    Photos.segment(0xe2, concat(ascii("ICC_PROFILE\0\1\1"), new byte[200])),
                    Photos.exif(3));
            assertColor(color(file), Color.WHITE);
        }

        private static int color(byte[] file) {
            return decode(ImagePreparer.prepare(file, LIMIT).bytes()).getRGB(50, 40);
        }

        private static void fill(BufferedImage image, Color color) {
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    image.setRGB(x, y, color.getRGB());
                }
            }
        }
    }

    private static void assertNoMetadata(PreparedImage image) {
        assertThat(text(image.bytes())).doesNotContain("Exif", Photos.PLACE, "http://ns.adobe.com");
    }

    private static void assertColor(int actual, Color expected) {
        assertColor(actual, expected, TOLERANCE);
    }

    private static void assertColor(int actual, Color expected, int tolerance) {
        Color color = new Color(actual);
        assertThat(new int[] {color.getRed(), color.getGreen(), color.getBlue()})
                .as("%s", color)
                .satisfies(bands -> {
                    assertThat(bands[0]).isCloseTo(expected.getRed(), within(tolerance));
                    assertThat(bands[1]).isCloseTo(expected.getGreen(), within(tolerance));
                    assertThat(bands[2]).isCloseTo(expected.getBlue(), within(tolerance));
                });
    }

    private static BufferedImage opaque(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
