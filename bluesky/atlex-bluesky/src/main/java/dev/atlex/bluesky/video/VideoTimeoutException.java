package dev.atlex.bluesky.video;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a video isn't processed within the time limit. The service keeps working on it. To continue waiting, call
 * {@link Videos#resume} with the {@link #jobId}.
 */
public final class VideoTimeoutException extends VideoException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public VideoTimeoutException(String jobId, String message, @Nullable Throwable cause) {
        super(jobId, message, cause);
    }
}
