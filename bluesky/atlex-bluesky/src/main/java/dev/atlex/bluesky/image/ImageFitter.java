package dev.atlex.bluesky.image;

/**
 * Decodes an image and re-encodes it, upright and within a size limit. A fitter is called only if removing the metadata
 * isn't enough: the image is too large, is stored rotated, or has a format that apps don't show.
 *
 * <p>Implementations are loaded through {@link java.util.ServiceLoader}. The {@code dev.atlex:atlex-images} artifact
 * provides one. Implementations must be thread-safe.
 */
public interface ImageFitter {
    /**
     * Returns the image in at most {@code maxBytes}, with its orientation applied.
     *
     * @param image the image, without metadata
     * @param maxBytes the limit, in bytes
     * @throws ImageException if the image can't be decoded or doesn't fit
     */
    PreparedImage fit(SourceImage image, long maxBytes);
}
