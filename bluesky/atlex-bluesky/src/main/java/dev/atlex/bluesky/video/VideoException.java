package dev.atlex.bluesky.video;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a video can't be uploaded or processed. Subclasses identify the kind of failure. This class itself is
 * thrown when a job's state can't be read. Calls that fail before there is a job throw
 * {@link dev.atlex.client.XrpcException}.
 */
public class VideoException extends LexException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String jobId;

    /**
     * Creates an exception.
     *
     * @param jobId the ID of the job, or null if there is no job yet
     */
    public VideoException(@Nullable String jobId, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.jobId = jobId;
    }

    /** Returns the ID of the job, to pass to {@link Videos#resume}, or null if there is no job yet. */
    public final @Nullable String jobId() {
        return jobId;
    }
}
