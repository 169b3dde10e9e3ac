package dev.atlex.streams;

import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * The creation, update or deletion of a record. The record is decoded each time it is read. Immutable and thread-safe.
 */
public final class RecordOperation {
    private static final int MAX_SHOWN = 100;

    /** The {@link #action} of a new record. */
    public static final String CREATE = "create";

    /** The {@link #action} of a changed record. */
    public static final String UPDATE = "update";

    /** The {@link #action} of a deleted record. */
    public static final String DELETE = "delete";

    private final Commit commit;
    private final String action;
    private final String path;
    private final @Nullable Cid cid;
    private final RecordSource source;

    /** The data that all operations of a commit share. */
    record Commit(long sequence, Did did, Tid rev, Datetime time) {}

    /** Decodes a record from the data of its event. */
    interface RecordSource {
        /** Decodes the record. */
        <T> T read(@Nullable Cid cid, Codec<T> codec);

        /** Decodes the record without a schema. */
        LexMap read(@Nullable Cid cid);
    }

    /** @param path the collection and the record key, both valid */
    RecordOperation(Commit commit, String action, String path, @Nullable Cid cid, RecordSource source) {
        this.commit = commit;
        this.action = action;
        this.path = path;
        this.cid = cid;
        this.source = source;
    }

    /**
     * Returns {@link #CREATE}, {@link #UPDATE}, {@link #DELETE}, or an action that is unknown to this version of Atlex.
     */
    public String action() {
        return action;
    }

    /** Returns whether the record was deleted. */
    public boolean isDelete() {
        return action.equals(DELETE);
    }

    /** Returns the record's URI. */
    public AtUri uri() {
        return AtUri.unchecked("at://" + commit.did() + "/" + path);
    }

    /** Returns the account. */
    public Did did() {
        return commit.did();
    }

    /** Returns the record's collection. */
    public Nsid collection() {
        return Nsid.unchecked(path.substring(0, path.indexOf('/')));
    }

    /** Returns whether the record is in the collection of a type. */
    public boolean isOf(RecordType<?, ?> type) {
        String collection = type.collection().toString();
        return path.startsWith(collection)
                && path.length() > collection.length()
                && path.charAt(collection.length()) == '/';
    }

    /** Returns the record key. */
    public RecordKey recordKey() {
        return RecordKey.of(path.substring(path.indexOf('/') + 1));
    }

    /** Returns the CID of the new record, or null if the record was deleted. */
    public @Nullable Cid cid() {
        return cid;
    }

    /** Returns the revision of the repository. */
    public Tid rev() {
        return commit.rev();
    }

    /** Returns the sequence number of the event. */
    public long sequence() {
        return commit.sequence();
    }

    /** Returns when the event happened, by the clock of the server. */
    public Datetime time() {
        return commit.time();
    }

    /**
     * Returns the record without a schema, or null if it was deleted. On a firehose, its bytes are checked against its
     * CID.
     *
     * @throws StreamException if the event doesn't contain the record, or its bytes don't match its CID
     * @throws LexDataException if it is malformed
     */
    public @Nullable LexMap record() {
        return isDelete() ? null : source.read(cid);
    }

    /**
     * Like {@link #record()}, with the record's type.
     *
     * @throws StreamException if the event doesn't contain the record, or its bytes don't match its CID
     * @throws LexValidationException if it violates the schema
     * @throws LexDataException if it is malformed
     */
    public <T extends LexObject> @Nullable T record(RecordType<T, ?> type) {
        return isDelete() ? null : source.read(cid, type.codec());
    }

    @Override
    public String toString() {
        return "RecordOperation[" + Excerpt.line(action, MAX_SHOWN) + " " + uri() + "]";
    }
}
