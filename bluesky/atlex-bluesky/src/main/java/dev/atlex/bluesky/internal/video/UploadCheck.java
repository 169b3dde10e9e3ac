package dev.atlex.bluesky.internal.video;

import app.bsky.video.GetUploadLimits;
import dev.atlex.bluesky.video.VideoLimitException;
import dev.atlex.bluesky.video.VideoLimitException.Reason;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.Deadline;
import dev.atlex.data.LexMap;
import dev.atlex.data.internal.Excerpt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks the account's limits before an upload. The service would reject the upload only after its last byte. */
public final class UploadCheck {
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int MAX_SHOWN = 200;

    private UploadCheck() {}

    /**
     * Checks that the account may upload a video.
     *
     * @param size the size of the video in bytes
     * @throws VideoLimitException if it may not
     */
    public static void check(VideoService service, long size, Deadline deadline) {
        GetUploadLimits.Output limits;
        try {
            limits = service.limits(deadline);
        } catch (XrpcResponseException e) {
            if (e.status() == NOT_FOUND || e.status() == NOT_IMPLEMENTED) {
                return; // Other video services may have no limits.
            }
            throw e;
        }
        Reason reason = reason(limits, size);
        if (reason != null) {
            throw new VideoLimitException(reason, limits, describe(reason, limits, size), null);
        }
    }

    /**
     * Returns the exception for an upload that was rejected because of a limit, or null if the response has a different
     * reason. The service sends a job without an ID, with the reason as its error.
     */
    static @Nullable VideoLimitException ofRefusal(LexMap response, long size, XrpcResponseException cause) {
        LexMap job = response.getMap("jobStatus");
        LexMap refusal = job == null ? response : job;
        GetUploadLimits.Output limits = GetUploadLimits.Output.builder()
                .canUpload(false)
                .error(refusal.getString("error"))
                .message(refusal.getString("message"))
                .build();
        Reason reason = reason(limits, size);
        return reason == null || reason == Reason.OTHER
                ? null
                : new VideoLimitException(reason, limits, describe(reason, limits, size), cause);
    }

    private static @Nullable Reason reason(GetUploadLimits.Output limits, long size) {
        Long videos = limits.remainingDailyVideos();
        Long bytes = limits.remainingDailyBytes();
        String explanation = (limits.error() + " " + limits.message()).toLowerCase(Locale.ROOT);
        if (!limits.canUpload() && explanation.matches("(?s).*(e-?mail|unconfirmed).*")) {
            return Reason.EMAIL_NOT_CONFIRMED;
        }
        if (videos != null && videos < 1) {
            return Reason.DAILY_VIDEOS;
        }
        if (bytes != null && bytes < size) {
            return Reason.DAILY_BYTES;
        }
        if (limits.canUpload()) {
            return null;
        }
        boolean daily = explanation.contains("daily");
        return daily ? explanation.contains("bytes") ? Reason.DAILY_BYTES : Reason.DAILY_VIDEOS : Reason.OTHER;
    }

    private static String describe(Reason reason, GetUploadLimits.Output limits, long size) {
        String problem = switch (reason) {
            case EMAIL_NOT_CONFIRMED ->
                "the account's email address is not confirmed; confirm it in the app's settings";
            case DAILY_VIDEOS -> "the account has reached its daily number of videos; try again tomorrow";
            case DAILY_BYTES ->
                "the account may upload " + limits.remainingDailyBytes() + " more bytes today, but the video has "
                        + size;
            case OTHER -> "the account may not upload videos";
        };
        String message = limits.message() == null ? limits.error() : limits.message();
        return "video: " + problem + (message == null ? "" : " (" + Excerpt.line(message, MAX_SHOWN) + ")");
    }
}
