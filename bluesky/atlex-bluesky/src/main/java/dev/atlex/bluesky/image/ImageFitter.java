package dev.atlex.bluesky.image;

/**
 * Decodes an image and encodes it again, upright and within a number of bytes. Only images that can't be uploaded after
 * their metadata was removed get here: they are too large, are stored rotated, or have a format that apps don't show.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader}. The artifact {@code dev.atlex:atlex-images} has one.
 * Instances are used by several threads at once.
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
