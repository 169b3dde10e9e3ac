package dev.atlex.examples.recipes;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images for the recipes that post images: a photo like one from a phone, and a drawing. */
final class Photos {
    /**
     * EXIF data as a phone writes it: the image is stored rotated (orientation 6), at 52° 31′ north and 13° 22′ east.
     */
    private static final byte[] EXIF = HexFormat.of()
            .parseHex(
                    "ffe100944578696600004d4d002a00000008" // a segment of 148 bytes, big-endian
                            + "000201120003000000010006000088250004000000010000002600000000" // orientation, GPS offset
                            + "00040001000200000002" + "4e000000" + "00020005000000030000005c" // N
                            + "0003000200000002" + "45000000" + "00040005000000030000007400000000" // E
                            + "00000034000000010000001f000000010000000000000001"
                            + "0000000d0000000100000016000000010000000000000001");

    private Photos() {}

    /** Writes a 4 MB JPEG that is stored rotated and contains location data. */
    static Path phone() throws IOException {
        Random random = new Random(1);
        BufferedImage image = draw(3200, 2400, (x, y) -> {
            int light = 60 + 120 * x / 3200 + random.nextInt(40);
            return light << 16 | light * 3 / 4 << 8 | 120 - light / 3;
        });
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(jpeg)) {
            ImageWriteParam best = writer.getDefaultWriteParam();
            best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            best.setCompressionQuality(0.96f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), best);
        } finally {
            writer.dispose();
        }
        ByteBuffer file = ByteBuffer.allocate(EXIF.length + jpeg.size());
        file.put(jpeg.toByteArray(), 0, 2).put(EXIF).put(jpeg.toByteArray(), 2, jpeg.size() - 2);
        return Files.write(temporary(".jpg"), file.array());
    }

    /** Writes a PNG with the bars of a chart. */
    static Path chart() throws IOException {
        Path file = temporary(".png");
        ImageIO.write(
                draw(700, 400, (x, y) -> 400 - y < x / 100 * 50 + 60 ? 0x3366cc : 0xffffff), "png", file.toFile());
        return file;
    }

    private static Path temporary(String suffix) throws IOException {
        Path file = Files.createTempFile("atlex-", suffix);
        file.toFile().deleteOnExit();
        return file;
    }

    private static BufferedImage draw(int width, int height, IntBinaryOperator pixels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, pixels.applyAsInt(i % width, i / width));
        }
        return image;
    }
}
