package dev.atlex.streams.internal.connection;

import dev.atlex.streams.internal.frame.FrameDecoder;
import java.net.URI;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One version of a protocol. A server that doesn't know it may know a different one.
 *
 * @param name the name, for messages
 * @param url returns the URL for a cursor: a sequence number, 0 to begin at the oldest event, or {@code NO_SEQUENCE} to
 *     begin at the newest one
 * @param subprotocols the subprotocols to offer
 * @param times whether the sequence numbers are times in microseconds. Such a cursor is inclusive. Several events may
 *     have the same time. A server that no longer has the events of a time starts at a later one without notice
 */
public record Dialect<E>(
        String name, LongFunction<URI> url, List<String> subprotocols, FrameDecoder<E> decoder, boolean times) {
    /** The lowest time. Lower numbers are sequence numbers, which no server will have exceeded for centuries. */
    static final long LOWEST_TIME = 1_000_000_000_000_000L;
}
