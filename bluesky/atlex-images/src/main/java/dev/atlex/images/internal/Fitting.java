package dev.atlex.images.internal;

import dev.atlex.bluesky.image.CorruptImageException;
import dev.atlex.bluesky.image.ImageDimensionsException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.ImageTooLargeException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Fits one image: decodes it, turns it upright, and encodes it at smaller and smaller sizes until it fits. */
public final class Fitting {
    /**
     * The maximum number of pixels of a result. Apps show at most 2,000 by 2,000 pixels; the rest is for people who
     * download the image.
     */
    private static final long MAX_PIXELS = 16_000_000;

    /** The smallest side worth trying. */
    private static final int MIN_SIDE = 8;

    /** The maximum scale from one attempt to the next, so that few attempts are needed. */
    private static final double MAX_SHRINK = 0.9;

    /** The divisor of the budget after the heap was full. The image is then decoded at a lower resolution. */
    private static final int SHORTAGE = 4;

    private final SourceImage image;
    private final long maxBytes;
    private final MemoryBudget memory;

    /** Creates an operation that decodes within a memory budget. */
    public Fitting(SourceImage image, long maxBytes, MemoryBudget memory) {
        this.image = image;
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /**
     * Returns the image, encoded in at most {@code maxBytes}.
     *
     * @throws ImageException if it can't be decoded or doesn't fit
     */
    public PreparedImage run() {
        try {
            return fit(memory.bytes(), false);
        } catch (OutOfMemoryError e) {
            // The application uses more of the heap than the budget assumes, or the heap has no gap for a
            // large array.
            return fitAlone();
        }
    }

    private PreparedImage fitAlone() {
        try {
            return fit(memory.bytes() / SHORTAGE, true);
        } catch (OutOfMemoryError e) {
            // Only one large array couldn't be allocated. The rest of the application can continue.
            throw new ImageDimensionsException("Decoding " + image.name() + ": the heap is full", e);
        }
    }

    /**
     * Fits the image.
     *
     * @param available the memory to use, in bytes
     * @param alone whether no other image may be decoded at the same time
     */
    private PreparedImage fit(long available, boolean alone) {
        try (Decoder decoder = new Decoder(image)) {
            Decoder.Plan plan = decoder.plan(available, MAX_PIXELS);
            long reserved = alone ? memory.bytes() : plan.memory();
            memory.acquire(reserved);
            try {
                Pixels pixels = shrink(decoder.decode(plan), plan.maxPixels()).upright(image.orientation());
                return encode(pixels, decoder.isLossy());
            } finally {
                memory.release(reserved);
            }
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Given a corrupt file, readers throw all kinds of exceptions.
            throw new CorruptImageException(
                    "Decoding " + image.name() + ": corrupt " + image.mediaType() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Decoding " + image.name() + ": interrupted while waiting for memory", e);
        }
    }

    private static Pixels shrink(Pixels pixels, long maxPixels) {
        return pixels.count() <= maxPixels ? pixels : resize(pixels, Math.sqrt((double) maxPixels / pixels.count()));
    }

    private PreparedImage encode(Pixels pixels, boolean lossy) throws IOException {
        if (pixels.bands() == Pixels.RGBA) {
            return encodeScaled(pixels, this::tryPng);
        }
        if (!lossy) {
            Attempt png = tryPng(pixels);
            if (png.result() != null) {
                return png.result();
            }
        }
        return encodeScaled(pixels, this::tryJpeg);
    }

    /** The result, or null if it doesn't fit. In that case, {@code scale} is the scale at which it is likely to fit. */
    private record Attempt(@Nullable PreparedImage result, double scale) {}

    private interface Encoder {
        Attempt encode(Pixels pixels) throws IOException;
    }

    private Attempt tryPng(Pixels pixels) throws IOException {
        PngEncoder.Result png = new PngEncoder(maxBytes).encode(pixels);
        return png.file() == null
                ? new Attempt(null, Math.sqrt(png.share()))
                : new Attempt(new PreparedImage(png.file(), "image/png", pixels.width(), pixels.height()), 1);
    }

    private Attempt tryJpeg(Pixels pixels) throws IOException {
        JpegEncoder.Result jpeg = JpegEncoder.encode(pixels, maxBytes);
        return jpeg.file() == null
                ? new Attempt(null, Math.sqrt(jpeg.share()))
                : new Attempt(new PreparedImage(jpeg.file(), "image/jpeg", pixels.width(), pixels.height()), 1);
    }

    private PreparedImage encodeScaled(Pixels pixels, Encoder encoder) throws IOException {
        double scale = 1;
        while (true) {
            Pixels scaled = resize(pixels, scale);
            Attempt attempt = encoder.encode(scaled);
            if (attempt.result() != null) {
                return attempt.result();
            }
            if (Math.max(scaled.width(), scaled.height()) <= MIN_SIDE) {
                throw new ImageTooLargeException(
                        "Encoding " + image.name() + ": no size fits the limit of " + maxBytes + " bytes");
            }
            scale *= Math.min(MAX_SHRINK, Math.max(0.1, attempt.scale()));
        }
    }

    private static Pixels resize(Pixels pixels, double scale) {
        return Scaler.scale(pixels, Math.max(1, (int) Math.round(pixels.width() * scale)), Math.max(1, (int)
                Math.round(pixels.height() * scale)));
    }
}
