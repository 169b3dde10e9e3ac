package dev.atlex.testkit.internal.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events of a server in order, in the form that consumers receive. Only the latest are kept.
 *
 * <p>A consumer's position counts the events since the server was started. Unlike sequence numbers, positions never
 * restart and have no gaps.
 *
 * @param <E> the form of the events
 */
public final class EventLog<E> {
    /** The maximum size of the kept events together, in bytes. */
    private static final long MAX_BYTES = 64 << 20;

    /**
     * An event.
     *
     * @param content null if the account was deleted
     */
    public record Event<E>(
            long position,
            long seq,
            String did,
            int bytes,
            @Nullable E content) {}

    private final StreamSettings settings;
    private final ToIntFunction<E> size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The kept events; the first has the position {@link #first}. */
    private final List<Event<E>> events = new ArrayList<>();

    private final List<Consumer<E>> followers = new ArrayList<>();

    private long first;
    private long seq;
    private long bytes;

    /** The sequence number of the last event that was dropped because of its age, or 0. */
    private long droppedSeq;

    private boolean closed;

    /** @param size returns the size of an event, in bytes */
    public EventLog(StreamSettings settings, ToIntFunction<E> size) {
        this.settings = settings;
        this.size = size;
    }

    /**
     * Appends an event.
     *
     * @param event returns the event with a sequence number
     * @return the sequence number
     */
    public long append(String did, LongFunction<E> event) {
        lock.lock();
        try {
            E content = event.apply(++seq);
            int length = size.applyAsInt(content);
            events.add(new Event<>(first + events.size(), seq, did, length, content));
            bytes += length;
            trim();
            changed.signalAll();
            followers.forEach(follower -> follower.accept(content));
            return seq;
        } finally {
            lock.unlock();
        }
    }

    /** Passes the kept events and all later ones to a function, which must not wait for the server. */
    public void follow(Consumer<E> follower) {
        lock.lock();
        try {
            for (Event<E> event : events) {
                if (event.content != null) {
                    follower.accept(event.content);
                }
            }
            followers.add(follower);
        } finally {
            lock.unlock();
        }
    }

    /** Stops passing events to a function that was passed to {@link #follow}. */
    public void unfollow(Consumer<E> follower) {
        lock.lock();
        try {
            followers.remove(follower);
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
            rest -= events.get(i).bytes;
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
            events.replaceAll(event -> {
                if (!event.did.equals(did)) {
                    return event;
                }
                bytes -= event.bytes;
                return new Event<>(event.position, event.seq, "", 0, null);
            });
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
    public long lastSeq() {
        lock.lock();
        try {
            return seq;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the lowest sequence number such that its event and all later events are kept. */
    public long floor() {
        lock.lock();
        try {
            return droppedSeq + 1;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the position after the latest event. */
    public long end() {
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
     * @param outdated whether earlier events that the consumer asked for are no longer kept
     */
    public record Start(long position, boolean outdated) {}

    /** Returns where to start after a cursor that isn't in the future. */
    Start after(long cursor) {
        return at(event -> event.seq > cursor, cursor < floor() - 1);
    }

    /** Returns where to start in order to begin with the first event that matches. */
    public Start at(Predicate<? super Event<E>> begin) {
        lock.lock();
        try {
            boolean oldest = events.isEmpty() || begin.test(events.get(0));
            return at(begin, oldest && droppedSeq > 0);
        } finally {
            lock.unlock();
        }
    }

    private Start at(Predicate<? super Event<E>> begin, boolean outdated) {
        lock.lock();
        try {
            int index = 0;
            while (index < events.size() && !begin.test(events.get(index))) {
                index++;
            }
            return new Start(first + index, outdated);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for events.
     *
     * @param position the consumer's position
     * @param stop checked after each {@link #wake()}
     * @return the events from the position on, at most 100; empty if {@code stop} returns true
     */
    List<Event<E>> await(long position, BooleanSupplier stop) throws InterruptedException {
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

    /** Wakes up waiting consumers, so that they check their conditions. */
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
