package dev.atlex.streams.internal.frame;

import dev.atlex.data.LexMap;
import dev.atlex.streams.StreamException;
import org.jspecify.annotations.Nullable;

/**
 * A decoded frame.
 *
 * @param <E> the type of the events
 */
public sealed interface Decoded<E> {
    /** The sequence number of a message that doesn't have one. */
    long NO_SEQUENCE = -1;

    /**
     * Returns the number. A negative one would be taken for a missing number, or for a restart of the numbering.
     *
     * @throws StreamException if it is negative
     */
    static long requireSequence(long sequence) {
        if (sequence < 0) {
            throw new StreamException("expected a sequence number of at least 0 (got " + sequence + ")", null);
        }
        return sequence;
    }

    /**
     * An event to deliver.
     *
     * @param sequence the sequence number, or {@link #NO_SEQUENCE}
     * @param lane the key by which events are kept in order, usually a DID; null if the event concerns no account
     * @param time when the event happened, as an ISO 8601 datetime, or null
     */
    record Event<E>(
            E event,
            long sequence,
            @Nullable String lane,
            @Nullable String time) implements Decoded<E> {}

    /** A message that isn't delivered but moves the cursor, unless it has no sequence number. */
    record Ignored<E>(long sequence) implements Decoded<E> {}

    /**
     * A notice about the stream, such as {@code OutdatedCursor}. It has no sequence number.
     *
     * @param event the notice as an event, or null if it isn't delivered
     */
    record Info<E>(
            String name, @Nullable String message, @Nullable E event) implements Decoded<E> {}

    /** An error frame, after which the server closes the connection. */
    record Error<E>(String error, @Nullable String message) implements Decoded<E> {
        /** Reads the error of a frame. */
        static <E> Error<E> of(LexMap frame) {
            String error = frame.getString("error");
            return new Error<>(error == null ? "Unknown" : error, frame.getString("message"));
        }
    }
}
