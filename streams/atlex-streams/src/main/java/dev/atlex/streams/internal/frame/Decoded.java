package dev.atlex.streams.internal.frame;

import org.jspecify.annotations.Nullable;

/**
 * A decoded frame.
 *
 * @param <E> the type of the events
 */
public sealed interface Decoded<E> {
    /** Stands for the sequence number of a message without one. */
    long NO_SEQUENCE = -1;

    /**
     * An event to deliver.
     *
     * @param sequence the sequence number, or {@link #NO_SEQUENCE}
     * @param lane events of the same lane stay in order: usually a DID; null if the event concerns no account
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
     * A notice about the stream without a sequence number, such as {@code OutdatedCursor}.
     *
     * @param event the same as an event, or null if it isn't delivered
     */
    record Info<E>(
            String name, @Nullable String message, @Nullable E event) implements Decoded<E> {}

    /** An error, after which the server closes the connection. */
    record Error<E>(String error, @Nullable String message) implements Decoded<E> {}
}
