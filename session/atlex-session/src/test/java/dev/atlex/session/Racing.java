package dev.atlex.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code on many threads at the same time. A thread that hangs fails the test. */
public final class Racing {
    private Racing() {}

    /** Returns what each thread threw, or null if it succeeded. */
    public static List<Throwable> all(int threads, Callable<?> code) throws InterruptedException, TimeoutException {
        return all(java.util.Collections.nCopies(threads, code));
    }

    public static List<Throwable> all(List<? extends Callable<?>> codes) throws InterruptedException, TimeoutException {
        ExecutorService executor = Executors.newFixedThreadPool(codes.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> futures = new ArrayList<>();
            for (Callable<?> code : codes) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return code.call();
                }));
            }
            start.countDown();
            List<Throwable> failures = new ArrayList<>();
            for (Future<?> future : futures) {
                try {
                    future.get(60, TimeUnit.SECONDS);
                    failures.add(null);
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
            return failures;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Waits until a thread is blocked or waiting. */
    public static void awaitBlocked(Thread thread) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && thread.getState() != Thread.State.TERMINATED) {
            if (System.nanoTime() > end) {
                throw new AssertionError(thread + " is " + thread.getState());
            }
            Thread.onSpinWait();
        }
    }
}
