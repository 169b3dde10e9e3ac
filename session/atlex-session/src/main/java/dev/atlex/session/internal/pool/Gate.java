package dev.atlex.session.internal.pool;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets calls in until it is closed, and knows how many are inside. */
public final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean closed;
    private int inside;

    /** @throws IllegalStateException if the gate is closed */
    public <T> T pass(Supplier<T> call) {
        lock.lock();
        try {
            if (closed) {
                throw closed();
            }
            inside++;
        } finally {
            lock.unlock();
        }
        try {
            return call.get();
        } finally {
            lock.lock();
            try {
                inside--;
                if (inside == 0) {
                    empty.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    public static IllegalStateException closed() {
        return new IllegalStateException("the pool is closed");
    }

    public boolean isClosed() {
        return closed;
    }

    /** Lets nobody in any more, and says whether it was this call that closed it. */
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

    /** Waits until all have left; whether they have. An interrupt ends the wait, and the thread's flag stays set. */
    public boolean awaitEmpty(Duration limit) {
        lock.lock();
        try {
            long left = limit.compareTo(Duration.ofDays(365)) < 0 ? limit.toNanos() : Long.MAX_VALUE;
            while (inside > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
            return inside == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return inside == 0;
        } finally {
            lock.unlock();
        }
    }
}
