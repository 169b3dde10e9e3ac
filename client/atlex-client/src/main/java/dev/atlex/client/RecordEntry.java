package dev.atlex.client;

import com.atproto.repo.StrongRef;
import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record with its URI and CID.
 *
 * @param <T> the record's class
 */
public final class RecordEntry<T> {
    private final AtUri uri;
    private final @Nullable Cid cid;
    private final T value;

    /**
     * Creates an entry.
     *
     * @param uri the record's URI
     * @param cid the CID of the record's content, or null if the server didn't return it
     * @param value the record
     */
    public RecordEntry(AtUri uri, @Nullable Cid cid, T value) {
        this.uri = Objects.requireNonNull(uri, "uri");
        this.cid = cid;
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Returns the record's URI. */
    public AtUri uri() {
        return uri;
    }

    /** Returns the CID of the record's content, or null if the server didn't return it. */
    public @Nullable Cid cid() {
        return cid;
    }

    /** Returns the record. */
    public T value() {
        return value;
    }

    /**
     * Returns a reference to this version of the record, for use in likes and replies.
     *
     * @throws IllegalStateException if the server didn't return the CID
     */
    public StrongRef ref() {
        if (cid == null) {
            throw new IllegalStateException("ref: the server returned no CID for " + uri);
        }
        return StrongRefs.of(uri, cid);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordEntry<?> that
                && uri.equals(that.uri)
                && Objects.equals(cid, that.cid)
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, cid, value);
    }

    @Override
    public String toString() {
        return "RecordEntry[" + uri + ", cid=" + cid + ", value=" + value + "]";
    }
}
