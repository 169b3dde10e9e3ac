package dev.atlex.streams.internal.connection;

import dev.atlex.data.Bytes;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.internal.frame.Decoded;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a handler, or a frame that can't be decoded. The lock of its {@link EventQueue} guards the
 * mutable fields.
 *
 * @param <E> the type of the events
 */
public final class Entry<E> {
    /** The approximate size of an entry in memory, without its frame. */
    static final int OVERHEAD = 200;

    private static final Bytes NO_FRAME = Bytes.wrap(new byte[0]);

    private final @Nullable InvalidFrameException invalid;
    private volatile @Nullable E event;
    private volatile Bytes frame;

    final long sequence;
    final @Nullable String lane;
    final @Nullable String time;
    final long arrived;

    /** The thread that has taken this entry, or null. */
    @Nullable
    Thread owner;

    /** When the owner took it, in {@code nanoTime}. */
    long taken;

    /**
     * Whether the owner's handler is running. Without this, the caller of an iterator, which may have stopped long ago,
     * would look busy.
     */
    boolean handling;

    boolean finished;

    private Entry(
            @Nullable E event,
            @Nullable InvalidFrameException invalid,
            Bytes frame,
            long sequence,
            @Nullable String lane,
            @Nullable String time,
            long arrived) {
        this.event = event;
        this.invalid = invalid;
        this.frame = frame;
        this.sequence = sequence;
        this.lane = lane;
        this.time = time;
        this.arrived = arrived;
    }

    static <E> Entry<E> of(Decoded.Event<E> event, byte[] frame, long arrived) {
        return new Entry<>(
                event.event(), null, Bytes.wrap(frame), event.sequence(), event.lane(), event.time(), arrived);
    }

    static <E> Entry<E> of(InvalidFrameException invalid, long arrived) {
        return new Entry<>(null, invalid, invalid.bytes(), Decoded.NO_SEQUENCE, null, null, arrived);
    }

    /** Returns an entry for an event that isn't delivered. */
    static <E> Entry<E> skipped(long sequence) {
        return new Entry<>(null, null, NO_FRAME, sequence, null, null, 0);
    }

    /** Returns this entry with a different sequence number. */
    Entry<E> at(long number) {
        return number == sequence ? this : new Entry<>(event, invalid, frame, number, lane, time, arrived);
    }

    /** Returns whether this entry has no event to deliver. */
    boolean isSkipped() {
        return event == null && invalid == null;
    }

    /**
     * Returns the event. The entry must not be finished.
     *
     * @throws NullPointerException if {@link #invalid} isn't null
     */
    public E event() {
        return Objects.requireNonNull(event);
    }

    /** Returns why the frame can't be decoded, or null for an event. */
    public @Nullable InvalidFrameException invalid() {
        return invalid;
    }

    /** Returns the frame. */
    public Bytes frame() {
        return frame;
    }

    /** Returns the sequence number, or empty. */
    public OptionalLong sequence() {
        return sequence == Decoded.NO_SEQUENCE ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    /** Drops everything but the sequence number, and returns the number of bytes that this frees. */
    int shrink() {
        int freed = frame.size();
        event = null;
        frame = NO_FRAME;
        return freed;
    }
}
