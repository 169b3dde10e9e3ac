package dev.atlex.bluesky.video;

import app.bsky.video.GetUploadLimits;
import org.jspecify.annotations.Nullable;

/** Thrown when the account may not upload the video now, usually before the upload. */
public final class VideoLimitException extends VideoException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient GetUploadLimits.Output limits;

    /** Creates an exception. */
    public VideoLimitException(
            Reason reason, GetUploadLimits.Output limits, String message, @Nullable Throwable cause) {
        super(null, message, cause);
        this.reason = reason;
        this.limits = limits;
    }

    /** Why an upload isn't possible. */
    public enum Reason {
        /** The account's email address must be confirmed first. */
        EMAIL_NOT_CONFIRMED,
        /** The account has reached its daily limit on the number of videos. */
        DAILY_VIDEOS,
        /** The video has more bytes than the account may still upload today. */
        DAILY_BYTES,
        /** Another reason, which the message states. */
        OTHER
    }

    /** Returns why the upload isn't possible. */
    public Reason reason() {
        return reason;
    }

    /** Returns the service's response. The number of videos and bytes left may be absent. */
    public GetUploadLimits.Output limits() {
        return limits;
    }
}
