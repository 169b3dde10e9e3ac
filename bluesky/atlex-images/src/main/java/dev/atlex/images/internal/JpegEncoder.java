package dev.atlex.images.internal;

import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest quality at which a JPEG fits.
 *
 * <p>To encode a photo of 12 megapixels takes up to a fifth of a second, so it is done once, as a rule. The quality is found
 * by encoding a sample: strips from all over the image, of less than a megapixel.
 */
final class JpegEncoder {
    /** The quality above which files grow and no difference is visible. */
    static final int MAX_QUALITY = 95;

    /** The quality below which a smaller image looks better than a worse one. */
    static final int MIN_QUALITY = 75;

    /** The rows that are compressed together, as chroma has half the resolution. */
    private static final int STRIP = 16;

    private static final long SAMPLE_PIXELS = 700_000;

    /** The size of tables and headers in bytes, which doesn't depend on the image. */
    private static final int OVERHEAD = 620;

    /** The estimate may be wrong by as much, relative to the limit. */
    private static final double MARGIN = 0.98;

    /** How often the image is encoded before it is scaled down. */
    private static final int ATTEMPTS = 3;

    private final long maxBytes;

    JpegEncoder(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The file, or null if it doesn't fit, and then the share of its pixels that is likely to fit. */
    record Result(byte @Nullable [] file, double share) {}

    /** Encodes an image without alpha. */
    Result encode(Pixels pixels) throws IOException {
        int strips = (int) (SAMPLE_PIXELS / ((long) pixels.width() * STRIP));
        boolean whole = strips < 1 || (long) strips * STRIP * 2 > pixels.height();
        Pixels sample = whole ? pixels : pixels.sample(STRIP, strips);
        double factor = (double) pixels.height() / sample.height();
        int low = MIN_QUALITY;
        long smallest = estimate(sample, low, factor);
        if (smallest > maxBytes * MARGIN) {
            // A pixel of a smaller image takes more bytes: there is more to see in it.
            return new Result(null, 0.9 * maxBytes / smallest);
        }
        for (int high = MAX_QUALITY; low < high; ) {
            int middle = (low + high + 1) / 2;
            if (estimate(sample, middle, factor) <= maxBytes * MARGIN) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        for (int attempt = 0, quality = low; attempt < ATTEMPTS; attempt++, quality -= 3) {
            byte[] file = encode(pixels, quality, maxBytes);
            if (file != null) {
                return new Result(file, 1);
            }
        }
        return new Result(null, 0.9);
    }

    private static long estimate(Pixels sample, int quality, double factor) throws IOException {
        byte[] file = encode(sample, quality, Integer.MAX_VALUE);
        return file == null ? Long.MAX_VALUE : OVERHEAD + (long) (Math.max(0, file.length - OVERHEAD) * factor);
    }

    /** Returns the file, or null if it exceeds the limit. */
    private static byte @Nullable [] encode(Pixels pixels, int quality, long limit) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        BoundedOutput out = new BoundedOutput(limit);
        try (out) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels.image(), null, null), param);
            return out.toByteArray();
        } catch (IOException e) {
            if (!out.isExceeded()) {
                throw e;
            }
            return null;
        } finally {
            writer.dispose();
        }
    }
}
