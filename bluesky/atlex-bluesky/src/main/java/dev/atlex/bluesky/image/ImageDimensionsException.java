package dev.atlex.bluesky.image;

import org.jspecify.annotations.Nullable;

/** Thrown when an image has too many pixels to be decoded, before any memory is allocated for them. */
public final class ImageDimensionsException extends ImageException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public ImageDimensionsException(String message) {
        this(message, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public ImageDimensionsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
