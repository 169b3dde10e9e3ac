package dev.atlex.client;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.syntax.Did;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A {@link Client} whose calls return futures. The calls run on an executor's threads, and canceling a future
 * interrupts its call. If a call fails, its future completes with the exception that the client would throw. Arguments
 * are checked on the executor's thread too.
 */
public final class AsyncClient extends AsyncRecordClient {
    private final Client client;
    private final Executor executor;

    AsyncClient(Client client, Executor executor) {
        this.client = client;
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /**
     * Runs a function with the client on one of the executor's threads. Use it for anything that this class has no
     * method for: {@code submit(c -> c.pages(query, p -> {}).stream().limit(3).toList())}.
     */
    @Override
    public <T> CompletableFuture<T> submit(Function<? super Client, ? extends T> work) {
        Objects.requireNonNull(work, "work");
        InterruptibleFuture<T> future = new InterruptibleFuture<>();
        executor.execute(() -> future.run(() -> work.apply(client)));
        return future;
    }

    /** Like {@link Client#call(Query)}. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> CompletableFuture<O> call(Query<P, B, O> query) {
        return submit(client -> client.call(query));
    }

    /** Like {@link Client#call(Query, Consumer)}. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> CompletableFuture<O> call(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        return submit(client -> client.call(query, parameters));
    }

    /** Like {@link Client#call(Query, Consumer, CallOptions)}. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> CompletableFuture<O> call(
            Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        return submit(client -> client.call(query, parameters, options));
    }

    /** Like {@link Client#call(Query, Buildable)}. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> CompletableFuture<O> call(
            Query<P, B, O> query, Buildable<P, B> parameters) {
        return submit(client -> client.call(query, parameters));
    }

    /** Like {@link Client#call(Query, Buildable, CallOptions)}. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> CompletableFuture<O> call(
            Query<P, B, O> query, Buildable<P, B> parameters, CallOptions options) {
        return submit(client -> client.call(query, parameters, options));
    }

    /** Like {@link Client#call(Procedure)}. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> CompletableFuture<O> call(
            Procedure<I, B, O> procedure) {
        return submit(client -> client.call(procedure));
    }

    /** Like {@link Client#call(Procedure, Consumer)}. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> CompletableFuture<O> call(
            Procedure<I, B, O> procedure, Consumer<? super B> input) {
        return submit(client -> client.call(procedure, input));
    }

    /** Like {@link Client#call(Procedure, Consumer, CallOptions)}. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> CompletableFuture<O> call(
            Procedure<I, B, O> procedure, Consumer<? super B> input, CallOptions options) {
        return submit(client -> client.call(procedure, input, options));
    }

    /** Like {@link Client#call(Procedure, Buildable)}. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> CompletableFuture<O> call(
            Procedure<I, B, O> procedure, Buildable<I, B> input) {
        return submit(client -> client.call(procedure, input));
    }

    /** Like {@link Client#call(Procedure, Buildable, CallOptions)}. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> CompletableFuture<O> call(
            Procedure<I, B, O> procedure, Buildable<I, B> input, CallOptions options) {
        return submit(client -> client.call(procedure, input, options));
    }

    /** Like {@link Client#call(ValueProcedure, Object)}. */
    public <I, O> CompletableFuture<O> call(ValueProcedure<I, O> procedure, I input) {
        return submit(client -> client.call(procedure, input));
    }

    /** Like {@link Client#call(ValueProcedure, Object, CallOptions)}. */
    public <I, O> CompletableFuture<O> call(ValueProcedure<I, O> procedure, I input, CallOptions options) {
        return submit(client -> client.call(procedure, input, options));
    }

    /** Like {@link Client#call(BinaryProcedure, RequestBody)}. */
    public <O> CompletableFuture<O> call(BinaryProcedure<O> procedure, RequestBody body) {
        return submit(client -> client.call(procedure, body));
    }

    /** Like {@link Client#call(BinaryProcedure, RequestBody, CallOptions)}. */
    public <O> CompletableFuture<O> call(BinaryProcedure<O> procedure, RequestBody body, CallOptions options) {
        return submit(client -> client.call(procedure, body, options));
    }

    /** Like {@link Client#call(Call)}. */
    public <O> CompletableFuture<O> call(Call<O> call) {
        return submit(client -> client.call(call));
    }

    /** Like {@link Client#call(Call, CallOptions)}. */
    public <O> CompletableFuture<O> call(Call<O> call, CallOptions options) {
        return submit(client -> client.call(call, options));
    }

    /** Like {@link Client#xrpc(Call)}. */
    public <O> CompletableFuture<XrpcResponse<O>> xrpc(Call<O> call) {
        return submit(client -> client.xrpc(call));
    }

    /** Like {@link Client#xrpc(Call, CallOptions)}. */
    public <O> CompletableFuture<XrpcResponse<O>> xrpc(Call<O> call, CallOptions options) {
        return submit(client -> client.xrpc(call, options));
    }

    /** Like {@link Client#attempt(Call)}. */
    public <O> CompletableFuture<XrpcResult<O>> attempt(Call<O> call) {
        return submit(client -> client.attempt(call));
    }

    /** Like {@link Client#attempt(Call, CallOptions)}. */
    public <O> CompletableFuture<XrpcResult<O>> attempt(Call<O> call, CallOptions options) {
        return submit(client -> client.attempt(call, options));
    }

    /** Like {@link Client#uploadBlob(RequestBody, String)}. */
    public CompletableFuture<BlobRef> uploadBlob(RequestBody body, String mediaType) {
        return submit(client -> client.uploadBlob(body, mediaType));
    }

    /** Like {@link Client#uploadBlob(RequestBody)}. */
    public CompletableFuture<BlobRef> uploadBlob(RequestBody body) {
        return submit(client -> client.uploadBlob(body));
    }

    /** Like {@link Client#uploadBlob(RequestBody, CallOptions)}. */
    public CompletableFuture<BlobRef> uploadBlob(RequestBody body, CallOptions options) {
        return submit(client -> client.uploadBlob(body, options));
    }

    /** Like {@link Client#getBlob(Did, Cid)}. */
    public CompletableFuture<Bytes> getBlob(Did did, Cid cid) {
        return submit(client -> client.getBlob(did, cid));
    }

    /** Like {@link Client#getBlob(Did, Cid, CallOptions)}. */
    public CompletableFuture<Bytes> getBlob(Did did, Cid cid, CallOptions options) {
        return submit(client -> client.getBlob(did, cid, options));
    }

    /** Returns the client's description. */
    @Override
    public String toString() {
        return "AsyncClient[" + client + "]";
    }
}
