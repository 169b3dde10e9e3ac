package dev.atlex.client.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of all transports: daemons, which end when they have been idle for a while.
 *
 * <p>The JDK's own choice is a thread for each task that finds none idle. With many calls at once that is many threads, each
 * woken for a few microseconds of work; with these few, 32 callers make about a tenth more calls (docs/performance.md).
 */
final class TransportThreads {
    private static final long IDLE_SECONDS = 10;

    /** More than the smallest machines have processors: should one wait after all, others go on. */
    private static final int MIN_WORKERS = 4;

    private static final AtomicInteger STARTED = new AtomicInteger();

    /** For what only computes: what has come is cut into headers and bodies, and TLS. First come, first served. */
    static final Executor WORKERS = new ForkJoinPool(
            Math.max(MIN_WORKERS, Runtime.getRuntime().availableProcessors()), TransportThreads::newWorker, null, true);

    /** For what may wait for others: looking up hosts, and reading what is to be uploaded. */
    static final ExecutorService WAITERS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            TransportThreads::newWaiter);

    private TransportThreads() {}

    private static ForkJoinWorkerThread newWorker(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("atlex-http-" + STARTED.incrementAndGet());
        return thread;
    }

    /** It inherits nothing from who happens to make the call. */
    private static Thread newWaiter(Runnable task) {
        Thread thread = new Thread(null, task, "atlex-http-waiting-" + STARTED.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }
}
