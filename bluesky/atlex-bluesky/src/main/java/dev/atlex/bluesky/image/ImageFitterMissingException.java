package dev.atlex.bluesky.image;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an image must be shrunk, rotated or converted, but no {@link ImageFitter} is installed. The message gives
 * the artifact to add.
 */
public final class ImageFitterMissingException extends ImageException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public ImageFitterMissingException(String message) {
        this(message, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public ImageFitterMissingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
