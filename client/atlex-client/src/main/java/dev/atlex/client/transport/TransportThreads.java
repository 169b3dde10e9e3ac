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
 * The threads of all transports: daemons that inherit nothing from the thread that starts them, and end when idle.
 *
 * <p>By default, the JDK starts a new thread for a task whenever no thread is idle. Many concurrent calls then need
 * many threads, each woken for a few microseconds of work (docs/performance.md). Here, a few threads run the tasks that
 * only compute, and others run the tasks that may block. A fork-join pool would be as fast, but in some releases of JDK
 * 17 and 21, such pools stop working after they have been idle many times (JDK-8330017).
 */
final class TransportThreads {
    private static final long IDLE_SECONDS = 10;

    /**
     * The minimum number of workers, which is more than the number of processors on the smallest machines, in case a
     * task blocks after all.
     */
    private static final int MIN_WORKERS = 4;

    private static final ThreadLocal<Boolean> STARTING = new ThreadLocal<>();

    /** The executor for tasks that only compute: parsing of responses, and TLS. */
    static final Executor WORKERS =
            workers(Math.max(MIN_WORKERS, Runtime.getRuntime().availableProcessors()));

    /** The executor for tasks that may block: looking up hosts, and reading uploads. */
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

    /** Returns an executor that runs a client's compute-only tasks on these workers. */
    static Executor of(Executor workers) {
        return task -> (STARTING.get() == null ? workers : WAITERS).execute(task);
    }

    /**
     * Starts an asynchronous call of such a client. The task that it submits immediately looks up the host, so it runs
     * on a thread that may block. Other threads submit all later tasks.
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
