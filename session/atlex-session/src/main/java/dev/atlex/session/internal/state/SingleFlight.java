package dev.atlex.session.internal.state;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread at a time change a session. The other threads wait, but no longer than their calls' time limits
 * allow.
 *
 * <p>The lock orders the changes. Calls don't take it: they wait while a change that they need is in progress, and
 * continue all at once when it ends.
 */
public final class SingleFlight {
    private static final String NO_TIME = "timed out while waiting for the session's refresh";

    private final ReentrantLock lock = new ReentrantLock();

    private final Pending change = new Pending();
    private final Pending refresh = new Pending();

    /**
     * Acquires the lock. A thread that already has it acquires it once more.
     *
     * @throws TransportTimeoutException if that takes too long
     * @throws TransportInterruptedException if the thread is interrupted; its interrupt flag stays set
     */
    public void acquire(Deadline deadline) {
        Duration left = deadline.left();
        try {
            if (left == null) {
                lock.lockInterruptibly();
            } else if (!lock.tryLock(left.toNanos(), TimeUnit.NANOSECONDS)) {
                throw noTime();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Like {@link #acquire(Deadline)}, without a time limit, and not interruptible. */
    public void acquire() {
        lock.lock();
    }

    /** Acquires the lock if no thread has it, including this one. */
    public boolean tryAcquire() {
        return !isMine() && lock.tryLock();
    }

    /** Releases the lock. */
    public void release() {
        lock.unlock();
    }

    /** Returns whether this thread has the lock. */
    public boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * Returns whether this thread has acquired the lock more than once, which means that a hook is running under it.
     */
    public boolean isNested() {
        return lock.getHoldCount() > 1;
    }

    /**
     * Begins a change that calls have to wait for, or ends it if the argument is false. This thread must have the lock.
     */
    public void busy(boolean whether) {
        if (whether) {
            change.begin();
        } else {
            change.end();
        }
    }

    /** Waits until no change is in progress that calls have to wait for. */
    public void awaitIdle(Deadline deadline) {
        if (isMine()) {
            return;
        }
        try {
            if (!change.await(deadline.left())) {
                throw noTime();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Begins a refresh that calls may wait for, or ends it if the argument is false. This thread must have the lock.
     */
    public void refreshing(boolean whether) {
        if (whether) {
            refresh.begin();
        } else {
            refresh.end();
        }
    }

    /**
     * Waits for a refresh, but no longer than the deadline. If the thread is interrupted, its interrupt flag stays set.
     */
    public void awaitRefresh(Deadline deadline) {
        if (isMine()) {
            return;
        }
        try {
            refresh.await(deadline.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the thread that has the lock, unless it is this one. */
    public void awaitFree(Deadline deadline) {
        if (!isMine()) {
            acquire(deadline);
            release();
        }
    }

    /** Returns the exception for a call that has no time to wait, or to refresh. */
    public static TransportTimeoutException noTime() {
        return new TransportTimeoutException(NO_TIME, null, false);
    }

    /**
     * Returns the exception for a thread that was interrupted while waiting, after setting its interrupt flag again.
     */
    public static TransportInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransportInterruptedException("interrupted while waiting for the session's refresh", e, false);
    }
}
