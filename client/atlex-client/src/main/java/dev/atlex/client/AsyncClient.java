package dev.atlex.client;

import com.atproto.repo.CreateRecord;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.RecordType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Client}'s calls as futures, made on an executor's threads. Cancelling a future interrupts its call. A call that
 * fails completes its future with the same {@link XrpcException}.
 */
public final class AsyncClient {
    private final Client client;
    private final Executor executor;

    AsyncClient(Client client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    /** Calls a query. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> CompletableFuture<O> call(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        return submit(c -> c.call(query, parameters));
    }

    /** Calls a procedure. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> CompletableFuture<O> call(
            Procedure<I, B, O> procedure, Consumer<? super B> input) {
        return submit(c -> c.call(procedure, input));
    }

    /** Makes a call. */
    public <O> CompletableFuture<O> call(Call<O> call) {
        return submit(c -> c.call(call));
    }

    /** Makes a call and gives the whole answer. */
    public <O> CompletableFuture<XrpcResponse<O>> xrpc(Call<O> call, CallOptions options) {
        return submit(c -> c.xrpc(call, options));
    }

    /** Creates a record. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<CreateRecord.Output> create(
            RecordType<T, B> type, Buildable<T, B> record) {
        return submit(c -> c.create(type, record));
    }

    /** Does anything else with the client: {@code submit(c -> c.uploadBlob(body, "image/png"))}. */
    public <T> CompletableFuture<T> submit(Function<? super Client, ? extends T> work) {
        Task<T> task = new Task<>();
        executor.execute(() -> task.run(() -> work.apply(client)));
        return task;
    }

    /** A future that interrupts its thread when it is cancelled, which {@link CompletableFuture} alone does not. */
    private static final class Task<T> extends CompletableFuture<T> {
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

        /** The thread's next task must not see an interrupt that was meant for this one. */
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
}
