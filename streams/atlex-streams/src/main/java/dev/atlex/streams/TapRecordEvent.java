package dev.atlex.streams;

import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a record was created, updated or deleted. The record is decoded each time it is read. Tap has verified the
 * commit's signature and the record's hash. Immutable and thread-safe.
 */
public final class TapRecordEvent implements TapEvent {
    private final long id;
    private final boolean live;
    private final Did did;
    private final Tid rev;
    private final String action;
    private final String path;
    private final @Nullable Cid cid;
    private final RecordOperation.RecordSource source;

    /** @param path the collection and the record key, both valid */
    TapRecordEvent(
            long id,
            boolean live,
            Did did,
            Tid rev,
            String action,
            String path,
            @Nullable Cid cid,
            RecordOperation.RecordSource source) {
        this.id = id;
        this.live = live;
        this.did = did;
        this.rev = rev;
        this.action = action;
        this.path = path;
        this.cid = cid;
        this.source = source;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Did did() {
        return did;
    }

    /**
     * Returns whether the change has just happened. False if the record was already in the repository when Tap fetched
     * it, or was found by fetching it again.
     */
    public boolean live() {
        return live;
    }

    /**
     * Returns {@link RecordOperation#CREATE}, {@link RecordOperation#UPDATE}, {@link RecordOperation#DELETE}, or an
     * action that is unknown to this version of Atlex.
     */
    public String action() {
        return action;
    }

    /** Returns whether the record was deleted. */
    public boolean isDelete() {
        return action.equals(RecordOperation.DELETE);
    }

    /** Returns the record's URI. */
    public AtUri uri() {
        return AtUri.unchecked("at://" + did + "/" + path);
    }

    /** Returns the record's collection. */
    public Nsid collection() {
        return Nsid.unchecked(path.substring(0, path.indexOf('/')));
    }

    /** Returns whether the record is in the collection of a type. */
    public boolean isOf(RecordType<?, ?> type) {
        return collection().equals(type.collection());
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
        return rev;
    }

    /**
     * Returns the record without a schema, or null if it was deleted.
     *
     * @throws StreamException if the event doesn't contain the record
     */
    public @Nullable LexMap record() {
        return isDelete() ? null : source.read(cid);
    }

    /**
     * Like {@link #record()}, with the record's type.
     *
     * @throws StreamException if the event doesn't contain the record
     * @throws LexValidationException if it violates the schema
     * @throws LexDataException if it is malformed
     */
    public <T extends LexObject> @Nullable T record(RecordType<T, ?> type) {
        return isDelete() ? null : source.read(cid, type.codec());
    }

    @Override
    public String toString() {
        return "TapRecordEvent[id " + id + ", " + action + " " + uri() + (live ? ", live" : "") + "]";
    }
}
