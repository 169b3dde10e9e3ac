package dev.atlex.repo;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * A signed commit, version 3: the account, the root of its tree, and the revision. The CID of a commit identifies the
 * state of the whole repository.
 *
 * <p><b>Signatures aren't verified yet.</b> {@link #parse} checks only the form of a commit. To verify the signature
 * with the account's signing key, use {@link #unsigned()} and {@link #sig()}.
 *
 * @see <a href="https://atproto.com/specs/repository#commit-objects">AT Protocol: commit objects</a>
 */
public final class Commit {
    /** The only supported version of the format. */
    public static final int VERSION = 3;

    private final LexMap fields;
    private final byte[] block;
    private final Cid cid;
    private final Did did;
    private final Cid data;
    private final Tid rev;
    private final Bytes sig;

    private Commit(LexMap fields, byte[] block) {
        this.fields = fields;
        this.block = block;
        this.cid = Cid.ofDagCbor(block);
        Long version = fields.getInteger("version");
        if (version == null || version != VERSION) {
            throw new RepoException("commit: unsupported version (got " + version + "): only version 3 is supported");
        }
        this.did = Did.of(text(fields, "did"));
        this.rev = Tid.of(text(fields, "rev"));
        if (!(fields.get("data") instanceof Cid root)) {
            throw new RepoException("commit: data is missing or not a link");
        }
        this.data = root;
        if (!(fields.get("sig") instanceof Bytes signature)) {
            throw new RepoException("commit: sig is missing or not bytes");
        }
        this.sig = signature;
        LexValue prev = fields.get("prev");
        if (prev != null && !(prev instanceof Cid) && !prev.equals(LexValue.ofNull())) {
            throw new RepoException("commit: prev is neither a link nor null");
        }
    }

    private static String text(LexMap fields, String name) {
        String text = fields.getString(name);
        if (text == null) {
            throw new RepoException("commit: " + name + " is missing or not a string");
        }
        return text;
    }

    /**
     * Creates and signs a commit.
     *
     * @param did the account
     * @param data the root of the tree, {@link Mst#root()}
     * @param rev the revision, which must be greater than the previous commit's
     * @param key the account's signing key
     */
    public static Commit sign(Did did, Cid data, Tid rev, P256PrivateKey key) {
        LexMap unsigned = LexMap.builder()
                .put("did", did.toString())
                .put("rev", rev.toString())
                .put("data", data)
                .put("prev", LexValue.ofNull())
                .put("version", VERSION)
                .build();
        Bytes sig = Bytes.wrap(key.signLowS(unsigned.toCbor()));
        LexMap signed = unsigned.toBuilder().put("sig", sig).build();
        return new Commit(signed, signed.toCbor());
    }

    /**
     * Parses a commit. Its signature isn't verified.
     *
     * @param block the commit in DAG-CBOR, which the caller must not modify afterward
     * @throws RepoException if the bytes aren't a commit of version 3
     */
    public static Commit parse(byte[] block) {
        try {
            if (LexValue.parseCbor(block) instanceof LexMap fields) {
                return new Commit(fields, block);
            }
        } catch (RepoException e) {
            throw e;
        } catch (LexException e) {
            throw new RepoException("commit: " + e.getMessage(), e);
        }
        throw new RepoException("commit: not a map");
    }

    /** Returns the CID of this commit. */
    public Cid cid() {
        return cid;
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the root of the tree. */
    public Cid data() {
        return data;
    }

    /** Returns the revision, which increases with each commit. */
    public Tid rev() {
        return rev;
    }

    /** Returns the CID of the previous commit, or null. Servers no longer set it. */
    public @Nullable Cid prev() {
        return fields.get("prev") instanceof Cid prev ? prev : null;
    }

    /** Returns the signature, which isn't verified. */
    public Bytes sig() {
        return sig;
    }

    /** Returns the DAG-CBOR without the signature: the bytes that are signed. */
    public byte[] unsigned() {
        return fields.toBuilder().remove("sig").build().toCbor();
    }

    /** Returns the DAG-CBOR. The caller must not modify the array. */
    public byte[] block() {
        return block;
    }

    /** Returns whether the other object is the same commit, with the same signature. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Commit that && cid.equals(that.cid);
    }

    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return "Commit[" + did + ", rev=" + rev + ", data=" + data + "]";
    }
}
