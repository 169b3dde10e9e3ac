package dev.atlex.session.internal.pool;

import dev.atlex.data.internal.Durations;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Admits calls until it is closed, and counts those in progress. */
public final class CallGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean closed;
    private int inProgress;

    /**
     * Runs a call.
     *
     * @throws IllegalStateException if the gate is closed
     */
    public <T> T run(Supplier<T> call) {
        lock.lock();
        try {
            if (closed) {
                throw closedException();
            }
            inProgress++;
        } finally {
            lock.unlock();
        }
        try {
            return call.get();
        } finally {
            lock.lock();
            try {
                inProgress--;
                if (inProgress == 0) {
                    empty.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns the exception for calls after the pool was closed. */
    public static IllegalStateException closedException() {
        return new IllegalStateException("the pool is closed");
    }

    /** Returns whether the gate is closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the gate. Returns whether this call closed it. */
    public boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no call is in progress. An interrupt ends the wait; the thread's interrupt status is kept.
     *
     * @return whether no call is in progress
     */
    public boolean awaitEmpty(Duration maxWait) {
        lock.lock();
        try {
            long left = Durations.nanos(maxWait);
            while (inProgress > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
            return inProgress == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return inProgress == 0;
        } finally {
            lock.unlock();
        }
    }
}
