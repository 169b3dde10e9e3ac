package dev.atlex.session;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.pool.Gate;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does something with many accounts, some at a time. */
final class ParallelRunner {
    private final List<Did> accounts;
    private final Gate gate;
    private final Function<Did, AccountResult> action;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable AccountResult> results;
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    private ParallelRunner(List<Did> accounts, Gate gate, Function<Did, AccountResult> action) {
        this.accounts = accounts;
        this.gate = gate;
        this.action = action;
        this.results = new AtomicReferenceArray<>(accounts.size());
    }

    /**
     * Does it with each account, whatever comes of the others. Once the pool is closed, or the calling thread is
     * interrupted, no more are begun; the thread's flag stays set. An {@link Error} of one account is that account's result.
     *
     * @return a result for each account, in their order
     * @throws VirtualMachineError when all had their turn, if the virtual machine failed at one of them, by running out of
     *     memory say
     */
    static List<AccountResult> run(
            List<Did> accounts, int parallelism, Gate gate, Function<Did, AccountResult> action) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("a parallelism of " + parallelism);
        }
        return accounts.isEmpty() ? List.of() : new ParallelRunner(accounts, gate, action).run(parallelism);
    }

    private List<AccountResult> run(int parallelism) {
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
        Throwable failed = fatal.get();
        if (failed != null) {
            Failures.rethrowFatal(failed);
        }
        List<AccountResult> all = new ArrayList<>(accounts.size());
        for (int i = 0; i < accounts.size(); i++) {
            AccountResult result = results.get(i);
            all.add(result == null ? AccountResult.failed(accounts.get(i), interrupted()) : result);
        }
        return all;
    }

    private void stop(ExecutorService executor) {
        next.set(accounts.size());
        executor.shutdownNow();
        try {
            // Each was interrupted itself, and all that waits here heeds that.
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            // Then it is left to them to end.
        }
        Thread.currentThread().interrupt();
    }

    private static TransportInterruptedException interrupted() {
        return new TransportInterruptedException("interrupted before its turn", null, false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "atlex-pool");
        thread.setDaemon(true);
        return thread;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < accounts.size(); i = next.getAndIncrement()) {
            Did did = accounts.get(i);
            AccountResult result;
            try {
                result = gate.isClosed() ? AccountResult.failed(did, Gate.closed()) : action.apply(did);
            } catch (RuntimeException | Error e) {
                if (Failures.isFatal(e)) {
                    // The others get their turn all the same; whoever began it hears of it then.
                    fatal.compareAndSet(null, e);
                }
                result = AccountResult.failed(did, UnexpectedErrorException.of("the work for " + did, e));
            }
            results.set(i, result);
        }
    }
}
