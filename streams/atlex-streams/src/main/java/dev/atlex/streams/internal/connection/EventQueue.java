package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events between the socket and the handlers. It is the only object that both use.
 *
 * <p><b>Memory.</b> An entry counts toward the limit from its arrival until its handler has finished. If an earlier
 * entry is still unfinished, a small part counts until that one is finished too. So entries can't pile up without bound
 * behind a slow handler. When the total size reaches the limit, no more messages are requested from the socket, and the
 * server has to wait. This is the only form of backpressure. The socket resumes at half of the limit, so that it
 * doesn't stop and resume with every event. Below the limit, an entry of any size is accepted.
 *
 * <p><b>Position.</b> {@code pending} contains all entries in the order of arrival. Finished entries are removed from
 * its head, so the sequence number of the last removed entry is the highest one up to which all events are finished.
 * Only that number is saved, so a fast handler never moves the cursor past the events of a slow one.
 *
 * <p><b>Connections.</b> Queued events survive a reconnect, because the new connection continues after the last event
 * received. Each connection has a number. Events from an older connection, whose callbacks may still be running, are
 * rejected.
 *
 * @param <E> the type of the events
 */
public final class EventQueue<E> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long limit;
    private final LongSupplier nanoTime;
    private final @Nullable Receipts<E> receipts;

    /** All unfinished entries, and the finished ones that arrived after an unfinished one. */
    private final ArrayDeque<Entry<E>> pending = new ArrayDeque<>();

    private List<Lane<E>> lanes = List.of(new Lane<>(lock.newCondition()));
    private long bytes;
    private long events;
    private long handled;
    private long handlingNanos;
    private @Nullable String newestTime;
    private long newestArrived;
    private final Set<Entry<E>> running = new HashSet<>();
    private int connection;
    private long received = NO_SEQUENCE;

    /** The frames of the events whose number is {@link #received}, if numbers are times. */
    private final List<Bytes> framesAtReceived = new ArrayList<>();

    private long position = NO_SEQUENCE;
    private @Nullable Runnable paused;
    private boolean ended;
    private @Nullable RuntimeException failure;

    private record Lane<E>(ArrayDeque<Entry<E>> entries, Condition notEmpty) {
        Lane(Condition notEmpty) {
            this(new ArrayDeque<>(), notEmpty);
        }
    }

    /**
     * Creates a queue.
     *
     * @param limit the maximum size of all entries, in bytes
     * @param receipts receives the finished entries, or null
     */
    EventQueue(long limit, LongSupplier nanoTime, @Nullable Receipts<E> receipts) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.receipts = receipts;
    }

    /** Begins a connection. Entries from older connections are rejected from now on. */
    void begin(int newConnection) {
        lock.lock();
        try {
            connection = newConnection;
            paused = null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an entry.
     *
     * @param from the connection that received it
     * @param resume if this method returns false, called once, from any thread, when the queue has room again
     * @return whether the queue has room for more events
     */
    boolean add(int from, Entry<E> entry, Runnable resume) {
        lock.lock();
        try {
            if (from != connection || ended) {
                return false;
            }
            events++;
            if (receipts != null && !receipts.admit(entry)) {
                return admits(resume);
            }
            pending.add(entry);
            if (entry.time != null) {
                newestTime = entry.time;
                newestArrived = entry.arrived;
            }
            bytes += entry.frame().size() + Entry.OVERHEAD;
            noteReceived(entry.sequence);
            Lane<E> lane = lane(entry);
            lane.entries.add(entry);
            lane.notEmpty.signal();
            return admits(resume);
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #add}, for the first entry after a change of the numbers, which may be lower than before. */
    boolean addFirst(int from, Entry<E> entry, Runnable resume) {
        lock.lock();
        try {
            if (from == connection && !ended) {
                acceptLower();
            }
            return add(from, entry, resume);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Like {@link #add}, for numbers that are times: events with the same one are duplicates only if their frames are the
     * same, and an event with a lower one doesn't move the position back.
     */
    boolean addTimed(int from, Entry<E> entry, Runnable resume) {
        lock.lock();
        try {
            if (from != connection || ended) {
                return false;
            }
            if (entry.sequence == received && framesAtReceived.contains(entry.frame())) {
                return admits(resume);
            }
            long highest = Math.max(received, entry.sequence);
            if (highest > received) {
                framesAtReceived.clear();
            }
            if (highest == entry.sequence) {
                framesAtReceived.add(entry.frame());
            }
            return add(from, entry.at(highest), resume);
        } finally {
            lock.unlock();
        }
    }

    /** Records an event that isn't delivered. It moves the position as if it had been handled immediately. */
    boolean skip(int from, long sequence, Runnable resume) {
        lock.lock();
        try {
            if (from != connection || ended) {
                return false;
            }
            events++;
            noteReceived(sequence);
            if (pending.isEmpty()) {
                position = sequence;
            } else {
                if (isFinishedTail()) {
                    pending.removeLast();
                } else {
                    bytes += Entry.OVERHEAD;
                }
                pending.add(skipped(sequence));
            }
            return admits(resume);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the last entry can be replaced by a later one that is finished too. */
    private boolean isFinishedTail() {
        return pending.getLast().finished;
    }

    private static <E> Entry<E> skipped(long sequence) {
        Entry<E> entry = Entry.skipped(sequence);
        entry.finished = true;
        return entry;
    }

    private void noteReceived(long sequence) {
        if (sequence != NO_SEQUENCE) {
            received = sequence;
        }
    }

    private boolean admits(Runnable resume) {
        if (bytes < limit) {
            return true;
        }
        paused = resume;
        return false;
    }

    private Lane<E> lane(Entry<E> entry) {
        return lanes.get(entry.lane == null ? 0 : Math.floorMod(entry.lane.hashCode(), lanes.size()));
    }

    /** Distributes the events over the given number of lanes, each for one consumer. */
    public void split(int count) {
        lock.lock();
        try {
            List<Lane<E>> before = lanes;
            List<Lane<E>> after = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                after.add(new Lane<>(lock.newCondition()));
            }
            lanes = List.copyOf(after);
            before.forEach(
                    lane -> lane.entries.forEach(entry -> lane(entry).entries.add(entry)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next entry of a lane. Waits if there is none. The caller must {@linkplain #finish finish} or
     * {@linkplain #abandon abandon} it.
     *
     * @return the entry, or null if the stream was closed
     * @throws RuntimeException the stream's failure, after the entries that arrived before it
     */
    public @Nullable Entry<E> take(int lane) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Lane<E> own = lanes.get(lane);
            while (own.entries.isEmpty() && !ended) {
                own.notEmpty.await();
            }
            Entry<E> entry = own.entries.poll();
            if (entry != null) {
                entry.owner = Thread.currentThread();
                entry.taken = nanoTime.getAsLong();
                running.add(entry);
            } else if (failure != null) {
                throw failure;
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Records that the calling thread starts to handle an entry. */
    public void begin(Entry<E> entry) {
        lock.lock();
        try {
            entry.handling = true;
        } finally {
            lock.unlock();
        }
    }

    /** Marks an entry as handled, moves the position, and lets the socket continue if there is room again. */
    public void finish(Entry<E> entry) {
        Runnable resume = null;
        lock.lock();
        try {
            if (entry.owner != null) {
                handled++;
                handlingNanos += nanoTime.getAsLong() - entry.taken;
            }
            release(entry);
            if (entry.finished) {
                return;
            }
            entry.finished = true;
            if (receipts != null) {
                receipts.finished(entry);
            }
            bytes -= entry.shrink();
            while (!pending.isEmpty() && pending.peek().finished) {
                bytes -= Entry.OVERHEAD;
                long sequence = pending.poll().sequence;
                position = sequence == NO_SEQUENCE ? position : sequence;
            }
            if (paused != null && bytes <= limit / 2) {
                resume = paused;
                paused = null;
            }
        } finally {
            lock.unlock();
        }
        if (receipts != null) {
            receipts.send();
        }
        if (resume != null) {
            resume.run();
        }
    }

    /** Gives up an entry without finishing it. The position stays before it. */
    public void abandon(Entry<E> entry) {
        lock.lock();
        try {
            release(entry);
        } finally {
            lock.unlock();
        }
    }

    private void release(Entry<E> entry) {
        if (entry.owner != null) {
            entry.owner = null;
            running.remove(entry);
            changed.signalAll();
        }
    }

    /** Waits until no handler is running on another thread, but not longer than the given time. */
    public void awaitIdle(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (isRunningElsewhere() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the calling thread is in a handler. */
    boolean isRunningHere() {
        lock.lock();
        try {
            return running.stream().anyMatch(entry -> entry.handling && entry.owner == Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunningElsewhere() {
        return running.stream().anyMatch(entry -> entry.owner != Thread.currentThread());
    }

    /**
     * Drops all entries and starts at a different position, because another process has taken over the stream or the
     * sequence numbers have restarted. Running handlers may finish, but they don't move the position.
     */
    void restart(long at) {
        lock.lock();
        try {
            pending.forEach(entry -> entry.finished = true);
            pending.clear();
            lanes.forEach(lane -> lane.entries.clear());
            bytes = 0;
            received = at;
            framesAtReceived.clear();
            position = at;
            connection = 0;
            paused = null;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts lower sequence numbers from now on. The entries and the position stay as they are. */
    void acceptLower() {
        lock.lock();
        try {
            received = NO_SEQUENCE;
            framesAtReceived.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the stream after the events that have arrived.
     *
     * @param cause the failure that consumers get after these events
     */
    void end(RuntimeException cause) {
        end(cause, false);
    }

    /**
     * Ends the stream immediately: events that no handler has taken are dropped without being finished.
     *
     * @param cause the failure that consumers get, or null to end normally
     */
    public void stop(@Nullable RuntimeException cause) {
        end(cause, true);
    }

    private void end(@Nullable RuntimeException cause, boolean atOnce) {
        lock.lock();
        try {
            if (!ended) {
                failure = cause;
            }
            ended = true;
            if (atOnce) {
                lanes.forEach(lane -> lane.entries.clear());
            }
            lanes.forEach(lane -> lane.notEmpty.signalAll());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the stream has ended, but not longer than the given time.
     *
     * @return whether the stream has ended
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the stream has ended. */
    public boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last sequence number received, or {@code NO_SEQUENCE}. */
    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the highest sequence number up to which all events are finished, or {@code NO_SEQUENCE}. */
    long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a summary for health reports. */
    public QueueState state() {
        lock.lock();
        try {
            Entry<E> oldest = pending.peek();
            return new QueueState(
                    pending.size(),
                    bytes,
                    events,
                    received,
                    position,
                    oldest == null ? null : oldest.arrived,
                    handled,
                    handlingNanos,
                    newestTime,
                    newestArrived);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the socket is paused until the handlers have caught up. */
    boolean isPaused() {
        lock.lock();
        try {
            return paused != null;
        } finally {
            lock.unlock();
        }
    }
}
