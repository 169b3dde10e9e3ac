package dev.atlex.images;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Draws and encodes images, with the metadata that a camera adds. */
final class Photos {
    /** Text in the metadata that represents a place. */
    static final String PLACE = "N52.5163 E13.3777";

    private Photos() {}

    /** Returns a picture that compresses like a photo: gradients, edges and noise. */
    static BufferedImage photo(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Random random = new Random(width * 31L + height);
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int light = 200 * x / width + 30 * ((x / 37 + y / 53) % 2);
                int noise = random.nextInt(33) - 16;
                for (int band = 0; band < 3; band++) {
                    int value = light + noise + 40 * band * y / height;
                    data[at++] = (byte) Math.max(0, Math.min(255, value));
                }
            }
        }
        return image;
    }

    /** Returns a picture with a red, green, blue and white quarter, from left to right and top to bottom. */
    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        int[] colors = {0xffff0000, 0xff00ff00, 0xff0000ff, 0xffffffff};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colors[(x * 2 / width) + 2 * (y * 2 / height)]);
            }
        }
        return image;
    }

    /** Returns the colors in the middle of the four quarters. */
    static int[] quarterColors(BufferedImage image) {
        int[] colors = new int[4];
        for (int i = 0; i < 4; i++) {
            colors[i] = image.getRGB(image.getWidth() * (1 + i % 2 * 2) / 4, image.getHeight() * (1 + i / 2 * 2) / 4);
        }
        return colors;
    }

    static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("No writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Returns a JPEG. */
    static byte[] jpeg(BufferedImage image, float quality, boolean progressive) {
        return jpeg(new IIOImage(image, null, null), quality, progressive);
    }

    /** Returns a JPEG with a raster's bands, without a color transform. */
    static byte[] jpeg(Raster raster) {
        return jpeg(new IIOImage(raster, null, null), 0.95f, false);
    }

    private static byte[] jpeg(IIOImage image, float quality, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static BufferedImage decode(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a JPEG with segments after its start. */
    static byte[] withSegments(byte[] jpeg, byte[]... segments) {
        return concat(Arrays.copyOf(jpeg, 2), concat(segments), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    static byte[] segment(int marker, byte[] data) {
        return concat(
                new byte[] {(byte) 0xff, (byte) marker, (byte) (data.length + 2 >> 8), (byte) (data.length + 2)}, data);
    }

    /** Returns a segment with EXIF data that contains an orientation and a place. */
    static byte[] exif(int orientation) {
        return segment(0xe1, concat(ascii("Exif\0\0"), exifData(orientation)));
    }

    /** Returns EXIF data that contains an orientation and a place. */
    static byte[] exifData(int orientation) {
        return ByteBuffer.allocate(38 + PLACE.length())
                .put(ascii("MM\0*\0\0\0\10\0\2"))
                .put(new byte[] {1, 15, 0, 2, 0, 0, 0, (byte) PLACE.length(), 0, 0, 0, 38})
                .put(new byte[] {1, 18, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0})
                .putInt(0)
                .put(ascii(PLACE))
                .array();
    }

    /** Returns a segment with a color profile. */
    static byte[] profile(ICC_Profile profile) {
        return segment(0xe2, concat(ascii("ICC_PROFILE\0\1\1"), profile.getData()));
    }

    /** Returns Adobe's segment. */
    static byte[] adobe(int transform) {
        return segment(0xee, concat(ascii("Adobe"), new byte[] {0, 100, 0, 0, 0, 0, (byte) transform}));
    }

    /** Returns a profile with the wider primaries of phone displays. */
    static ICC_Profile displayP3() {
        ICC_Profile profile = ICC_Profile.getInstance(
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        profile.setData(ICC_Profile.icSigRedColorantTag, xyz(0.51512, 0.24120, -0.00105));
        profile.setData(ICC_Profile.icSigGreenColorantTag, xyz(0.29198, 0.69225, 0.04189));
        profile.setData(ICC_Profile.icSigBlueColorantTag, xyz(0.15710, 0.06657, 0.78407));
        return profile;
    }

    private static byte[] xyz(double... values) {
        ByteBuffer tag = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
        for (double value : values) {
            tag.putInt((int) Math.round(value * 65536));
        }
        return tag.array();
    }

    /** Returns a raster with one color that is mixed from four inks. */
    static WritableRaster inks(int width, int height, int... inks) {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, inks);
            }
        }
        return raster;
    }

    /** Returns a PNG chunk. */
    static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(ascii(type))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Returns a lossless WebP in one color, so that its pixels take no bits. */
    static byte[] webp(int width, int height, int orientation) {
        Bits bits = new Bits();
        bits.add(0x2f, 8);
        bits.add(width - 1, 14);
        bits.add(height - 1, 14);
        // No alpha, version 0, no transforms, no color cache, one group of codes.
        bits.add(0, 1 + 3 + 1 + 1 + 1);
        for (int symbol : new int[] {0x40, 0x20, 0x60, 0xff, 0}) {
            // A simple code with one symbol of eight bits.
            bits.add(1, 1);
            bits.add(0, 1);
            bits.add(1, 1);
            bits.add(symbol, 8);
        }
        byte[] canvas = new byte[6];
        System.arraycopy(littleEndian(width - 1), 0, canvas, 0, 3);
        System.arraycopy(littleEndian(height - 1), 0, canvas, 3, 3);
        byte[] exif = riff("EXIF", exifData(orientation));
        byte[] chunks = concat(riff("VP8X", concat(littleEndian(8), canvas)), riff("VP8L", bits.toByteArray()), exif);
        return concat(ascii("RIFF"), littleEndian(4 + chunks.length), ascii("WEBP"), chunks);
    }

    private static byte[] riff(String type, byte[] data) {
        return concat(ascii(type), littleEndian(data.length), data, new byte[data.length & 1]);
    }

    private static byte[] littleEndian(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A sequence of bits, the lowest of each byte first. */
    private static final class Bits {
        private final BitSet bits = new BitSet();
        private int count;

        void add(int value, int width) {
            for (int i = 0; i < width; i++) {
                bits.set(count++, (value >> i & 1) == 1);
            }
        }

        byte[] toByteArray() {
            return Arrays.copyOf(bits.toByteArray(), (count + 7) / 8 + 2);
        }
    }
}
