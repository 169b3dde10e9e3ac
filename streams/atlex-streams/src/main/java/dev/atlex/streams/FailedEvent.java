package dev.atlex.streams;

import dev.atlex.data.Bytes;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An event whose handler failed, or a frame or record that can't be decoded. Immutable. */
public final class FailedEvent {
    private final @Nullable Object event;
    private final OptionalLong sequence;
    private final Bytes bytes;
    private final Throwable cause;
    private final int attempts;

    /**
     * Creates a failed event.
     *
     * @param event the event, or null if the frame can't be decoded
     * @param attempts how often the handler was called; 0 if the frame or the record can't be decoded
     */
    public FailedEvent(@Nullable Object event, OptionalLong sequence, Bytes bytes, Throwable cause, int attempts) {
        this.event = event;
        this.sequence = sequence;
        this.bytes = bytes;
        this.cause = cause;
        this.attempts = attempts;
    }

    /**
     * Returns the event that the handler received; null if the frame can't be decoded; or the {@link RecordOperation}
     * whose record can't be decoded.
     */
    public @Nullable Object event() {
        return event;
    }

    /** Returns the sequence number; empty if the frame can't be decoded, or if its message has none. */
    public OptionalLong sequence() {
        return sequence;
    }

    /**
     * Returns the frame as it was received, or the first 64 KiB of a frame that is too large. For a record that can't
     * be decoded, returns the CAR file of its commit.
     */
    public Bytes bytes() {
        return bytes;
    }

    /**
     * Returns the failure: the handler's exception, an {@link InvalidFrameException}, or the reason why a record can't
     * be decoded.
     */
    public Throwable cause() {
        return cause;
    }

    /** Returns how often the handler was called; 0 if the frame or the record can't be decoded. */
    public int attempts() {
        return attempts;
    }

    /** Returns the sequence number or the event of a Tap, the number of bytes and the cause. */
    @Override
    public String toString() {
        String what = event instanceof TapEvent
                ? event.toString()
                : sequence.isPresent() ? "seq " + sequence.getAsLong() : "no seq";
        return "FailedEvent[" + what + ", " + bytes.size() + " bytes, attempts " + attempts + ": " + cause + "]";
    }
}
