package dev.atlex.bluesky.internal.video;

import app.bsky.video.VideoDefs.JobStatus;
import com.atproto.repo.UploadBlob;
import dev.atlex.bluesky.video.VideoException;
import dev.atlex.bluesky.video.VideoFailedException;
import dev.atlex.bluesky.video.VideoState;
import dev.atlex.bluesky.video.VideoTimeoutException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.data.BlobRef;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Polls the service until a job ends or the deadline passes. A job ends with a completed state that has a blob, or with
 * a failed state, and isn't polled again after that. Failures of single polls are tolerated, because the service keeps
 * working regardless.
 */
public final class VideoJobs {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    private static final int MAX_SHOWN = 300;

    private final VideoService service;
    private final @Nullable Consumer<? super VideoState> listener;
    private final TimeSource time;

    /** @param listener the listener, which receives each state; may be null */
    public VideoJobs(VideoService service, @Nullable Consumer<? super VideoState> listener, TimeSource time) {
        this.service = service;
        this.listener = listener;
        this.time = time;
    }

    /** A job and its state. */
    public record Job(String id, VideoState state) {
        /**
         * Finds a job in a response. The service sends it either on its own or in the {@code jobStatus} field.
         *
         * @return the job, or null if there is none
         */
        static @Nullable Job find(LexMap response) {
            LexMap nested = response.getMap("jobStatus");
            LexMap status = nested == null ? response : nested;
            String id = status.getString("jobId");
            return id == null || id.isEmpty() ? null : new Job(id, stateOf(status));
        }

        /**
         * Returns the same job with a state that is polled again unless the blob is known. The response about an
         * earlier job may lack the blob.
         */
        Job toBePolled() {
            return state instanceof VideoState.Completed
                    ? this
                    : new Job(id, new VideoState.Processing(0, JobStatus.STATE_JOB_STATE_CREATED));
        }
    }

    /** Returns the state in a job status. Any field but the ID may be missing. */
    private static VideoState stateOf(LexMap status) {
        String state = status.getString("state");
        BlobRef blob = blob(status);
        boolean completed = JobStatus.STATE_JOB_STATE_COMPLETED.equals(state);
        // A job that failed because the video already exists has the blob of the earlier job.
        if (blob != null && (completed || "already_exists".equals(status.getString("error")))) {
            return new VideoState.Completed(blob);
        }
        if (completed || JobStatus.STATE_JOB_STATE_FAILED.equals(state)) {
            String reason =
                    status.getString("message") == null ? status.getString("error") : status.getString("message");
            String fallback = completed ? "the job completed without a blob" : "no reason given";
            return new VideoState.Failed(
                    reason == null || reason.isBlank() ? fallback : Excerpt.line(reason, MAX_SHOWN),
                    status.getString("failureCode"));
        }
        Long progress = status.getInteger("progress");
        int percent = progress == null ? 0 : (int) Math.max(0, Math.min(100, progress));
        return new VideoState.Processing(percent, state == null ? JobStatus.STATE_JOB_STATE_CREATED : state);
    }

    private static @Nullable BlobRef blob(LexMap status) {
        try {
            LexValue blob = status.get("blob");
            return blob == null
                    ? null
                    : UploadBlob.Output.CODEC
                            .fromValue(LexMap.of("blob", blob), ReadOptions.LENIENT)
                            .blob();
        } catch (LexDataException e) {
            return null;
        }
    }

    /**
     * Reads the state of a job once.
     *
     * @throws VideoException if it can't be read
     */
    public VideoState poll(String jobId, Deadline deadline) {
        try {
            return read(jobId, deadline);
        } catch (XrpcException e) {
            throw unreadable(jobId, e);
        }
    }

    private VideoState read(String jobId, Deadline deadline) {
        Job job = Job.find(service.jobStatus(jobId, deadline));
        return job == null ? new VideoState.Processing(0, JobStatus.STATE_JOB_STATE_CREATED) : job.state();
    }

    private static VideoException unreadable(String jobId, XrpcException cause) {
        return new VideoException(
                jobId, "video: can't read the state of job " + jobId + ": " + cause.getMessage(), cause);
    }

    /** Waits for a job to end, starting from its known state. */
    public BlobRef await(Job job, Deadline deadline) {
        BlobRef blob = finished(job.id(), job.state());
        return blob == null ? await(job.id(), deadline) : blob;
    }

    /**
     * Waits for a job to end.
     *
     * @throws VideoFailedException if it fails
     * @throws VideoTimeoutException if the deadline passes
     * @throws VideoException if its state can't be read
     */
    public BlobRef await(String jobId, Deadline deadline) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            XrpcException failure = null;
            try {
                BlobRef blob = finished(jobId, read(jobId, deadline));
                if (blob != null) {
                    return blob;
                }
            } catch (XrpcException e) {
                if (!e.retryable()) {
                    throw unreadable(jobId, e);
                }
                failure = e;
            }
            // Many bots that upload at once shouldn't all poll at the same time.
            Duration wait = Duration.ofNanos(
                    (long) (pause.toNanos() * (0.75 + time.random().getAsDouble() / 4)));
            Duration left = deadline.left();
            if (left != null && left.compareTo(wait) <= 0) {
                throw new VideoTimeoutException(
                        jobId,
                        "video: job " + jobId + " did not finish within the time limit; resume it later",
                        failure);
            }
            time.sleeper().sleep(wait);
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
        }
    }

    /** Returns the blob of a completed job, or null if it is still being processed. */
    private @Nullable BlobRef finished(String jobId, VideoState state) {
        if (listener != null) {
            listener.accept(state);
        }
        if (state instanceof VideoState.Failed failed) {
            throw new VideoFailedException(jobId, failed);
        }
        return state instanceof VideoState.Completed completed ? completed.blob() : null;
    }
}
