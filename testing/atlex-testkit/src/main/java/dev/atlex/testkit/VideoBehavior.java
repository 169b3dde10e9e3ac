package dev.atlex.testkit;

import dev.atlex.testkit.internal.video.VideoSettings;
import java.util.Objects;

/**
 * Scripts the video service of a {@link LocalPds}. Initially, every video is processed immediately.
 *
 * <pre>{@code
 * pds.video().steps(3);                                              // three requests see it encoding: 0, 33, 66 %
 * pds.video().failJobs("encoding_failure", "unsupported codec");
 * }</pre>
 *
 * <p>The service checks service tokens as the real one does. {@code uploadVideo} needs a token for the PDS and
 * {@code com.atproto.repo.uploadBlob}, {@code getUploadLimits} needs one for itself, and {@code getJobStatus} needs
 * none. A completed job adds the video, exactly as it was uploaded, to the account's blobs. If an account uploads the
 * same video again, the response is status 409 {@code already_exists} with the first job.
 *
 * <p>{@link #steps}, {@link #failJobs} and {@link #completeJobs} apply to videos uploaded from now on. Thread-safe.
 */
public final class VideoBehavior {
    private final VideoSettings settings;

    VideoBehavior(VideoSettings settings) {
        this.settings = settings;
    }

    /**
     * Sets how many requests for a job's state report progress before the job ends. Initially 0.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public VideoBehavior steps(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException("steps must not be negative (got " + requests + ")");
        }
        settings.steps = requests;
        return this;
    }

    /**
     * Makes jobs fail after their {@link #steps}.
     *
     * @param code the kind of failure, such as {@code encoding_failure}
     * @param message the explanation
     */
    public VideoBehavior failJobs(String code, String message) {
        settings.failure = new VideoSettings.Failure(
                Objects.requireNonNull(code, "code"), Objects.requireNonNull(message, "message"));
        return this;
    }

    /** Reverses {@link #failJobs}. */
    public VideoBehavior completeJobs() {
        settings.failure = null;
        return this;
    }

    /**
     * Sets how many videos and bytes each account may upload. Initially 25 videos and 10 GB. {@link LocalPds#reset()}
     * resets the counts.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public VideoBehavior dailyLimit(int videos, long bytes) {
        if (videos < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "dailyLimit must not be negative (got " + videos + " videos, " + bytes + " bytes)");
        }
        settings.dailyVideos = videos;
        settings.dailyBytes = bytes;
        return this;
    }

    /**
     * Sets whether accounts have confirmed their email addresses. Initially true. If false, they may not upload videos.
     */
    public VideoBehavior emailConfirmed(boolean confirmed) {
        settings.emailConfirmed = confirmed;
        return this;
    }

    /**
     * Sets whether the response to an upload contains the job in the {@code jobStatus} field, as the Lexicon document
     * says. Initially, the response is the job itself, as the real service sends it.
     */
    public VideoBehavior wrappedResponse(boolean wrapped) {
        settings.wrapped = wrapped;
        return this;
    }

    /** Restores the initial behavior. Jobs and counts are kept. */
    public VideoBehavior reset() {
        settings.reset();
        return this;
    }

    /** Returns a string that contains the current behavior. */
    @Override
    public String toString() {
        return "VideoBehavior[" + settings + "]";
    }
}
