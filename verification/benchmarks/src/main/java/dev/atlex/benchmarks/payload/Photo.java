package dev.atlex.benchmarks.payload;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A photo as phones store it: 4032 by 3024 pixels, about 4 MB, with EXIF data. It is the same in every run. */
public final class Photo {
    private static final int WIDTH = 4032;
    private static final int HEIGHT = 3024;
    private static final float QUALITY = 0.93f;

    private Photo() {}

    /**
     * Writes the photo to a temporary file.
     *
     * @param orientation the orientation for the EXIF data, from 1 to 8
     */
    public static Path write(int orientation) throws IOException {
        byte[] jpeg = encode();
        Path file = Files.createTempFile("photo", ".jpg");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(jpeg, 0, 2);
            out.write(ByteBuffer.allocate(36)
                    .putInt(0xffe10022)
                    .putInt(0x45786966)
                    .putShort((short) 0)
                    .putLong(0x4d4d002a00000008L)
                    .putShort((short) 1)
                    .putLong(0x0112000300000001L)
                    .putShort((short) orientation)
                    .array());
            out.write(jpeg, 2, jpeg.length - 2);
        }
        return file;
    }

    private static byte[] encode() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(draw(), null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Draws waves of many lengths, edges, and noise like that of a sensor. */
    private static BufferedImage draw() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Random random = new Random(12);
        int at = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double wave = 40 * Math.sin(x * 0.004 + y * 0.002)
                        + 25 * Math.sin(x * 0.05 - y * 0.03)
                        + 12 * Math.sin(x * 0.31 + y * 0.23);
                int edge = (x / 301 + y / 211) % 2 * 40;
                int noise = random.nextInt(19) - 9;
                for (int band = 0; band < 3; band++) {
                    double value = 110 + wave + edge + noise + band * 20 * Math.cos(y * 0.003);
                    data[at++] = (byte) Math.max(0, Math.min(255, value));
                }
            }
        }
        return image;
    }
}
