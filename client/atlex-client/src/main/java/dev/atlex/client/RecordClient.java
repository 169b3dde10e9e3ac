package dev.atlex.client;

import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.DeleteRecord;
import com.atproto.repo.GetRecord;
import com.atproto.repo.ListRecords;
import com.atproto.repo.PutRecord;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Client} that reads and writes records. Methods use the repository of the client's own account,
 * unless a URI, parameter or option specifies a different one. The client's default proxy and labelers don't apply to
 * records.
 *
 * <p>Every method that makes a call throws an {@link XrpcException} if the call fails.
 *
 * @see <a href="https://atproto.com/specs/repository">Repository</a>
 */
public abstract sealed class RecordClient permits Client {
    RecordClient() {}

    abstract Records records();

    /**
     * Creates a record. The server chooses the key, unless the type has only one. If the response is lost, the record
     * may or may not have been created; {@link CallOptions.Builder#idempotentCreates} makes a retry safe.
     *
     * @throws IllegalArgumentException if the type needs a key
     * @throws XrpcException if the call fails
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Buildable<T, B> record) {
        return create(type, record, WriteOptions.DEFAULTS);
    }

    /** Like {@link #create(RecordType, Buildable)}, with the record that the function builds. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Consumer<? super B> record) {
        return create(type, record, WriteOptions.DEFAULTS);
    }

    /**
     * Creates a record.
     *
     * @throws IllegalArgumentException if the type needs a key and the options have none, or an invalid one
     * @throws RecordConflictException if the create is {@linkplain CallOptions.Builder#idempotentCreates idempotent}
     *     and finds a different record under its key
     * @throws XrpcException if the call fails
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Buildable<T, B> record, WriteOptions options) {
        return records().create(type, (LexObject) record, options).body();
    }

    /** Like {@link #create(RecordType, Buildable, WriteOptions)}, with the record that the function builds. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Consumer<? super B> record, WriteOptions options) {
        return records().create(type, Records.build(type, record), options).body();
    }

    /** Like {@link #create(RecordType, Consumer, WriteOptions)}, but configures the options inline. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CreateRecord.Output create(
            RecordType<T, B> type, Consumer<? super B> record, Consumer<? super WriteOptions.Builder> options) {
        return create(type, record, WriteOptions.of(options));
    }

    /** Reads the record of a type that has only one key, such as a profile. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type) {
        return get(type, CallOptions.DEFAULTS);
    }

    /** Like {@link #get(RecordType)}, with call options. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, CallOptions options) {
        return get(type, records().repo(null), Records.keyOf(type, null), options);
    }

    /** Reads a record. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, String rkey) {
        return get(type, rkey, CallOptions.DEFAULTS);
    }

    /** Like {@link #get(RecordType, String)}, with call options. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, String rkey, CallOptions options) {
        return get(type, records().repo(null), RecordKey.of(rkey), options);
    }

    /**
     * Reads a record from any repository on the account's server.
     *
     * @throws IllegalArgumentException if the URI doesn't identify a record of this type
     * @throws XrpcResponseException with error {@code RecordNotFound} if the record doesn't exist
     * @throws XrpcResponseValidationException if the record violates its schema
     */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, AtUri uri) {
        return get(type, uri, CallOptions.DEFAULTS);
    }

    /** Like {@link #get(RecordType, AtUri)}, with call options. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, AtUri uri, CallOptions options) {
        return get(type, uri.authority(), Records.keyIn(type, uri), options);
    }

    /** Like {@link #get(RecordType, AtUri)}, with the parts of a URI. */
    public <T extends LexObject> RecordEntry<T> get(RecordType<T, ?> type, AtIdentifier repo, RecordKey rkey) {
        return get(type, repo, rkey, CallOptions.DEFAULTS);
    }

    /** Like {@link #get(RecordType, AtIdentifier, RecordKey)}, with call options. */
    public <T extends LexObject> RecordEntry<T> get(
            RecordType<T, ?> type, AtIdentifier repo, RecordKey rkey, CallOptions options) {
        return records().get(type, repo, rkey, options);
    }

    /** Creates or replaces the record of a type that has only one key, such as a profile. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Buildable<T, B> record) {
        return put(type, record, WriteOptions.DEFAULTS);
    }

    /** Like {@link #put(RecordType, Buildable)}, with the record that the function builds. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Consumer<? super B> record) {
        return put(type, record, WriteOptions.DEFAULTS);
    }

    /**
     * Creates or replaces a record.
     *
     * @throws IllegalArgumentException if the type needs a key and the options have none, or an invalid one
     * @throws XrpcException if the call fails
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Buildable<T, B> record, WriteOptions options) {
        return records().put(type, (LexObject) record, options).body();
    }

    /** Like {@link #put(RecordType, Buildable, WriteOptions)}, with the record that the function builds. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Consumer<? super B> record, WriteOptions options) {
        return records().put(type, Records.build(type, record), options).body();
    }

    /** Like {@link #put(RecordType, Consumer, WriteOptions)}, but configures the options inline. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, Consumer<? super B> record, Consumer<? super WriteOptions.Builder> options) {
        return put(type, record, WriteOptions.of(options));
    }

    /**
     * Creates or replaces the record at a URI.
     *
     * @throws IllegalArgumentException if the URI doesn't identify a record of this type
     * @throws XrpcException if the call fails
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, AtUri uri, Buildable<T, B> record) {
        return put(type, uri, record, WriteOptions.DEFAULTS);
    }

    /** Like {@link #put(RecordType, AtUri, Buildable)}, with the record that the function builds. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, AtUri uri, Consumer<? super B> record) {
        return put(type, uri, record, WriteOptions.DEFAULTS);
    }

    /**
     * Like {@link #put(RecordType, AtUri, Buildable)}, with write options. The URI replaces the repository and key in
     * the options.
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, AtUri uri, Buildable<T, B> record, WriteOptions options) {
        return put(type, record, Records.at(type, uri, options));
    }

    /**
     * Like {@link #put(RecordType, AtUri, Consumer)}, with write options. The URI replaces the repository and key in
     * the options.
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> PutRecord.Output put(
            RecordType<T, B> type, AtUri uri, Consumer<? super B> record, WriteOptions options) {
        return put(type, record, Records.at(type, uri, options));
    }

    /** Like {@link #update(RecordType, String, UnaryOperator)}, for a type that has only one key. */
    public <T extends LexObject> PutRecord.Output update(RecordType<T, ?> type, UnaryOperator<T> change) {
        return update(type, change, WriteOptions.DEFAULTS);
    }

    /**
     * Like {@link #update(RecordType, UnaryOperator)}, with write options, which may specify the repository and the
     * key.
     */
    public <T extends LexObject> PutRecord.Output update(
            RecordType<T, ?> type, UnaryOperator<T> change, WriteOptions options) {
        return records().update(type, change, options);
    }

    /**
     * Updates a record safely despite concurrent writes. Reads the record, applies the function, and writes the result
     * only if the record hasn't changed in the meantime. If it has, starts over with the new value. Makes up to
     * {@value RecordUpdate#MAX_ATTEMPTS} attempts with increasing delays, within the call's time limit. If the function
     * returns an equal record, nothing is written.
     *
     * <pre>{@code
     * client.update(Profile.RECORD, old -> old.toBuilder().displayName("Alice").build());
     * }</pre>
     *
     * @param change the function that returns the new record; it may be called several times
     * @throws UpdateConflictException if concurrent writes keep changing the record
     * @throws XrpcResponseException with error {@code RecordNotFound} if the record doesn't exist
     * @throws XrpcException if a call fails
     */
    public <T extends LexObject> PutRecord.Output update(RecordType<T, ?> type, String rkey, UnaryOperator<T> change) {
        return update(type, rkey, change, WriteOptions.DEFAULTS);
    }

    /**
     * Like {@link #update(RecordType, String, UnaryOperator)}, with write options. The key replaces the one in the
     * options.
     */
    public <T extends LexObject> PutRecord.Output update(
            RecordType<T, ?> type, String rkey, UnaryOperator<T> change, WriteOptions options) {
        return update(type, change, options.toBuilder().rkey(rkey).build());
    }

    /**
     * Like {@link #update(RecordType, String, UnaryOperator)}, for the record at a URI.
     *
     * @throws IllegalArgumentException if the URI doesn't identify a record of this type
     */
    public <T extends LexObject> PutRecord.Output update(RecordType<T, ?> type, AtUri uri, UnaryOperator<T> change) {
        return update(type, uri, change, WriteOptions.DEFAULTS);
    }

    /**
     * Like {@link #update(RecordType, AtUri, UnaryOperator)}, with write options. The URI replaces the repository and
     * key in the options.
     */
    public <T extends LexObject> PutRecord.Output update(
            RecordType<T, ?> type, AtUri uri, UnaryOperator<T> change, WriteOptions options) {
        return update(type, change, Records.at(type, uri, options));
    }

    /** Deletes a record. Succeeds if the record doesn't exist. */
    public DeleteRecord.Output delete(RecordType<?, ?> type, String rkey) {
        return delete(type, WriteOptions.of(options -> options.rkey(rkey)));
    }

    /** Deletes a record. Succeeds if the record doesn't exist. */
    public DeleteRecord.Output delete(RecordType<?, ?> type, WriteOptions options) {
        return deleteRecord(type.collection(), Records.keyOf(type, options.rkey()), options)
                .body();
    }

    /**
     * Deletes the record at a URI. Succeeds if the record doesn't exist.
     *
     * @throws IllegalArgumentException if the URI doesn't identify a record of this type
     */
    public DeleteRecord.Output delete(RecordType<?, ?> type, AtUri uri) {
        return delete(type, uri, WriteOptions.DEFAULTS);
    }

    /**
     * Like {@link #delete(RecordType, AtUri)}, with write options. The URI replaces the repository and key in the
     * options.
     */
    public DeleteRecord.Output delete(RecordType<?, ?> type, AtUri uri, WriteOptions options) {
        return delete(type, Records.at(type, uri, options));
    }

    /** Returns the first page of a collection's records. */
    public <T extends LexObject> RecordPage<T> list(RecordType<T, ?> type) {
        return list(type, ListOptions.DEFAULTS);
    }

    /** Like {@link #list(RecordType)}, but configures the options inline: {@code o -> o.limit(10).reverse(true)}. */
    public <T extends LexObject> RecordPage<T> list(
            RecordType<T, ?> type, Consumer<? super ListOptions.Builder> options) {
        return list(type, ListOptions.of(options));
    }

    /** Like {@link #list(RecordType)}, with list options. */
    public <T extends LexObject> RecordPage<T> list(RecordType<T, ?> type, ListOptions options) {
        return records().page(type, options);
    }

    /**
     * Lists all records of a collection. Pages are fetched lazily, and failed pages retried, like {@link Client#pages}.
     */
    public <T extends LexObject> Pages<RecordPage<T>> listAll(RecordType<T, ?> type) {
        return listAll(type, ListOptions.DEFAULTS);
    }

    /** Like {@link #listAll(RecordType)}, but configures the options inline. */
    public <T extends LexObject> Pages<RecordPage<T>> listAll(
            RecordType<T, ?> type, Consumer<? super ListOptions.Builder> options) {
        return listAll(type, ListOptions.of(options));
    }

    /** Like {@link #listAll(RecordType)}, with list options. */
    public <T extends LexObject> Pages<RecordPage<T>> listAll(RecordType<T, ?> type, ListOptions options) {
        return records().pages(type, options);
    }

    /**
     * Creates, replaces and deletes records atomically, in one commit. With
     * {@linkplain CallOptions.Builder#idempotentCreates idempotent creates}, a batch that contains only creates is safe
     * to repeat.
     */
    public ApplyWrites.Output applyWrites(Consumer<? super Writes> writes) {
        return applyWrites(writes, WriteOptions.DEFAULTS);
    }

    /** Like {@link #applyWrites(Consumer)}, with write options. */
    public ApplyWrites.Output applyWrites(Consumer<? super Writes> writes, WriteOptions options) {
        Writes collected = new Writes();
        writes.accept(collected);
        return records().apply(collected, options).body();
    }

    /** Creates an untyped record. Its {@code $type} determines the collection. */
    public XrpcResponse<CreateRecord.Output> createRecord(LexMap record, WriteOptions options) {
        return records().create(record, options.rkey(), options);
    }

    /**
     * Reads an untyped record.
     *
     * @param cid the CID of the version to read, or null for the current one
     */
    public XrpcResponse<GetRecord.Output> getRecord(
            AtIdentifier repo, Nsid collection, RecordKey rkey, @Nullable Cid cid) {
        return getRecord(repo, collection, rkey, cid, CallOptions.DEFAULTS);
    }

    /** Like {@link #getRecord(AtIdentifier, Nsid, RecordKey, Cid)}, with call options. */
    public XrpcResponse<GetRecord.Output> getRecord(
            AtIdentifier repo, Nsid collection, RecordKey rkey, @Nullable Cid cid, CallOptions options) {
        return records().get(repo, collection, rkey, cid, options);
    }

    /** Creates or replaces an untyped record. Its {@code $type} determines the collection. */
    public XrpcResponse<PutRecord.Output> putRecord(LexMap record, RecordKey rkey, WriteOptions options) {
        return records().put(record, rkey, options);
    }

    /** Deletes a record of any type. Succeeds if the record doesn't exist. */
    public XrpcResponse<DeleteRecord.Output> deleteRecord(Nsid collection, RecordKey rkey, WriteOptions options) {
        return records().delete(collection, rkey, options);
    }

    /** Returns one page of a collection's records, untyped. */
    public XrpcResponse<ListRecords.Output> listRecords(Nsid collection, ListOptions options) {
        return records().list(collection, options);
    }
}
