package dev.atlex.bluesky.image;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an image, such as a large animation, can't be shrunk below its limit, or when a file is too large to be
 * read.
 */
public final class ImageTooLargeException extends ImageException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public ImageTooLargeException(String message) {
        this(message, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public ImageTooLargeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
