package dev.atlex.images;

import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.ImageFitter;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import dev.atlex.images.internal.Fitting;
import dev.atlex.images.internal.MemoryBudget;

/**
 * Fits images with {@link javax.imageio.ImageIO}. {@code atlex-bluesky} finds this class automatically if the module is
 * on the class path or module path.
 *
 * <p>JPEG, PNG, GIF, BMP and TIFF can be decoded. Other formats need a plug-in, such as TwelveMonkeys'
 * {@code imageio-webp} for WebP. The result is upright, in sRGB, and has no metadata:
 *
 * <ul>
 *   <li>An image with transparent pixels becomes a PNG, scaled down until it fits.
 *   <li>Other images become a PNG if the source isn't a JPEG and the PNG fits.
 *   <li>All others become a JPEG of at most 16 megapixels, at the highest quality that fits. Instead of lowering the
 *       quality below 75, the image is scaled down.
 * </ul>
 *
 * <p>All images that are decoded at the same time share a third of the heap, at most 512 MB. Images that don't fit wait
 * for their turn, and images larger than the whole budget are decoded at a fraction of their resolution. An image that
 * would still take too much memory or time is rejected before it is decoded. If the heap fills up anyway, the image is
 * decoded at a lower resolution. No display is needed.
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
