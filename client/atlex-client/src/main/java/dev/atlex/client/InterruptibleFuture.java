package dev.atlex.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future that interrupts its thread when it is canceled; {@link CompletableFuture} alone doesn't. */
final class InterruptibleFuture<T> extends CompletableFuture<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread runner;
    private boolean interrupted;

    void run(Supplier<? extends T> work) {
        begin(Thread.currentThread());
        try {
            if (!isDone()) {
                complete(work.get());
            }
        } catch (Throwable e) {
            completeExceptionally(e);
        } finally {
            end();
        }
    }

    private void begin(Thread thread) {
        lock.lock();
        try {
            runner = thread;
        } finally {
            lock.unlock();
        }
    }

    /** Clears an interrupt that was meant for this task, so the thread's next task doesn't see it. */
    private void end() {
        lock.lock();
        try {
            runner = null;
            if (interrupted) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        lock.lock();
        try {
            if (cancelled && runner != null) {
                interrupted = true;
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
        return cancelled;
    }
}
