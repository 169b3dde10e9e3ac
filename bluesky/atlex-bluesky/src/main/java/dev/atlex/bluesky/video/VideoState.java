package dev.atlex.bluesky.video;

import dev.atlex.data.BlobRef;
import org.jspecify.annotations.Nullable;

/**
 * The state of a video after its upload.
 *
 * @see <a href="https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/video/defs.json">Lexicon:
 *     app.bsky.video.defs#jobStatus</a>
 */
public sealed interface VideoState {
    /**
     * The service is working on the video.
     *
     * @param percent the progress of the current step, 0 to 100; 0 if the service doesn't report it
     * @param step the service's name for the step, such as {@code JOB_STATE_ENCODING}
     */
    record Processing(int percent, String step) implements VideoState {}

    /**
     * The video is stored in the account's repository and can be posted.
     *
     * @param blob the reference to put into a post
     */
    record Completed(BlobRef blob) implements VideoState {}

    /**
     * The service gave up. The same video would fail again, unless the code is {@code pds_upload_failure}.
     *
     * @param reason the service's explanation
     * @param code the kind of failure, such as {@code encoding_failure}; null if the service doesn't report it
     */
    record Failed(String reason, @Nullable String code) implements VideoState {}
}
