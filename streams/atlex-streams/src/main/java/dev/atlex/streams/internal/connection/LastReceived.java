package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.Bytes;
import java.util.ArrayDeque;

/**
 * The last sequence number received. In version 1 of Jetstream, the numbers are times, and several events may share
 * one. There, a duplicate is recognized by its whole frame. The lock of the {@link EventQueue} guards this object.
 */
final class LastReceived {
    private static final int MAX_FRAMES = 1000;
    private static final int MAX_FRAME_BYTES = 1024 * 1024;

    private long sequence = NO_SEQUENCE;

    /**
     * The last frames of the events that happened at that time. Empty if the numbers aren't times. Bounded, because a
     * server may send any number of events with one time; duplicates of older ones are delivered again.
     */
    private final ArrayDeque<Bytes> frames = new ArrayDeque<>();

    private long frameBytes;

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
            clearFrames();
            sequence = entry.sequence;
        }
        if (entry.sequence == sequence) {
            addFrame(entry.frame());
        }
        return sequence;
    }

    private void addFrame(Bytes frame) {
        frames.add(frame);
        frameBytes += frame.size();
        while (frames.size() > MAX_FRAMES || frameBytes > MAX_FRAME_BYTES && frames.size() > 1) {
            frameBytes -= frames.remove().size();
        }
    }

    private void clearFrames() {
        frames.clear();
        frameBytes = 0;
    }

    /** Forgets all events, and continues after a number. */
    void restart(long at) {
        sequence = at;
        clearFrames();
    }
}
