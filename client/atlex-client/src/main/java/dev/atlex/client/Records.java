package dev.atlex.client;

import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.DeleteRecord;
import com.atproto.repo.GetRecord;
import com.atproto.repo.ListRecords;
import com.atproto.repo.PutRecord;
import dev.atlex.client.internal.KeptBody;
import dev.atlex.client.internal.OutcomeCheck;
import dev.atlex.client.transport.Deadline;
import dev.atlex.data.Cid;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Method;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls that read and write records. They go to the account's own server, so the client's defaults for
 * proxying and labelers don't apply, except for the app's labelers.
 */
final class Records {
    private final Client client;
    private final AtomicBoolean commitSeen;

    /** @param commitSeen whether the server has returned a commit for a write; shared by all clients of one agent */
    Records(Client client, AtomicBoolean commitSeen) {
        this.client = client;
        this.commitSeen = commitSeen;
    }

    /** Returns whether the server is known to return the commit of a write, which the protocol makes optional. */
    boolean serverReturnsCommits() {
        return commitSeen.get();
    }

    /** Returns the deadline for an operation that begins now. */
    Deadline deadline(Duration limit) {
        return client.time().deadline(limit);
    }

    static <T extends LexObject, B extends ObjectBuilder<T, B>> T build(
            RecordType<T, B> type, Consumer<? super B> record) {
        B builder = type.codec().newBuilder();
        Objects.requireNonNull(record, "record").accept(builder);
        return builder.build();
    }

    /** Returns the key of a new record: the given one, the type's only one, or null to let the server choose. */
    static @Nullable RecordKey keyOfNew(RecordType<?, ?> type, @Nullable RecordKey given) {
        return given == null && type.keyMayBeLeftOut() ? null : keyOf(type, given);
    }

    /** Returns the options with the repository and the key of a URI. */
    static WriteOptions at(RecordType<?, ?> type, AtUri uri, WriteOptions options) {
        return options.toBuilder().repo(uri.authority()).rkey(keyIn(type, uri)).build();
    }

    /** Returns the record key in the URI of a record of this type. */
    static RecordKey keyIn(RecordType<?, ?> type, AtUri uri) {
        RecordKey key = uri.recordKey();
        if (key == null || !type.collection().equals(uri.collection())) {
            throw new IllegalArgumentException(
                    "not the URI of a record of " + type.collection() + " (got \"" + uri + "\")");
        }
        return keyOf(type, key);
    }

    /** Returns the key of a record that may already exist: the given one, or the type's only one. */
    static RecordKey keyOf(RecordType<?, ?> type, @Nullable RecordKey given) {
        RecordKey key = given == null ? type.literalKey() : given;
        if (key == null) {
            throw new IllegalArgumentException(
                    type.collection() + " needs a record key of type " + type.key() + " (got none)");
        }
        if (!type.acceptsKey(key)) {
            throw new IllegalArgumentException("invalid record key: " + type.collection() + " has keys of type "
                    + type.key() + " (got \"" + key + "\")");
        }
        return key;
    }

    XrpcResponse<CreateRecord.Output> create(RecordType<?, ?> type, LexObject record, WriteOptions options) {
        RecordKey rkey = keyOfNew(type, options.rkey());
        return create(checked(CreateRecord.PROCEDURE, type, record, options), rkey, options);
    }

    <T extends LexObject> PutRecord.Output update(
            RecordType<T, ?> type, UnaryOperator<T> change, WriteOptions options) {
        Duration timeout = options.call().orElse(client.defaults()).timeout();
        return new RecordUpdate<>(this, client.time(), type, repo(options.repo()), options, timeout).run(change);
    }

    XrpcResponse<PutRecord.Output> put(RecordType<?, ?> type, LexObject record, WriteOptions options) {
        RecordKey rkey = keyOf(type, options.rkey());
        return put(checked(PutRecord.PROCEDURE, type, record, options), rkey, options);
    }

    /**
     * Returns the record as it will be sent, after checking it against its own schema if the options require that.
     */
    private LexMap checked(Method<?> method, RecordType<?, ?> type, LexObject record, WriteOptions options) {
        LexMap value = Objects.requireNonNull(record, "record").toLexMap();
        if (options.call().orElse(client.defaults()).validateRequest()) {
            try {
                type.from(value, ReadOptions.STRICT);
            } catch (LexException e) {
                throw new XrpcRequestException(method, "invalid record: " + e.getMessage(), e);
            }
        }
        return value;
    }

