package dev.atlex.session.internal.state;

import dev.atlex.client.internal.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Is held by whoever changes a session. Nobody waits for it longer than a call may take. */
public final class SessionLock {
    private static final String NO_TIME = "timed out while waiting for the session's refresh";

    private final ReentrantLock lock = new ReentrantLock();

    private final Pending work = new Pending();
    private final Pending renewal = new Pending();

    /**
     * Takes the lock, once more where this thread has it already.
     *
     * @throws TransportTimeoutException if that takes too long
     * @throws TransportInterruptedException if the thread is interrupted; its flag stays set
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

    /** As {@link #acquire}, for as long as it takes, whatever interrupts. */
    public void acquire() {
        lock.lock();
    }

    /** Takes the lock where nobody has it, not even this thread. */
    public boolean tryAcquire() {
        return !isMine() && lock.tryLock();
    }

    public void release() {
        lock.unlock();
    }

    /** Whether this thread has the lock. */
    public boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    /** Whether this thread has taken the lock more than once: a hook is at work under it. */
    public boolean isNested() {
        return lock.getHoldCount() > 1;
    }

    /** Begins or, where it is false, ends what calls have to wait for. This thread has the lock. */
    public void busy(boolean whether) {
        if (whether) {
            work.begin();
        } else {
            work.end();
        }
    }

    /** Waits while calls have to. */
    public void awaitIdle(Deadline deadline) {
        if (isMine()) {
            return;
        }
        try {
            if (!work.await(deadline.left())) {
                throw noTime();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Begins or, where it is false, ends a renewal that calls may wait for. This thread has the lock. */
    public void renewing(boolean whether) {
        if (whether) {
            renewal.begin();
        } else {
            renewal.end();
        }
    }

    /** Waits for a renewal, no longer than this. Where the thread is interrupted, its flag stays set. */
    public void awaitRenewal(Deadline deadline) {
        if (isMine()) {
            return;
        }
        try {
            renewal.await(deadline.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for whoever has the lock, if that is not this thread. */
    public void awaitFree(Deadline deadline) {
        if (!isMine()) {
            acquire(deadline);
            release();
        }
    }

    /** What is thrown where there is no time to wait, or to do it. */
    public static TransportTimeoutException noTime() {
        return new TransportTimeoutException(NO_TIME, null, false);
    }

    /** What is thrown where a thread that waits is interrupted, once its flag is set again. */
    public static TransportInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransportInterruptedException("interrupted while waiting for the session's refresh", e, false);
    }
}
