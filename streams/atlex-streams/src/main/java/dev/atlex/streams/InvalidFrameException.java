package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.data.internal.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Describes a frame that can't be decoded: it is malformed, too large, or violates the schema of its message. It
 * doesn't end the stream but is reported to {@link StreamOptions.Builder#onSkipped}.
 */
public final class InvalidFrameException extends StreamException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_SHOWN = 500;

    private final transient Bytes bytes;

    /**
     * Creates an exception.
     *
     * @param bytes the frame, or the beginning of a frame that is too large
     */
    public InvalidFrameException(String message, Bytes bytes, @Nullable Throwable cause) {
        super(Excerpt.line(message, MAX_SHOWN), cause);
        this.bytes = bytes;
    }

    /** Returns the frame as it was received, or the first 64 KiB of a frame that is too large. */
    public Bytes bytes() {
        return bytes;
    }
}