    <T extends LexObject> RecordPage<T> page(RecordType<T, ?> type, ListOptions options) {
        // The caller must not lose the other entries or the cursor to an invalid entry, so it is skipped and reported.
        CallOptions call = options.call().toBuilder()
                .validateResponse(true)
                .invalidItems(InvalidItems.SKIP)
                .build();
        XrpcResponse<ListRecords.Output> response = list(type.collection(), options.with(options.cursor(), call));
        ListRecords.Output page = response.body();
        ReadOptions reading = reading(call);
        return new RecordPage<>(
                page.records().stream()
                        .map(record -> typed(type, record, reading))
                        .toList(),
                page.cursor(),
                response.problems());
    }

    <T extends LexObject> Pages<RecordPage<T>> pages(RecordType<T, ?> type, ListOptions options) {
        CallOptions call = DerivedOptions.withRetries(options.call(), client.defaults(), Pages.RETRIES);
        return new Pages<>(
                options.cursor(),
                cursor -> page(type, options.with(cursor, call)),
                RecordPage::cursor,
                page -> page.records().isEmpty() && page.problems().isEmpty());
    }

    /** Returns the options for reading a record, which are the same as those for its response. */
    private ReadOptions reading(CallOptions options) {
        CallOptions all = options.orElse(client.defaults());
        return new ReadOptions(all.strict(), all.validateResponse(), all.maxDepth());
    }

    XrpcResponse<CreateRecord.Output> create(LexMap record, @Nullable RecordKey given, WriteOptions options) {
        refuseSwapRecord(options, "create");
        AtIdentifier repo = repo(options.repo());
        Nsid collection = collection(record);
        boolean idempotent = isIdempotent(options);
        RecordKey rkey = given == null && idempotent ? Tid.next().toRecordKey() : given;
        Call<CreateRecord.Output> call = Call.of(
                CreateRecord.PROCEDURE,
                input -> input.repo(repo)
                        .collection(collection)
                        .rkey(rkey)
                        .record(record)
                        .validate(options.validate())
                        .swapCommit(options.swapCommit()));
        CallOptions own = DerivedOptions.withoutDefaultRouting(options.call());
        if (!idempotent || rkey == null) {
            return client.xrpc(call, own);
        }
        OutcomeCheck<XrpcResponse<CreateRecord.Output>> check =
                new IdempotentCreates(this, repo, own).ofRecord(collection, rkey, record);
        return client.xrpc(
                call,
                DerivedOptions.withRetries(own, client.defaults(), Pages.RETRIES),
                given == null ? check : OutcomeCheck.fromFirstAttempt(check));
    }

    private boolean isIdempotent(WriteOptions options) {
        return options.call().orElse(client.defaults()).idempotentCreates();
    }

    XrpcResponse<PutRecord.Output> put(LexMap record, RecordKey rkey, WriteOptions options) {
        XrpcResponse<PutRecord.Output> response = client.xrpc(
                Call.of(PutRecord.PROCEDURE, input -> {
                    input.repo(repo(options.repo()))
                            .collection(collection(record))
                            .rkey(rkey)
                            .record(record)
                            .validate(options.validate())
                            .swapCommit(options.swapCommit());
                    if (options.swapRecord() != null || options.mustNotExist()) {
                        input.swapRecord(options.swapRecord());
                    }
                }),
                DerivedOptions.withoutDefaultRouting(options.call()));
        if (response.body().commit() != null) {
            commitSeen.set(true);
        }
        return response;
    }

    XrpcResponse<DeleteRecord.Output> delete(Nsid collection, RecordKey rkey, WriteOptions options) {
        if (options.mustNotExist() || options.validate() != null) {
            throw new IllegalArgumentException("delete: mustNotExist and validate are not applicable");
        }
        return client.xrpc(
                Call.of(
                        DeleteRecord.PROCEDURE,
                        input -> input.repo(repo(options.repo()))
                                .collection(collection)
                                .rkey(rkey)
                                .swapCommit(options.swapCommit())
                                .swapRecord(options.swapRecord())),
                DerivedOptions.withoutDefaultRouting(options.call()));
    }

