package dev.atlex.conformance;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/** Creates images to post. */
final class SampleImages {
    /** The location in the metadata of {@link #phonePhoto}. */
    static final String LOCATION = "48.137 N 11.575 E";

    private SampleImages() {}

    static byte[] png(int width, int height) {
        return encode(width, height, "png");
    }

    /** Returns a JPEG whose pixels are stored sideways, with a location in its metadata. */
    static byte[] phonePhoto(int width, int height) {
        byte[] jpeg = encode(width, height, "jpg");
        byte[] comment = ("http://ns.adobe.com/xap/1.0/\0<x>" + LOCATION + "</x>").getBytes(StandardCharsets.US_ASCII);
        // The first directory has one entry: orientation (0x0112) = 6, which means a rotation to the right.
        byte[] exif = HexFormat.of()
                .parseHex("457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001" + "00060000" + "00000000");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        writeSegment(file, exif);
        writeSegment(file, comment);
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }

    private static void writeSegment(ByteArrayOutputStream file, byte[] content) {
        file.write(0xff);
        file.write(0xe1);
        file.write((content.length + 2) >> 8);
        file.write(content.length + 2);
        file.writeBytes(content);
    }

    private static byte[] encode(int width, int height, String format) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
