package dev.atlex.streams.internal.frame;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexException;
import dev.atlex.streams.InvalidFrameException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one kind of stream. Implementations are stateless.
 *
 * @param <E> the type of the events
 */
public interface FrameDecoder<E> {
    /**
     * Decodes a frame.
     *
     * @param frame the complete WebSocket message; not modified after this call
     * @param text whether it is a text message
     * @throws InvalidFrameException if it can't be decoded
     */
    Decoded<E> decode(byte[] frame, boolean text);

    /** Returns the exception for a frame that can't be decoded, or the cause itself if it is already one. */
    static InvalidFrameException invalid(byte[] frame, LexException cause) {
        return cause instanceof InvalidFrameException invalid ? invalid : invalid(cause.getMessage(), frame, cause);
    }

    /** Returns the exception for a frame that can't be decoded. */
    static InvalidFrameException invalid(@Nullable String problem, byte[] frame, @Nullable Throwable cause) {
        return new InvalidFrameException("decode frame: " + problem, Bytes.wrap(frame), cause);
    }
}
