package dev.atlex.client;

import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.DeleteRecord;
import com.atproto.repo.GetRecord;
import com.atproto.repo.ListRecords;
import com.atproto.repo.PutRecord;
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
import dev.atlex.data.LexMap;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of the AT Protocol, and reads and writes records, as the account of an {@link Agent}.
 *
 * <p>A client is immutable, cheap to make, and may be used by many threads at once. Its calls block; {@link #async} gives
 * the same as futures. Every call ends: in a result, in an {@link XrpcException} or within its time limit.
 */
public final class Client {
    private static final WriteOptions WRITE = WriteOptions.of(options -> {});
    private static final ListOptions LIST = ListOptions.of(options -> {});

    private final Agent agent;
    private final CallOptions defaults;
    private final TimeSource timing;
    private final RetryLoop calls;
    private final Records records;

    /** A client with no defaults of its own. */
    public Client(Agent agent) {
        this(agent, CallOptions.DEFAULTS);
    }

    /** @param defaults how every call is made that does not say otherwise */
    public Client(Agent agent, CallOptions defaults) {
        this(agent, defaults, TimeSource.SYSTEM);
    }

    Client(Agent agent, CallOptions defaults, TimeSource timing) {
        this.agent = agent;
        this.defaults = defaults;
        this.timing = timing;
        this.calls = new RetryLoop(agent, timing);
        this.records = new Records(this);
    }

    /** A client for the same agent with further defaults. */
    public Client with(Consumer<? super CallOptions.Builder> options) {
        return new Client(agent, CallOptions.of(options).orElse(defaults), timing);
    }

    public Agent agent() {
        return agent;
    }

    /** How every call is made that does not say otherwise. */
    public CallOptions defaults() {
        return defaults;
    }

    /** The account that this client speaks for, or null. */
    public @Nullable Did did() {
        return agent.did();
    }

    /**
     * The account that this client speaks for.
     *
     * @throws IllegalStateException if it speaks for nobody
     */
    public Did requireDid() {
        Did did = agent.did();
        if (did == null) {
            throw new IllegalStateException("the client is not signed in");
        }
        return did;
    }

    // Methods

    /**
     * Calls a query without parameters.
     *
     * @throws XrpcException if it brings no result
     */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(Query<P, B, O> query) {
        return call(Call.of(query));
    }

    /** Calls a query. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Buildable<P, B> parameters) {
        return call(Call.of(query, parameters));
    }

    /** Calls a query with the parameters that the function sets: {@code p -> p.actor("alice.example.com")}. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        return call(Call.of(query, parameters));
    }

    /** As {@link #call(Query, Consumer)}, with options. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O> O call(
            Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        return xrpc(Call.of(query, parameters), options).body();
    }

    /** Calls a procedure without input. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(Procedure<I, B, O> procedure) {
        return call(Call.of(procedure));
    }

    /** Calls a procedure. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Buildable<I, B> input) {
        return call(Call.of(procedure, input));
    }

    /** Calls a procedure with the input that the function sets. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Consumer<? super B> input) {
        return call(Call.of(procedure, input));
    }

    /** As {@link #call(Procedure, Consumer)}, with options. */
    public <I extends LexObject, B extends ObjectBuilder<I, B>, O> O call(
            Procedure<I, B, O> procedure, Consumer<? super B> input, CallOptions options) {
        return xrpc(Call.of(procedure, input), options).body();
    }

    /** Calls a procedure whose input is a union, or JSON without a schema. */
    public <I, O> O call(ValueProcedure<I, O> procedure, I input) {
        return call(Call.of(procedure, input));
    }

    /** Calls a procedure that takes bytes; {@link CallOptions.Builder#encoding} says of which media type. */
    public <O> O call(BinaryProcedure<O> procedure, RequestBody body, CallOptions options) {
        return xrpc(Call.of(procedure, body), options).body();
    }

    /** Makes a call. */
    public <O> O call(Call<O> call) {
        return xrpc(call).body();
    }

    /** Makes a call and gives the whole answer: status, headers and body. */
    public <O> XrpcResponse<O> xrpc(Call<O> call) {
        return calls.call(call, defaults);
    }

    /** As {@link #xrpc(Call)}, with options. */
    public <O> XrpcResponse<O> xrpc(Call<O> call, CallOptions options) {
        return calls.call(call, options.orElse(defaults));
    }

    /** As {@link #xrpc(Call, CallOptions)}, of a call that can be settled after a failure and so is safe to repeat. */
    <O> XrpcResponse<O> xrpc(Call<O> call, CallOptions options, OutcomeCheck<XrpcResponse<O>> settlement) {
        return calls.call(call, options.orElse(defaults), settlement);
    }

    /** Makes a call and gives what it brought as a value, success or failure, instead of throwing. */
    public <O> XrpcResult<O> attempt(Call<O> call) {
        return attempt(call, CallOptions.DEFAULTS);
    }

    /** As {@link #attempt(Call)}, with options. */
    public <O> XrpcResult<O> attempt(Call<O> call, CallOptions options) {
        try {
            return new XrpcResult.Success<>(xrpc(call, options));
        } catch (XrpcException e) {
            return new XrpcResult.Failure<>(e);
        }
    }

    /**
     * Makes a call and gives the answer's body as a stream, unchecked: for what is too large for memory. The caller closes
     * it. {@link CallOptions.Builder#maxResponseBytes} bounds it all the same, and the time limit of the call covers the
     * reading too.
     *
     * @throws XrpcException if it brings no success; reading then throws what {@link TransportResponse#body} says
     */
    public TransportResponse stream(Call<?> call, CallOptions options) {
        return calls.stream(call, options.orElse(defaults));
    }

    /**
     * The pages of a query that has a {@code cursor}, each fetched when it is asked for. The last page is the one without
     * a cursor, or where {@link Pages} finds that the server would go on without end. A page that can't be had is retried up to 3 times, unless the
     * options or the client's defaults say otherwise.
     *
     * @throws IllegalArgumentException if the query or its answer has no cursor
     */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> pages(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        return Pages.of(this, query, parameters, CallOptions.DEFAULTS);
    }

    /** As {@link #pages(Query, Consumer)}, with options. */
    public <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> pages(
            Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        return Pages.of(this, query, parameters, options);
    }

    /** The same calls, made on the executor's threads. */
    public AsyncClient async(Executor executor) {
        return new AsyncClient(this, executor);
    }

    // Records

    /**
     * Creates a record in the own repository, under a key that the server chooses or the only one the type has. After a lost
     * answer nobody knows if there is a record; {@link CallOptions.Builder#idempotentCreates} is against that.
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Buildable<T, B> record) {
        return create(type, record, WRITE);
    }

    /** As {@link #create(RecordType, Buildable)}, of the record that the function fills. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Consumer<? super B> record) {
        return records.create(type, Records.build(type, record), WRITE).body();
    }

    /**
     * Creates a record.
     *
     * @throws IllegalArgumentException if the type needs a key and the options have none, or one that it can't have
     * @throws RecordConflictException if the create is {@linkplain CallOptions.Builder#idempotentCreates idempotent} and
     *     finds another record under its key
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Buildable<T, B> record, WriteOptions options) {
        return records.create(type, (LexObject) record, options).body();
    }

    /** As {@link #create(RecordType, Buildable, WriteOptions)}, of the record that the function fills. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Consumer<? super B> record, WriteOptions options) {
        return records.create(type, Records.build(type, record), options).body();
    }

    /** Reads a record of the own repository, of a type that has only one key. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type) {
        return get(type, requireDid(), Records.keyOf(type, null));
    }

    /** Reads a record of the own repository. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, String rkey) {
        return get(type, requireDid(), RecordKey.of(rkey));
    }

    /**
     * Reads a record of any repository that the server serves.
     *
     * @throws XrpcResponseException with error {@code RecordNotFound} if there is none
     * @throws XrpcResponseValidationException if it does not follow its schema
     */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, AtIdentifier repo, RecordKey rkey) {
        return get(type, repo, rkey, CallOptions.DEFAULTS);
    }

    /** As {@link #get(RecordType, AtIdentifier, RecordKey)}, with options. */
    public <T extends LexObject> RecordEntry<T> get(
            RecordType<T, ?> type, AtIdentifier repo, RecordKey rkey, CallOptions options) {
        return records.get(type, repo, rkey, options);
    }

    /** Creates or replaces a record of a type that has only one key. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Buildable<T, B> record) {
        return put(type, record, WRITE);
    }

    /**
     * Creates or replaces a record.
     *
     * @throws IllegalArgumentException if the type needs a key and the options have none, or one that it can't have
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Buildable<T, B> record, WriteOptions options) {
        return records.put(type, (LexObject) record, options).body();
    }

    /** Deletes a record of the own repository; one that is not there is no error. */
    public DeleteRecord.Output delete(RecordType<?, ?> type, String rkey) {
        return delete(type, WriteOptions.of(options -> options.rkey(rkey)));
    }

    /** Deletes a record; one that is not there is no error. */
    public DeleteRecord.Output delete(RecordType<?, ?> type, WriteOptions options) {
        return deleteRecord(type.collection(), Records.keyOf(type, options.rkey()), options)
                .body();
    }

    /** Lists records of the own repository, the first page. */
    public <T extends LexObject> RecordPage<T> list(RecordType<T, ?> type) {
        return list(type, LIST);
    }

    /** Lists records, one page. */
    public <T extends LexObject> RecordPage<T> list(RecordType<T, ?> type, ListOptions options) {
        return records.page(type, options);
    }

    /**
     * Lists records, page after page as they are asked for. A page that can't be had is retried up to 3 times, unless the
     * options or the client's defaults say otherwise.
     */
    public <T extends LexObject> Pages<RecordPage<T>> listAll(RecordType<T, ?> type, ListOptions options) {
        return records.pages(type, options);
    }

    /**
     * Creates, replaces and deletes records of the own repository: all of it happens, or nothing. Where
     * {@linkplain CallOptions.Builder#idempotentCreates creates are idempotent}, writes that are all creates are so together.
     */
    public ApplyWrites.Output applyWrites(Consumer<? super Writes> writes) {
        return applyWrites(writes, WRITE);
    }

    /** As {@link #applyWrites(Consumer)}, with options. */
    public ApplyWrites.Output applyWrites(Consumer<? super Writes> writes, WriteOptions options) {
        Writes collected = new Writes();
        writes.accept(collected);
        return records.apply(collected, options).body();
    }

    // Records, untyped

    /** Creates a record that names its collection in {@code $type}. */
    public XrpcResponse<CreateRecord.Output> createRecord(LexMap record, WriteOptions options) {
        return records.create(record, options.rkey(), options);
    }

    /** Reads a record, of that CID only where one is given. */
    public XrpcResponse<GetRecord.Output> getRecord(
            AtIdentifier repo, Nsid collection, RecordKey rkey, @Nullable Cid cid) {
        return getRecord(repo, collection, rkey, cid, CallOptions.DEFAULTS);
    }

    /**
     * As {@link #getRecord(AtIdentifier, Nsid, RecordKey, Cid)}, with options. The client's defaults for proxying and
     * labelers do not apply.
     */
    public XrpcResponse<GetRecord.Output> getRecord(
            AtIdentifier repo, Nsid collection, RecordKey rkey, @Nullable Cid cid, CallOptions options) {
        return records.get(repo, collection, rkey, cid, options);
    }

    /** Creates or replaces a record that names its collection in {@code $type}. */
    public XrpcResponse<PutRecord.Output> putRecord(LexMap record, RecordKey rkey, WriteOptions options) {
        return records.put(record, rkey, options);
    }

    /** Deletes a record. */
    public XrpcResponse<DeleteRecord.Output> deleteRecord(Nsid collection, RecordKey rkey, WriteOptions options) {
        return records.delete(collection, rkey, options);
    }

    /** Lists records, one page. */
    public XrpcResponse<ListRecords.Output> listRecords(Nsid collection, ListOptions options) {
        return records.list(collection, options);
    }

    // Blobs

    /** Uploads a file of that media type; the reference that it gives belongs into a record. */
    public BlobRef uploadBlob(RequestBody body, String mediaType) {
        return uploadBlob(body, CallOptions.of(options -> options.encoding(mediaType)));
    }

    /** Uploads a file of the media type that its first bytes or its name tell, else {@code application/octet-stream}. */
    public BlobRef uploadBlob(RequestBody body) {
        return uploadBlob(body, CallOptions.DEFAULTS);
    }

    /** As {@link #uploadBlob(RequestBody, String)}, with options. */
    public BlobRef uploadBlob(RequestBody body, CallOptions options) {
        // What the answer says goes into a record, of which a server takes only what is strictly right.
        CallOptions strict = options.withoutDefaultRouting().orStrict(defaults);
        return xrpc(Call.of(UploadBlob.PROCEDURE, body), strict).body().blob();
    }

    /** Reads a blob into memory; {@link #stream} is for those that are too large. */
    public Bytes getBlob(Did did, Cid cid) {
        return getBlob(did, cid, CallOptions.DEFAULTS);
    }

    /** As {@link #getBlob(Did, Cid)}, with options. The client's defaults for proxying and labelers do not apply. */
    public Bytes getBlob(Did did, Cid cid, CallOptions options) {
        return xrpc(Call.of(GetBlob.QUERY, query -> query.did(did).cid(cid)), options.withoutDefaultRouting())
                .body();
    }
}
