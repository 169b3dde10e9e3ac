package dev.atlex.images.internal;

import dev.atlex.bluesky.image.ImageDimensionsException;
import dev.atlex.bluesky.image.SourceImage;
import dev.atlex.bluesky.image.UnsupportedImageException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an image to eight-bit sRGB or gray, within a memory limit.
 *
 * <p>Everything is decided from the header, before memory is allocated for pixels. {@link #plan} selects the step n:
 * only every n-th row and column is kept. The readers for JPEG, PNG and GIF decode row by row, so a step of n takes
 * 1/n² of the memory. All other readers decode the whole image. Progressive JPEGs are kept whole in native memory.
 */
final class Decoder implements AutoCloseable {
    /** The longest side. A JPEG can't have a longer one, and a row must fit in memory. */
    private static final int MAX_SIDE = 65_535;

    /** The maximum number of pixels that are decoded row by row. This limits the time to about two seconds. */
    private static final long MAX_PIXELS = 250_000_000;

    /**
     * The maximum number of pixels of a progressive JPEG, whose coefficients take up to six bytes of native memory per
     * pixel.
     */
    private static final long MAX_PROGRESSIVE = 50_000_000;

    private final SourceImage image;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private final @Nullable JpegHeader jpeg;
    private final ImageTypeSpecifier type;
    private final boolean rowByRow;
    /** Whether pixels can be decoded to the final format without a conversion. */
    private final boolean direct;

    /**
     * How an image is decoded.
     *
     * @param step the step n: only every n-th row and column is read
     * @param memory the memory that decoding takes, in bytes
     * @param maxPixels the number of pixels that the image must be scaled down to
     */
    record Plan(int step, long memory, long maxPixels) {}

    Decoder(SourceImage image) throws IOException {
        this.image = image;
        ImageInputStream input = new ByteArrayInput(image.bytes());
        this.reader = reader(image, input);
        try {
            reader.setInput(input, false, true);
            this.width = reader.getWidth(0);
            this.height = reader.getHeight(0);
            this.jpeg = image.mediaType().equals("image/jpeg") ? JpegHeader.read(image.bytes()) : null;
            this.rowByRow = isStreaming(image.mediaType()) && isFromJdk(reader);
            checkSize();
            this.type = type();
        } catch (IOException | RuntimeException | Error e) {
            reader.dispose();
            throw e;
        }
        this.direct = (jpeg != null && !isCmyk() || image.mediaType().equals("image/png"))
                && isFromJdk(reader)
                && type.getColorModel() instanceof ComponentColorModel;
    }

    private static boolean isStreaming(String mediaType) {
        return switch (mediaType) {
            case "image/jpeg", "image/png", "image/gif" -> true;
            default -> false;
        };
    }

    private static boolean isFromJdk(ImageReader reader) {
        return reader.getClass().getModule() == ImageIO.class.getModule();
    }

    /** Returns the JDK's reader for the format, because its properties are known, or else the reader from a plug-in. */
    private static ImageReader reader(SourceImage image, ImageInputStream input) {
        ImageReader first = null;
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(input); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (isFromJdk(reader)) {
                return reader;
            }
            first = first == null ? reader : first;
        }
        if (first == null) {
            throw new UnsupportedImageException("Decoding " + image.name() + ": this Java runtime can't decode "
                    + image.mediaType()
                    + (image.mediaType().equals("image/webp")
                            ? "; add a plug-in for ImageIO, such as com.twelvemonkeys.imageio:imageio-webp"
                            : "; convert the image to JPEG or PNG"));
        }
        return first;
    }

    private void checkSize() {
        long limit = jpeg != null && jpeg.progressive() ? MAX_PROGRESSIVE : MAX_PIXELS;
        if (Math.max(width, height) > MAX_SIDE || (long) width * height > limit) {
            throw new ImageDimensionsException("Decoding " + image.name() + ": " + width + "x" + height
                    + " pixels exceed the limit of " + limit + " pixels, or of " + MAX_SIDE + " pixels per side");
        }
    }

    private ImageTypeSpecifier type() throws IOException {
        if (isCmyk()) {
            return ImageTypeSpecifier.createInterleaved(
                    ColorSpace.getInstance(ColorSpace.CS_sRGB), new int[] {0, 1, 2, 3}, 0, true, false);
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            throw new IOException("the image has no color format that can be decoded");
        }
        return types.next();
    }

    /**
     * Selects the finest resolution that fits in memory.
     *
     * @param memory the available memory, in bytes
     * @param maxPixels the maximum number of pixels of a result; the plan has fewer if two copies of them don't fit in
     *     memory
     * @throws ImageDimensionsException if no resolution fits
     */
    Plan plan(long memory, long maxPixels) {
        // Rotating and scaling make a copy.
        long max = Math.min(maxPixels, memory / (2 * bands()));
        for (int step = 1; ; step++) {
            long needed = memory(step, max);
            if (needed <= memory) {
                return new Plan(step, needed, max);
            }
            if (!rowByRow || step > MAX_SIDE) {
                throw new ImageDimensionsException("Decoding " + image.name() + ": " + width + "x" + height
                        + " pixels of " + image.mediaType() + " take " + needed + " bytes of memory, but only "
                        + memory + " may be used");
            }
        }
    }

    private long memory(int step, long maxPixels) {
        long pixels = (long) ((width + step - 1) / step) * ((height + step - 1) / step);
        long raw = 0;
        if (!direct) {
            for (int band = 0; band < type.getNumBands(); band++) {
                raw += (type.getBitsPerBand(band) + 7) / 8;
            }
        }
        return Math.max(pixels * (raw + bands()), (pixels + Math.min(pixels, maxPixels)) * bands());
    }

    /** Returns the maximum number of bands that the pixels have while they are processed. */
    private int bands() {
        if (isCmyk()) {
            return Pixels.RGB;
        }
        if (direct && type.getNumBands() != 2) {
            return type.getNumBands();
        }
        return type.getColorModel().hasAlpha() ? Pixels.RGBA : Pixels.RGB;
    }

    private boolean isCmyk() {
        return jpeg != null && jpeg.components() == 4;
    }

    /** Decodes the image. The result isn't turned upright yet. */
    Pixels decode(Plan plan) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(plan.step(), plan.step(), 0, 0);
        if (jpeg != null && isCmyk()) {
            return Cmyk.toRgb(
                    reader.readRaster(0, param),
                    jpeg.adobeTransform(),
                    ColorProfiles.parse(jpeg.profile(), ColorSpace.TYPE_CMYK));
        }
        Pixels pixels = direct ? decodeDirectly(param, plan.step()) : convert(reader.read(0, param));
        if (pixels.bands() >= Pixels.RGB) {
            ICC_Profile profile = ColorProfiles.parse(profile(), ColorSpace.TYPE_RGB);
            if (profile != null) {
                ColorProfiles.toSrgb(pixels, profile);
            }
        }
        return pixels.simplified();
    }

    private byte @Nullable [] profile() {
        if (jpeg != null) {
            return jpeg.profile();
        }
        return image.mediaType().equals("image/png") ? ColorProfiles.ofPng(image.bytes()) : null;
    }

    private Pixels decodeDirectly(ImageReadParam param, int step) throws IOException {
        int bands = type.getNumBands();
        Pixels pixels = new Pixels((width + step - 1) / step, (height + step - 1) / step, bands);
        param.setDestination(pixels.image());
        // With explicit bands, the JPEG reader converts no colors. It would do so line by line, which is
        // slow.
        int[] all = new int[bands];
        for (int band = 0; band < bands; band++) {
            all[band] = band;
        }
        param.setSourceBands(all);
        param.setDestinationBands(all);
        reader.read(0, param);
        return pixels;
    }

    private static Pixels convert(BufferedImage decoded) {
        ColorModel model = decoded.getColorModel();
        Pixels pixels =
                new Pixels(decoded.getWidth(), decoded.getHeight(), model.hasAlpha() ? Pixels.RGBA : Pixels.RGB);
        byte[] to = pixels.data();
        int[] row = new int[decoded.getWidth()];
        int at = 0;
        for (int y = 0; y < decoded.getHeight(); y++) {
            decoded.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int argb : row) {
                to[at++] = (byte) (argb >> 16);
                to[at++] = (byte) (argb >> 8);
                to[at++] = (byte) argb;
                if (pixels.bands() == Pixels.RGBA) {
                    to[at++] = (byte) (argb >> 24);
                }
            }
        }
        return pixels;
    }

    /** Returns whether the source has lossy compression, so that a lossless format would preserve its artifacts. */
    boolean isLossy() {
        return jpeg != null;
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
