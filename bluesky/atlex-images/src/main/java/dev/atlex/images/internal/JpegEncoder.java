package dev.atlex.images.internal;

import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest quality at which a JPEG stays within a size limit.
 *
 * <p>Encoding a 12-megapixel photo takes up to a fifth of a second, so the whole image is usually encoded only once.
 * The quality is found by encoding a sample: tiles from all over the image, with less than half a megapixel in total.
 * If the sample isn't representative, the size of the whole file corrects the estimate.
 */
final class JpegEncoder {
    /** The quality above which files grow without a visible difference. */
    static final int MAX_QUALITY = 95;

    /** The quality below which scaling the image down looks better than lowering the quality. */
    static final int MIN_QUALITY = 75;

    /** The number of rows that are compressed together. It is 16 because chroma has half the resolution. */
    private static final int TILE_HEIGHT = 16;

    private static final long SAMPLE_PIXELS = 400_000;

    /** The size of tables and headers in bytes, which doesn't depend on the image. */
    private static final int OVERHEAD = 620;

    /** The fraction of the limit to aim for, because estimates are off by a few percent. */
    private static final double MARGIN = 0.97;

    /** The number of attempts to encode the image before it is scaled down. */
    private static final int ATTEMPTS = 3;

    private final Pixels pixels;
    private final Pixels sample;
    private final double factor;
    private final long maxBytes;
    /** The estimated sizes of the whole file, by quality. 0 if not estimated yet. */
    private final long[] estimates = new long[MAX_QUALITY + 1];

    /**
     * The file, or null if it doesn't fit. In that case, {@code share} is the fraction of its pixels that is likely to
     * fit.
     */
    record Result(byte @Nullable [] file, double share) {}

    private JpegEncoder(Pixels pixels, long maxBytes) {
        this.pixels = pixels;
        this.maxBytes = maxBytes;
        int step = (int) Math.sqrt((double) pixels.count() / SAMPLE_PIXELS);
        this.sample = step < 2 ? pixels : pixels.sample(TILE_HEIGHT, step);
        this.factor = (double) pixels.count() / sample.count();
    }

    /** Encodes an image without alpha. */
    static Result encode(Pixels pixels, long maxBytes) throws IOException {
        return new JpegEncoder(pixels, maxBytes).encode();
    }

    private Result encode() throws IOException {
        double target = sample == pixels ? maxBytes : maxBytes * MARGIN;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (estimate(MIN_QUALITY) > target) {
                // Each pixel of a smaller image takes more bytes, because it contains more detail.
                return new Result(null, 0.9 * target / estimate(MIN_QUALITY));
            }
            int quality = highestBelow(target);
            byte[] file = encode(pixels, quality, maxBytes);
            if (file.length <= maxBytes) {
                return new Result(file, 1);
            }
            target = maxBytes * MARGIN * estimate(quality) / file.length;
        }
        return new Result(null, 0.9);
    }

    private int highestBelow(double target) throws IOException {
        int low = MIN_QUALITY;
        for (int high = MAX_QUALITY; low < high; ) {
            int middle = (low + high + 1) / 2;
            if (estimate(middle) <= target) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long estimate(int quality) throws IOException {
        if (estimates[quality] == 0) {
            int size = encode(sample, quality, SAMPLE_PIXELS / 4).length;
            estimates[quality] = OVERHEAD + (long) (Math.max(0, size - OVERHEAD) * factor);
        }
        return estimates[quality];
    }

    private static byte[] encode(Pixels pixels, int quality, long expected) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (BoundedOutput out = new BoundedOutput(Integer.MAX_VALUE, expected)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels.image(), null, null), param);
            return out.toByteArray();
        } finally {
            writer.dispose();
        }
    }
}
