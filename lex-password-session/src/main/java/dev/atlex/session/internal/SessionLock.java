package dev.atlex.session.internal;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Is held by whoever changes a session. Nobody waits for it longer than a call may take. */
public final class SessionLock {
    private static final String NO_TIME = "timed out while waiting for the session's refresh";

    private final ReentrantLock lock = new ReentrantLock();

    /** Done when calls need not wait any more; null while they need not. */
    private volatile @Nullable CompletableFuture<@Nullable Void> idle;

    /** How often the lock's holder has begun what calls wait for. */
    private int busy;

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
        CompletableFuture<@Nullable Void> over = idle;
        if (whether) {
            if (busy++ == 0) {
                idle = new CompletableFuture<>();
            }
        } else if (--busy == 0 && over != null) {
            idle = null;
            over.complete(null);
        }
    }

    /**
     * Waits while calls have to. They go on all at once: thousands of them, to each of which the lock is handed by the one
     * before, take a second more.
     */
    public void awaitIdle(Deadline deadline) {
        CompletableFuture<@Nullable Void> over = idle;
        if (over == null || isMine()) {
            return;
        }
        Duration left = deadline.left();
        try {
            if (left == null) {
                over.get();
            } else {
                over.get(left.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            throw noTime();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
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
