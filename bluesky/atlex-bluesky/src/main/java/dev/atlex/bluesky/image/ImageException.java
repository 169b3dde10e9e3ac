package dev.atlex.bluesky.image;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an image can't be prepared for upload. The message gives the image's name and the reason. Retrying helps
 * only if the thread was interrupted or the heap was full.
 */
public class ImageException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public ImageException(String message) {
        this(message, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
