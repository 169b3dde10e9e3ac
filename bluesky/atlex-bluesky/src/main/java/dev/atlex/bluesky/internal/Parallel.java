package dev.atlex.bluesky.internal;

import dev.atlex.client.transport.TransportInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs independent tasks concurrently, up to a given number at a time. When one task fails, the others are interrupted.
 * Create one instance for each set of tasks, and use it from one thread only.
 */
public final class Parallel {
    private final List<FutureTask<?>> tasks = new ArrayList<>();

    /**
     * Adds a task.
     *
     * @return a supplier of the task's result, for use after {@link #run}
     */
    public <T> Supplier<T> add(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        tasks.add(task);
        return () -> result(task);
    }

    /**
     * Runs the tasks and waits for them.
     *
     * @param limit the maximum number of tasks to run concurrently; at least 1
     * @throws TransportInterruptedException if the calling thread is interrupted; its interrupt flag stays set
     * @throws RuntimeException the exception thrown by the first task that failed
     */
    public void run(int limit) {
        if (tasks.size() == 1 || limit == 1) {
            tasks.forEach(task -> {
                task.run();
                result(task);
            });
            return;
        }
        if (tasks.isEmpty()) {
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(limit, tasks.size()), Parallel::thread);
        ExecutorCompletionService<Void> finished = new ExecutorCompletionService<>(executor);
        try {
            for (FutureTask<?> task : tasks) {
                finished.submit(() -> {
                    task.run();
                    result(task);
                    return null;
                });
            }
            for (int i = 0; i < tasks.size(); i++) {
                result(finished.take());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static TransportInterruptedException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new TransportInterruptedException("interrupted while waiting for parallel requests", cause, false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "atlex-bluesky");
        thread.setDaemon(true);
        return thread;
    }
}
