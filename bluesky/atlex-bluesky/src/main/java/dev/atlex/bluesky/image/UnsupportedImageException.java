package dev.atlex.bluesky.image;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the content isn't an image, or has a format that can't be read or shown. The message gives the format.
 */
public final class UnsupportedImageException extends ImageException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public UnsupportedImageException(String message) {
        this(message, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public UnsupportedImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
