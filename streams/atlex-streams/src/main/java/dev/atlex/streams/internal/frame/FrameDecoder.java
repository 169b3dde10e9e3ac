package dev.atlex.streams.internal.frame;

import dev.atlex.streams.InvalidFrameException;

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
}
