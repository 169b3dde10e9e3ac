package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import java.time.Duration;
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
 * <p><b>Position.</b> Only the highest sequence number up to which all events are finished is saved, so a fast handler
 * never moves the cursor past the events of a slow one; see {@link PendingEntries}.
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
    private final @Nullable Receipts<E> receipts;

    private final PendingEntries<E> pending = new PendingEntries<>();
    private final LaneQueues<E> lanes = new LaneQueues<>(lock);
    private final LastReceived received = new LastReceived();
    private final RunningHandlers running;
    private long events;

    /** When the last event with a time happened, or null. */
    private @Nullable String newestTime;

    private long newestArrived;
    private int connection;
    private @Nullable Runnable paused;
    private boolean ended;
    private @Nullable RuntimeException failure;

    /**
     * Creates a queue.
     *
     * @param limit the maximum size of all entries, in bytes
     * @param receipts receives the finished entries, or null
     */
    EventQueue(long limit, LongSupplier nanoTime, @Nullable Receipts<E> receipts) {
        this.limit = limit;
        this.running = new RunningHandlers(nanoTime);
        this.receipts = receipts;
    }

    /** Starts a connection. Entries from older connections are rejected from now on. */
    void startConnection(int newConnection) {
        lock.lock();
        try {
            connection = newConnection;
            paused = null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an entry. One that isn't delivered moves the position as if it had been handled immediately.
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
            if (entry.invalid() == null) {
                events++; // A frame that can't be decoded isn't progress, which would reset the backoff.
            }
            if (receipts != null && !receipts.admit(entry)) {
                return admits(resume);
            }
            if (entry.isSkipped()) {
                pending.addFinished(entry.sequence);
            } else {
                pending.add(entry);
                lanes.add(entry);
            }
            if (entry.time != null) {
                newestTime = entry.time;
                newestArrived = entry.arrived;
            }
            received.set(entry.sequence);
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
     * Like {@link #add}, for numbers that are times. Events with the same time are duplicates only if their frames are
     * the same, and an event with an earlier time doesn't move the position back.
     */
    boolean addTimed(int from, Entry<E> entry, Runnable resume) {
        lock.lock();
        try {
            if (from != connection || ended) {
                return false;
            }
            return received.containsTimed(entry)
                    ? admits(resume)
                    : add(from, entry.at(received.addTimed(entry)), resume);
        } finally {
            lock.unlock();
        }
    }

    private boolean admits(Runnable resume) {
        if (pending.bytes() < limit) {
            return true;
        }
        paused = resume;
        return false;
    }

    /** Distributes the events over the given number of lanes, each for one consumer. */
    public void split(int count) {
        lock.lock();
        try {
            lanes.split(count);
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
            Entry<E> entry = lanes.poll(lane);
            while (entry == null && !ended) {
                lanes.await(lane);
                entry = lanes.poll(lane);
            }
            if (entry != null) {
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
    public void startHandling(Entry<E> entry) {
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
            running.finish(entry);
            changed.signalAll();
            if (receipts != null && !entry.finished) {
                receipts.finished(entry);
            }
            pending.finish(entry);
            if (paused != null && pending.bytes() <= limit / 2) {
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
            running.remove(entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no handler is running on another thread, but not longer than the given time. */
    public void awaitIdle(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (running.isAnyElsewhere() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the calling thread is in a handler. */
    boolean isHandlingHere() {
        lock.lock();
        try {
            return running.isHandlingHere();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Drops all entries and starts at a different position, because another process has taken over the stream or the
     * sequence numbers have restarted. Running handlers may finish, but they don't move the position.
     */
    void restart(long at) {
        lock.lock();
        try {
            pending.restart(at);
            lanes.clear();
            received.restart(at);
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
            received.restart(NO_SEQUENCE);
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
                lanes.clear();
            }
            lanes.wakeAll();
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
            return received.sequence();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the highest sequence number up to which all events are finished, or {@code NO_SEQUENCE}. */
    long position() {
        lock.lock();
        try {
            return pending.position();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a summary for health reports. */
    public QueueState state() {
        lock.lock();
        try {
            Entry<E> oldest = pending.oldest();
            return new QueueState(
                    pending.size(),
                    pending.bytes(),
                    events,
                    received.sequence(),
                    pending.position(),
                    oldest == null ? null : oldest.arrived,
                    running.finished(),
                    running.nanos(),
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
