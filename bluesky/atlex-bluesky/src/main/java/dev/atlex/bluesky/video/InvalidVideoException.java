package dev.atlex.bluesky.video;

import org.jspecify.annotations.Nullable;

/**
 * Thrown before anything is sent if the file is missing, empty, too large or not a video, or if a caption is invalid.
 */
public final class InvalidVideoException extends VideoException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public InvalidVideoException(String message, @Nullable Throwable cause) {
        super(null, message, cause);
    }
}
