package dev.atlex.bluesky.video;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the service failed to process a video. The failure is final: polling the job again returns the same
 * result.
 */
public final class VideoFailedException extends VideoException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable String code;

    /** Creates an exception for a failed job. */
    public VideoFailedException(String jobId, VideoState.Failed state) {
        super(
                jobId,
                "video: the service failed to process job " + jobId + ": " + state.reason()
                        + (state.code() == null ? "" : " (" + state.code() + ")"),
                null);
        this.reason = state.reason();
        this.code = state.code();
    }

    /** Returns the service's explanation. */
    public String reason() {
        return reason;
    }

    /** Returns the kind of failure, such as {@code encoding_failure}; null if the service doesn't report it. */
    public @Nullable String code() {
        return code;
    }
}