    XrpcResponse<GetRecord.Output> get(
            AtIdentifier repo, Nsid collection, RecordKey rkey, @Nullable Cid cid, CallOptions options) {
        return client.xrpc(
                Call.of(
                        GetRecord.QUERY,
                        query -> query.repo(repo)
                                .collection(collection)
                                .rkey(rkey)
                                .cid(cid)),
                DerivedOptions.withoutDefaultRouting(options));
    }

    XrpcResponse<ListRecords.Output> list(Nsid collection, ListOptions options) {
        Integer limit = options.limit();
        return client.xrpc(
                Call.of(
                        ListRecords.QUERY,
                        query -> query.repo(repo(options.repo()))
                                .collection(collection)
                                .limit(limit == null ? null : limit.longValue())
                                .cursor(options.cursor())
                                .reverse(options.reverse())),
                DerivedOptions.withoutDefaultRouting(options.call()));
    }

    XrpcResponse<ApplyWrites.Output> apply(Writes writes, WriteOptions options) {
        refuseSwapRecord(options, "applyWrites");
        if (options.rkey() != null) {
            throw new IllegalArgumentException("applyWrites: rkey is not applicable; each write has its own key");
        }
        AtIdentifier repo = repo(options.repo());
        IdempotentCreates.Batch batch = isIdempotent(options) ? IdempotentCreates.Batch.of(writes.toList()) : null;
        Call<ApplyWrites.Output> call = Call.of(
                ApplyWrites.PROCEDURE,
                input -> input.repo(repo)
                        .writes(batch == null ? writes.toList() : batch.writes())
                        .validate(options.validate())
                        .swapCommit(options.swapCommit()));
        CallOptions own = DerivedOptions.withoutDefaultRouting(options.call());
        return batch == null
                ? client.xrpc(call, own)
                : client.xrpc(
                        call,
                        DerivedOptions.withRetries(own, client.defaults(), Pages.RETRIES),
                        new IdempotentCreates(this, repo, own).of(batch));
    }

    <T extends LexObject> RecordEntry<T> get(
            RecordType<T, ?> type, AtIdentifier repo, RecordKey rkey, CallOptions options) {
        XrpcResponse<GetRecord.Output> response = get(repo, type.collection(), keyOf(type, rkey), null, options);
        GetRecord.Output output = response.body();
        ReadOptions reading = reading(options);
        LexMap record = output.value() == null ? LexMap.of() : output.value();
        T value = checked(response, record, () -> {
            if (output.value() == null) { // possible without validation
                throw new LexValidationException("$.value", "required", "a value", "nothing");
            }
            return type.codec().fromValue(record, reading);
        });
        return new RecordEntry<>(output.uri(), output.cid(), value);
    }

    private static <T> T checked(XrpcResponse<?> response, LexMap record, Supplier<T> value) {
        try {
            return value.get();
        } catch (LexValidationException e) {
            KeptBody body = KeptBody.of(record);
            throw new XrpcResponseValidationException(
                    GetRecord.QUERY, response.status(), response.headers(), body.text(), body.payload(), e);
        } catch (LexException e) {
            KeptBody body = KeptBody.of(record);
            throw new XrpcInvalidResponseException(
                    GetRecord.QUERY,
                    response.status(),
                    response.headers(),
                    String.valueOf(e.getMessage()),
                    body.text(),
                    body.payload(),
                    e);
        }
    }

    private static <T extends LexObject> ListedRecord<T> typed(
            RecordType<T, ?> type, ListRecords.Record record, ReadOptions reading) {
        try {
            T value = type.codec().fromValue(record.value(), reading);
            return new ListedRecord.Valid<>(record.uri(), record.cid(), value);
        } catch (LexValidationException e) {
            return new ListedRecord.Invalid<>(record.uri(), record.cid(), record.value(), e);
        }
    }

    AtIdentifier repo(@Nullable AtIdentifier given) {
        return given == null ? client.requireDid() : given;
    }

    /** Returns the record's collection, which its {@code $type} determines. */
    private static Nsid collection(LexMap record) {
        String type = record.type();
        if (type == null) {
            throw new IllegalArgumentException("the record has no $type");
        }
        return Nsid.of(type);
    }

    private static void refuseSwapRecord(WriteOptions options, String what) {
        if (options.swapRecord() != null || options.mustNotExist()) {
            throw new IllegalArgumentException(what + ": swapRecord and mustNotExist are not applicable");
        }
    }
}
