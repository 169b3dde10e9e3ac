package dev.atlex.streams;

import java.util.OptionalLong;

/**
 * A message of a subscription. Immutable.
 *
 * @param <M> the sealed interface of the messages; messages of types that the schema doesn't define are its {@code
 *     Unknown} variant
 */
public final class StreamMessage<M> {
    private final OptionalLong sequence;
    private final M message;

    /** Creates a message. */
    public StreamMessage(OptionalLong sequence, M message) {
        this.sequence = sequence;
        this.message = message;
    }

    /** Returns the sequence number, empty for messages without one, such as {@code #info}. */
    public OptionalLong sequence() {
        return sequence;
    }

    /** Returns the message. */
    public M message() {
        return message;
    }

    @Override
    public String toString() {
        return "StreamMessage[" + (sequence.isPresent() ? "seq " + sequence.getAsLong() + ", " : "") + message + "]";
    }
}
