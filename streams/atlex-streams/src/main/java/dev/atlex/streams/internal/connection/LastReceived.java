package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The last sequence number received. In version 1 of Jetstream, the numbers are times, and several events may share
 * one. There, a duplicate is recognized by its whole frame. The lock of the {@link EventQueue} guards this object.
 */
final class LastReceived {
    private long sequence = NO_SEQUENCE;

    /** The frames of the events that happened at that time. Empty if the numbers aren't times. */
    private final List<Bytes> frames = new ArrayList<>();

    /** Returns the number, or {@code NO_SEQUENCE}. */
    long sequence() {
        return sequence;
    }

    /** Records the number of an event, unless it is {@code NO_SEQUENCE}. */
    void set(long received) {
        if (received != NO_SEQUENCE) {
            sequence = received;
        }
    }

    /** Returns whether the event, whose number is a time, is one of the last ones received. */
    boolean containsTimed(Entry<?> entry) {
        return entry.sequence == sequence && frames.contains(entry.frame());
    }

    /**
     * Records an event whose number is a time.
     *
     * @return the latest time so far; the event's own time may be earlier
     */
    long addTimed(Entry<?> entry) {
        if (entry.sequence > sequence) {
            frames.clear();
            sequence = entry.sequence;
        }
        if (entry.sequence == sequence) {
            frames.add(entry.frame());
        }
        return sequence;
    }

    /** Forgets all events, and continues after a number. */
    void restart(long at) {
        sequence = at;
        frames.clear();
    }
}
