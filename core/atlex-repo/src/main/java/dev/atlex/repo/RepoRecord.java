package dev.atlex.repo;

import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record in a repository. */
public final class RepoRecord {
    private final String key;
    private final Cid cid;
    private final byte[] block;

    RepoRecord(String key, Cid cid, byte[] block) {
        this.key = key;
        this.cid = cid;
        this.block = block;
    }

    /** Returns the key in the tree, such as {@code app.bsky.feed.post/3jzfcijpj2z2a}. */
    public String key() {
        return key;
    }

    /** Returns the collection, the part of the key before the slash. It may not be a valid NSID. */
    public String collection() {
        return key.substring(0, key.indexOf('/'));
    }

    /** Returns the record key, the part of the key after the slash. It may not be a valid record key. */
    public String rkey() {
        return key.substring(key.indexOf('/') + 1);
    }

    /** Returns the CID. */
    public Cid cid() {
        return cid;
    }

    /** Returns the DAG-CBOR. The caller must not modify the array. */
    public byte[] block() {
        return block;
    }

    /**
     * Decodes the record leniently and without its schema, so nothing is lost.
     *
     * @throws LexDataException if the block isn't DAG-CBOR
     */
    public LexValue value() {
        return LexValue.parseCbor(block, ReadOptions.LENIENT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RepoRecord that
                && key.equals(that.key)
                && cid.equals(that.cid)
                && Arrays.equals(block, that.block);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + cid.hashCode();
    }

    @Override
    public String toString() {
        return "RepoRecord[" + key + ", " + cid + "]";
    }
}
