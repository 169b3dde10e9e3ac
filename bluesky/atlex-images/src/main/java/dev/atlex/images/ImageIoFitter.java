package dev.atlex.images;

import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.ImageFitter;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import dev.atlex.images.internal.Fitting;
import dev.atlex.images.internal.MemoryBudget;

/**
 * Fits images with {@link javax.imageio.ImageIO}. {@code atlex-bluesky} finds it by itself when this module is on the class
 * path or module path.
 *
 * <p>JPEG, PNG, GIF, BMP and TIFF can be decoded, and other formats if the application has a plug-in, such as WebP with
 * TwelveMonkeys' {@code imageio-webp}. The result is upright, in sRGB, without metadata:
 *
 * <ul>
 *   <li>An image with transparent pixels becomes a PNG, scaled down until it fits.
 *   <li>Other images become a PNG if the source is not a JPEG and the PNG fits.
 *   <li>All others become a JPEG of at most 16 megapixels, at the highest quality that fits. Below quality 75 the image is
 *       scaled down instead.
 * </ul>
 *
 * <p>All decoding in a JVM shares a third of the heap, at most 512 MB. More images wait for their turn, and larger ones are
 * decoded at a fraction of their resolution. Images that could take too much memory or time either way are refused before
 * they are decoded. If the heap fills up nevertheless, an image is decoded at a lower resolution. No display is needed.
 *
 * <p>Instances are thread-safe.
 */
public final class ImageIoFitter implements ImageFitter {
    private static final MemoryBudget MEMORY =
            MemoryBudget.ofHeap(Runtime.getRuntime().maxMemory());

    /** Creates a fitter. All fitters share their memory budget. */
    public ImageIoFitter() {}

    /**
     * {@inheritDoc}
     *
     * @throws ImageException if the image can't be decoded, has too many pixels, or doesn't fit at any size
     */
    @Override
    public PreparedImage fit(SourceImage image, long maxBytes) {
        return new Fitting(image, maxBytes, MEMORY).run();
    }
}
