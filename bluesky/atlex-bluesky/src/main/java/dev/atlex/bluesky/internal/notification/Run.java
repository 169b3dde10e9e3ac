package dev.atlex.bluesky.internal.notification;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that may use a consumer, and the way to stop it. Closing wakes the thread if it sleeps, and interrupts
 * it if it waits for a response. It never interrupts a handler.
 */
public final class Run {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;
    private @Nullable Thread runner;
    private boolean interruptible;
    private boolean interrupted;

    /** Begins a run on this thread. */
    void enter(String operation) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(operation + ": these notifications are closed");
            }
            if (runner != null) {
                throw new IllegalStateException(
                        operation + ": another call is in progress; use one object for each consumer");
            }
            runner = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run. */
    void exit() {
        lock.lock();
        try {
            runner = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Performs an action that {@link #close} may interrupt. */
    <T> T interruptibly(Supplier<T> action) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("these notifications are closed");
            }
            interruptible = true;
        } finally {
            lock.unlock();
        }
        try {
            return action.get();
        } finally {
            lock.lock();
            interruptible = false;
            if (interrupted) {
                // close() caused the interrupt. The caller of forEach must not see it.
                interrupted = false;
                Thread.interrupted();
            }
            lock.unlock();
        }
    }

    /** Returns after the pause, or as soon as the run is closed. */
    void await(Duration pause) throws InterruptedException {
        long nanos = pause.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops the run and waits a limited time for it to end. */
    void close(Duration maxWait) {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            Thread running = runner;
            if (running == null || running == Thread.currentThread()) {
                return;
            }
            if (interruptible) {
                interrupted = true;
                running.interrupt();
            }
            long nanos = maxWait.toNanos();
            while (runner == running && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
