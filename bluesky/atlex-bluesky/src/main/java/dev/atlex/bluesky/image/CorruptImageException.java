package dev.atlex.bluesky.image;

import org.jspecify.annotations.Nullable;

/** Thrown when the file ends too early or doesn't follow its format. */
public final class CorruptImageException extends ImageException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public CorruptImageException(String message) {
        this(message, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public CorruptImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
