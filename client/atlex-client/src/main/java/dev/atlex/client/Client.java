package dev.atlex.client;

import com.atproto.repo.UploadBlob;
import com.atproto.sync.GetBlob;
import dev.atlex.client.internal.OutcomeCheck;
import dev.atlex.client.internal.RetryLoop;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls AT Protocol methods and reads and writes records, as the account of an {@link Agent}.
 *
 * <p>A client is immutable, thread-safe and cheap to create. Its calls block; {@link #async} returns futures instead.
 * Each call has a {@linkplain CallOptions.Builder#timeout time limit}, which includes its retries. Every method that
 * makes a call throws an {@link XrpcException} if the call fails. A call through a session may also throw the session's
 * exceptions.
 *
 * @see <a href="https://atproto.com/specs/xrpc">HTTP API (XRPC)</a>
 */
public final class Client extends RecordClient {
    private final Agent agent;
    private final CallOptions defaults;
    private final TimeSource time;
    private final RetryLoop calls;
    private final AtomicBoolean commitSeen;
    private final Records records;

    /** Creates a client with the default options. */
    public Client(Agent agent) {
        this(agent, CallOptions.DEFAULTS);
    }

    /**
     * Creates a client with default options for its calls.
     *
     * @param defaults the options for every call, unless the call's own options override them
     */
    public Client(Agent agent, CallOptions defaults) {
        this(agent, defaults, TimeSource.SYSTEM);
    }

    Client(Agent agent, CallOptions defaults, TimeSource time) {
        this(agent, defaults, time, new AtomicBoolean());
    }

    private Client(Agent agent, CallOptions defaults, TimeSource time, AtomicBoolean commitSeen) {
        this.agent = Objects.requireNonNull(agent, "agent");
        this.defaults = Objects.requireNonNull(defaults, "defaults");
        this.time = time;
        this.calls = new RetryLoop(agent, time);
        this.commitSeen = commitSeen;
        this.records = new Records(this, commitSeen);
    }

    /** Returns a client for the same agent. The options that the function sets override this client's defaults. */
    public Client with(Consumer<? super CallOptions.Builder> options) {
        return new Client(agent, CallOptions.of(options).orElse(defaults), time, commitSeen);
    }

    /** Returns the agent. */
    public Agent agent() {
        return agent;
    }

    /** Returns the options that apply to every call unless the call's own options override them. */
    public CallOptions defaults() {
        return defaults;
    }

    /** Returns the account that calls are made for, or null for unauthenticated calls. */
    public @Nullable Did did() {
        return agent.did();
    }

    /**
     * Returns the account that calls are made for.
     *
     * @throws IllegalStateException if calls are unauthenticated
     */
    public Did requireDid() {
        Did did = agent.did();
        if (did == null) {
            throw new IllegalStateException("the client is not signed in");
        }
        return did;
    }

    @Override
    Records records() {
        return records;
    }

    TimeSource time() {
        return time;
    }

    /**
     * Calls a query without parameters.
     *
     * @throws XrpcException if the call fails
     */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(Query<P, B, O> query) {
        return call(Call.of(query));
    }

    /**
     * Calls a query with parameters set by the function, such as {@code p -> p.actor("alice.example.com")}.
     *
     * @throws IllegalStateException if the function leaves out a required parameter
     * @throws XrpcException if the call fails
     */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        return call(Call.of(query, parameters));
    }

    /** Like {@link #call(Query, Consumer)}, with call options. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        return call(Call.of(query, parameters), options);
    }

    /** Like {@link #call(Query, Consumer)}, with parameters that are already built. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Buildable<P, B> parameters) {
        return call(Call.of(query, parameters));
    }

    /** Like {@link #call(Query, Buildable)}, with call options. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Buildable<P, B> parameters, CallOptions options) {
        return call(Call.of(query, parameters), options);
    }

    /**
     * Calls a procedure without input.
     *
     * @throws XrpcException if the call fails
     */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(Procedure<I, B, O> procedure) {
        return call(Call.of(procedure));
    }

    /**
     * Calls a procedure with input set by the function.
     *
     * @throws IllegalStateException if the function leaves out a required field
     * @throws XrpcException if the call fails
     */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Consumer<? super B> input) {
        return call(Call.of(procedure, input));
    }

    /** Like {@link #call(Procedure, Consumer)}, with call options. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Consumer<? super B> input, CallOptions options) {
        return call(Call.of(procedure, input), options);
    }

    /** Like {@link #call(Procedure, Consumer)}, with an input that is already built. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Buildable<I, B> input) {
        return call(Call.of(procedure, input));
    }

    /** Like {@link #call(Procedure, Buildable)}, with call options. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Buildable<I, B> input, CallOptions options) {
        return call(Call.of(procedure, input), options);
    }

    /** Calls a procedure whose input is a union or JSON without a schema. */
    public <I, O> O call(ValueProcedure<I, O> procedure, I input) {
        return call(Call.of(procedure, input));
    }

    /** Like {@link #call(ValueProcedure, Object)}, with call options. */
    public <I, O> O call(ValueProcedure<I, O> procedure, I input, CallOptions options) {
        return call(Call.of(procedure, input), options);
    }

    /** Calls a procedure with a binary body. If the method accepts several media types, the type is detected. */
    public <O> O call(BinaryProcedure<O> procedure, RequestBody body) {
        return call(Call.of(procedure, body));
    }

    /**
     * Like {@link #call(BinaryProcedure, RequestBody)}, with call options. {@link CallOptions.Builder#encoding} sets
     * the media type.
     */
    public <O> O call(BinaryProcedure<O> procedure, RequestBody body, CallOptions options) {
        return call(Call.of(procedure, body), options);
    }

    /** Makes a call and returns the response's body. */
    public <O> O call(Call<O> call) {
        return xrpc(call).body();
    }

    /** Like {@link #call(Call)}, with call options. */
    public <O> O call(Call<O> call, CallOptions options) {
        return xrpc(call, options).body();
    }

    /** Makes a call and returns the whole response: status, headers and body. */
    public <O> XrpcResponse<O> xrpc(Call<O> call) {
        return xrpc(call, CallOptions.DEFAULTS);
    }

    /** Like {@link #xrpc(Call)}, with call options. */
    public <O> XrpcResponse<O> xrpc(Call<O> call, CallOptions options) {
        return calls.call(call, options.orElse(defaults));
    }

    /** Like {@link #xrpc(Call, CallOptions)}, for a call that the check makes safe to repeat. */
    <O> XrpcResponse<O> xrpc(Call<O> call, CallOptions options, OutcomeCheck<XrpcResponse<O>> check) {
        return calls.call(call, options.orElse(defaults), check);
    }

    /** Makes a call and returns success or failure as a value instead of throwing an {@link XrpcException}. */
    public <O> XrpcResult<O> attempt(Call<O> call) {
        return attempt(call, CallOptions.DEFAULTS);
    }

    /** Like {@link #attempt(Call)}, with call options. */
    public <O> XrpcResult<O> attempt(Call<O> call, CallOptions options) {
        try {
            return new XrpcResult.Success<>(xrpc(call, options));
        } catch (XrpcException e) {
            return new XrpcResult.Failure<>(e);
        }
    }

    /**
     * Makes a call and returns the response with its body as a stream, for bodies that don't fit in memory. The body
     * isn't validated. The caller must close the response. {@link CallOptions.Builder#maxResponseBytes} limits the
     * body, and the call's time limit covers reading it.
     *
     * @throws XrpcException if the call fails; {@link TransportResponse#body} lists the exceptions that reading the
     *     body may throw
     */
    public TransportResponse stream(Call<?> call) {
        return stream(call, CallOptions.DEFAULTS);
    }

    /** Like {@link #stream(Call)}, with call options. */
    public TransportResponse stream(Call<?> call, CallOptions options) {
        return calls.stream(call, options.orElse(defaults));
    }

    /** Like {@link #pages(Query, Consumer)}, without parameters. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> pages(
            Query<P, B, O> query) {
        return pages(query, none -> {});
    }

    /**
     * Returns the pages of a query that has a {@code cursor}. Pages are fetched lazily. The iteration ends at a page
     * without a cursor, or when {@link Pages} detects an endless one. If fetching a page fails temporarily, it is
     * retried up to 3 times, unless the options or the client's defaults set retries.
     *
     * @throws IllegalArgumentException if the query or its output has no cursor
     */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> pages(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        return pages(query, parameters, CallOptions.DEFAULTS);
    }

    /** Like {@link #pages(Query, Consumer)}, with call options. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> pages(
            Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        return Pages.of(this, query, parameters, options);
    }

    /** Returns a client that makes calls on the executor's threads and returns futures. */
    public AsyncClient async(Executor executor) {
        return new AsyncClient(this, executor);
    }

    /**
     * Uploads a blob. Reference the blob from a record soon, because servers delete unreferenced blobs.
     *
     * @param mediaType the blob's media type, such as {@code image/png}
     * @return the reference to put into a record
     * @see <a href="https://atproto.com/specs/blob">Blobs</a>
     */
    public BlobRef uploadBlob(RequestBody body, String mediaType) {
        return uploadBlob(body, CallOptions.of(options -> options.encoding(mediaType)));
    }

    /**
     * Like {@link #uploadBlob(RequestBody, String)}, but detects the media type from the first bytes or the file name.
     * The fallback is {@code application/octet-stream}.
     */
    public BlobRef uploadBlob(RequestBody body) {
        return uploadBlob(body, CallOptions.DEFAULTS);
    }

    /** Like {@link #uploadBlob(RequestBody, String)}, with call options. */
    public BlobRef uploadBlob(RequestBody body, CallOptions options) {
        // The reference goes into a record, and servers validate records strictly.
        CallOptions strict = DerivedOptions.withStrict(DerivedOptions.withoutDefaultRouting(options), defaults);
        return call(UploadBlob.PROCEDURE, body, strict).blob();
    }

    /** Reads a blob into memory. For large blobs, use {@link #stream}. */
    public Bytes getBlob(Did did, Cid cid) {
        return getBlob(did, cid, CallOptions.DEFAULTS);
    }

    /** Like {@link #getBlob(Did, Cid)}, with call options. The client's default proxy and labelers don't apply. */
    public Bytes getBlob(Did did, Cid cid, CallOptions options) {
        return call(GetBlob.QUERY, query -> query.did(did).cid(cid), DerivedOptions.withoutDefaultRouting(options));
    }

    /** Returns the agent and the default options, without credentials. */
    @Override
    public String toString() {
        return "Client[agent=" + agent + ", defaults=" + defaults + "]";
    }
}
