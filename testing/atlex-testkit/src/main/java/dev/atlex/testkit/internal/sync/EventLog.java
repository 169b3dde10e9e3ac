package dev.atlex.testkit.internal.sync;

import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The server's events in order, as the frames that subscribers receive. Only the latest events are kept.
 *
 * <p>A subscriber's position counts events since the server was started. Unlike sequence numbers, positions never
 * restart and have no gaps.
 */
final class EventLog {
    /** The maximum total size of the kept frames, in bytes. */
    private static final long MAX_BYTES = 64 << 20;

    /**
     * An event.
     *
     * @param frame empty if the account was deleted
     */
    record Event(long position, long seq, String did, byte[] frame) {}

    private final FirehoseSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The kept events; the first has the position {@link #first}. */
    private final List<Event> events = new ArrayList<>();

    private long first;
    private long seq;
    private long bytes;

    /** The sequence number of the last event that was dropped because of its age, or 0. */
    private long droppedSeq;

    private boolean closed;

    EventLog(FirehoseSettings settings) {
        this.settings = settings;
    }

    /** Appends an event. Its sequence number is added to the body. */
    void append(String did, String type, LexMap body) {
        lock.lock();
        try {
            seq++;
            byte[] frame = Frames.message(type, body.toBuilder().put("seq", seq).build());
            events.add(new Event(first + events.size(), seq, did, frame));
            bytes += frame.length;
            trim();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void trim() {
        int drop = Math.max(0, events.size() - settings.backfill);
        long rest = bytes;
        for (int i = 0; i < events.size(); i++) {
            if (i >= drop && rest <= MAX_BYTES) {
                drop = i;
                break;
            }
            rest -= events.get(i).frame.length;
        }
        if (drop > 0) {
            bytes = rest;
            droppedSeq = events.get(drop - 1).seq;
            events.subList(0, drop).clear();
            first += drop;
        }
    }

    /** Forgets the earlier events of a deleted account. */
    void purge(String did) {
        lock.lock();
        try {
            // Positions must not change, so the events become empty.
            events.replaceAll(
                    event -> event.did.equals(did) ? new Event(event.position, event.seq, "", new byte[0]) : event);
        } finally {
            lock.unlock();
        }
    }

    /** Skips sequence numbers, as if that many events had been lost. */
    void skip(long count) {
        lock.lock();
        try {
            seq += count;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all events and restarts the sequence numbers at 1. */
    void restart() {
        lock.lock();
        try {
            first += events.size();
            events.clear();
            bytes = 0;
            seq = 0;
            droppedSeq = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the sequence number of the latest event, or 0. */
    long lastSeq() {
        lock.lock();
        try {
            return seq;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the position after the latest event. */
    long end() {
        lock.lock();
        try {
            return first + events.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The start of a subscription.
     *
     * @param position the position of the first event
     * @param outdated whether events after the cursor are no longer kept
     */
    record Start(long position, boolean outdated) {}

    /** Returns where to start after a cursor that isn't in the future. */
    Start after(long cursor) {
        lock.lock();
        try {
            int index = 0;
            while (index < events.size() && events.get(index).seq <= cursor) {
                index++;
            }
            return new Start(first + index, cursor < droppedSeq);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for events.
     *
     * @param position the subscriber's position
     * @param stop checked after each {@link #wake()}
     * @return the events from the position on, at most 100; empty if {@code stop} returns true
     */
    List<Event> await(long position, BooleanSupplier stop) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !stop.getAsBoolean() && (position >= first + events.size() || settings.isQuiet())) {
                changed.await();
            }
            if (closed || stop.getAsBoolean()) {
                return List.of();
            }
            int from = (int) Math.max(0, position - first);
            return List.copyOf(events.subList(from, Math.min(events.size(), from + 100)));
        } finally {
            lock.unlock();
        }
    }

    /** Makes waiting subscribers check their conditions again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
