package dev.atlex.bluesky.internal.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Creates image files with the metadata that cameras and editors add. */
final class Samples {
    /** Text in the metadata, which tests search for in results. */
    static final String SECRET = "N52.5163 E13.3777";

    private Samples() {}

    /** Returns an image with a different color in each corner. */
    static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x * 255 / width << 16 | y * 255 / height << 8 | (x + y) % 64);
            }
        }
        return image;
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

    static BufferedImage decode(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int[] pixels(byte[] file) {
        BufferedImage image = decode(file);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** Returns EXIF data with an orientation and a secret. */
    static byte[] exif(int orientation, ByteOrder order) {
        byte[] secret = ascii(SECRET);
        ByteBuffer exif = ByteBuffer.allocate(38 + secret.length).order(order);
        exif.put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                .putShort((short) 42)
                .putInt(8);
        exif.putShort((short) 2);
        // The camera's manufacturer, with the secret as its name.
        exif.putShort((short) 0x10f).putShort((short) 2).putInt(secret.length).putInt(38);
        exif.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        return exif.put(secret).array();
    }

    /** Returns a JPEG segment. */
    static byte[] segment(int marker, byte[] data) {
        return concat(bytes(0xff, marker, data.length + 2 >> 8, data.length + 2), data);
    }

    static byte[] exifSegment(int orientation) {
        return segment(0xe1, concat(ascii("Exif\0\0"), exif(orientation, ByteOrder.BIG_ENDIAN)));
    }

    /** Returns a JPEG with segments after its JFIF header. */
    static byte[] withSegments(byte[] jpeg, byte[]... segments) {
        int header = 4 + (jpeg[5] & 0xff);
        return concat(Arrays.copyOf(jpeg, header), concat(segments), Arrays.copyOfRange(jpeg, header, jpeg.length));
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

    /** Returns a PNG with chunks after its header. */
    static byte[] withChunks(byte[] png, byte[]... chunks) {
        return concat(Arrays.copyOf(png, 33), concat(chunks), Arrays.copyOfRange(png, 33, png.length));
    }

    /** Returns a WebP file with these chunks. The content of the pixels doesn't matter here. */
    static byte[] webp(byte[]... chunks) {
        byte[] all = concat(chunks);
        return concat(
                ascii("RIFF"),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(4 + all.length)
                        .array(),
                ascii("WEBP"),
                all);
    }

    static byte[] riff(String type, byte[] data) {
        return concat(
                ascii(type),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(data.length)
                        .array(),
                data,
                new byte[data.length & 1]);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
