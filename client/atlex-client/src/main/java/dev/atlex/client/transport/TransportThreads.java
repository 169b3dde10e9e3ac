package dev.atlex.client.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads of all transports: daemons, which inherit nothing from who happens to start them, and end when they have been
 * idle for a while.
 *
 * <p>The JDK's own choice is a thread for each task that finds none idle. With many calls at once that is many threads, each
 * woken for a few microseconds of work (docs/performance.md). Here a few do what only computes, and others what may wait. It
 * is no fork-join pool, which would be as fast: those of some releases of JDK 17 and 21 stop after they have been idle often
 * enough (JDK-8330017).
 */
final class TransportThreads {
    private static final long IDLE_SECONDS = 10;

    /** More than the smallest machines have processors: should one wait after all, others go on. */
    private static final int MIN_WORKERS = 4;

    private static final ThreadLocal<Boolean> STARTING = new ThreadLocal<>();

    /** For what only computes: what has come is cut into headers and bodies, and TLS. */
    static final Executor WORKERS =
            workers(Math.max(MIN_WORKERS, Runtime.getRuntime().availableProcessors()));

    /** For what may wait for others: looking up hosts, and reading what is to be uploaded. */
    static final Executor WAITERS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory("waiting"));

    private TransportThreads() {}

    private static Executor workers(int count) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory("worker"));
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger started = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, "atlex-http-" + name + "-" + started.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
        };
    }

    /** The executor of a client of which these threads do the work that only computes. */
    static Executor of(Executor workers) {
        return task -> (STARTING.get() == null ? workers : WAITERS).execute(task);
    }

    /**
     * Starts an asynchronous call of such a client: what that gives the executor to do at once looks up the host, and so
     * runs on a thread that may wait. All that comes after it is given by other threads.
     */
    static <T> T starting(Supplier<T> call) {
        STARTING.set(true);
        try {
            return call.get();
        } finally {
            STARTING.remove();
        }
    }
}
