package dev.atlex.bluesky.video;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a video can't be uploaded or processed. The subclass gives the kind of failure; this class itself is thrown when
 * a job's state can't be read. Failed calls before there is a job throw {@link dev.atlex.client.XrpcException}.
 */
public class VideoException extends LexException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String jobId;

    /**
     * Creates an exception.
     *
     * @param jobId the job, or null if there is none yet
     */
    public VideoException(@Nullable String jobId, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.jobId = jobId;
    }

    /** Returns the job, which {@link Videos#resume} takes, or null if there is none yet. */
    public final @Nullable String jobId() {
        return jobId;
    }
}
