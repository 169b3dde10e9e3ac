package dev.atlex.session.internal.pool;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.session.internal.Failures;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action for many accounts, several of them concurrently. One account's failure doesn't stop the operation for
 * other accounts.
 *
 * @param <R> the result for one account
 */
public final class ParallelRunner<R> {
    private final List<Did> accounts;
    private final CallGate gate;
    private final Function<Did, R> action;
    private final BiFunction<Did, RuntimeException, R> failed;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable R> results;
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    private ParallelRunner(
            List<Did> accounts, CallGate gate, Function<Did, R> action, BiFunction<Did, RuntimeException, R> failed) {
        this.accounts = accounts;
        this.gate = gate;
        this.action = action;
        this.failed = failed;
        this.results = new AtomicReferenceArray<>(accounts.size());
    }

    /**
     * Runs the action for each account. Once the pool is closed or the calling thread is interrupted, no more actions
     * are started; the thread's interrupt status is kept. An exception or {@link Error} of the action becomes that
     * account's result.
     *
     * @param parallelism the number of accounts to process concurrently
     * @param failed the function that creates the result for an account if the action threw an exception or didn't run
     * @return a result for each account, in the order of the accounts
     * @throws IllegalArgumentException if the parallelism is less than 1
     * @throws VirtualMachineError after all accounts, if the JVM failed for one of them, for example by
     *     running out of memory
     */
    public static <R> List<R> run(
            List<Did> accounts,
            int parallelism,
            CallGate gate,
            Function<Did, R> action,
            BiFunction<Did, RuntimeException, R> failed) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism: expected 1 or more (got " + parallelism + ")");
        }
        return accounts.isEmpty() ? List.of() : new ParallelRunner<>(accounts, gate, action, failed).run(parallelism);
    }

    private List<R> run(int parallelism) {
        int threads = Math.min(parallelism, accounts.size());
        ExecutorService executor = Executors.newFixedThreadPool(threads, ParallelRunner::thread);
        List<Future<?>> workers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(this::work));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            stop(executor);
        } catch (ExecutionException e) {
            next.set(accounts.size());
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
        Throwable fatalError = fatal.get();
        if (fatalError != null) {
            Failures.rethrowFatal(fatalError);
        }
        List<R> all = new ArrayList<>(accounts.size());
        for (int i = 0; i < accounts.size(); i++) {
            R result = results.get(i);
            all.add(result == null ? failed.apply(accounts.get(i), notStarted()) : result);
        }
        return all;
    }

    private void stop(ExecutorService executor) {
        next.set(accounts.size());
        executor.shutdownNow();
        try {
            // Each worker has been interrupted, and an interrupt ends every wait in an action.
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            // Interrupted again: don't wait for the workers.
        }
        Thread.currentThread().interrupt();
    }

    private static TransportInterruptedException notStarted() {
        return new TransportInterruptedException("interrupted before the account's turn", null, false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "atlex-pool");
        thread.setDaemon(true);
        return thread;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < accounts.size(); i = next.getAndIncrement()) {
            Did did = accounts.get(i);
            R result;
            try {
                result = gate.isClosed() ? failed.apply(did, CallGate.closedException()) : action.apply(did);
            } catch (RuntimeException | Error e) {
                if (Failures.isFatal(e)) {
                    // The other accounts are still processed; the caller gets this error at the end.
                    fatal.compareAndSet(null, e);
                }
                result = failed.apply(did, UnexpectedErrorException.of("the work for " + did, e));
            }
            results.set(i, result);
        }
    }
}
