package dev.atlex.data;

import dev.atlex.data.internal.Base32;
import dev.atlex.data.internal.CidText;
import dev.atlex.data.internal.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A content identifier: the hash of a record's DAG-CBOR or of a blob's bytes, with its codec and hash function.
 *
 * <p>A CID keeps its original text, and equality compares that text: the same hash in two multibases makes two unequal
 * CIDs. The AT Protocol itself always writes version 1 in base32 ({@code bafyrei…} for records, {@code bafkrei…} for
 * blobs). The bytes are decoded on demand.
 *
 * @see <a href="https://atproto.com/specs/data-model#link-and-cid-formats">AT Protocol: link and CID formats</a>
 */
public final class Cid implements LexValue, Comparable<Cid> {
    /** The codec for records and other nodes of a repository: DAG-CBOR. */
    public static final long CODEC_DAG_CBOR = 0x71;

    /** The codec for blobs: raw bytes. */
    public static final long CODEC_RAW = 0x55;

    private static final int SHA_256 = 0x12;
    private static final int SHA_256_SIZE = 32;

    private final String text;

    private Cid(String text) {
        this.text = text;
    }

    /**
     * Parses a CID that is valid for the Lexicon string format {@code cid}.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static Cid of(String text) {
        String reason = CidText.isBlessed(text) ? null : CidText.whyInvalid(text);
        if (reason != null) {
            throw new InvalidSyntaxException("cid", text, reason);
        }
        return new Cid(text);
    }

    /** Creates a CID from text that is known to be valid; nothing is checked. */
    public static Cid unchecked(String text) {
        return new Cid(text);
    }

    /**
     * Returns whether the text is valid for the Lexicon string format {@code cid}: a CID of version 1 in any multibase,
     * 8 to 128 characters. In base32 it is checked completely. In other multibases only its characters are checked, as
     * in the interoperability vectors.
     */
    public static boolean isValid(String text) {
        return CidText.isBlessed(text) || CidText.whyInvalid(text) == null;
    }

    /**
     * Returns whether the text is valid in {@code $link}: version 1, base32, codec DAG-CBOR or raw, and a SHA-256 hash.
     * Such text has 59 characters and starts with {@code bafyrei} or {@code bafkrei}.
     */
    public static boolean isValidLink(String text) {
        return CidText.isBlessed(text);
    }

    /**
     * Creates a CID from its binary form, as in tag 42 of DAG-CBOR after the zero byte. Its text is in base32.
     *
     * @param bytes a CID of version 1
     * @throws InvalidSyntaxException if the bytes aren't exactly one CID of version 1
     */
    public static Cid ofBytes(byte[] bytes) {
        String text = toBase32(bytes);
        String reason = CidText.isBlessed(text) ? null : CidText.whyInvalid(text);
        if (reason != null) {
            throw new InvalidSyntaxException("cid", text, reason);
        }
        return new Cid(text);
    }

    /** Returns the CID in a range of the bytes, or null if {@link #isValidLink} would reject it. */
    static @Nullable Cid ofLink(byte[] bytes, int start, int end) {
        boolean valid = end - start == 4 + SHA_256_SIZE
                && bytes[start] == 1
                && (bytes[start + 1] == CODEC_DAG_CBOR || bytes[start + 1] == CODEC_RAW)
                && bytes[start + 2] == SHA_256
                && bytes[start + 3] == SHA_256_SIZE;
        return valid ? new Cid(Base32.encode('b', bytes, start, end)) : null;
    }

    /** Computes the CID of a record or other node, from the SHA-256 hash of its DAG-CBOR. */
    public static Cid ofDagCbor(byte[] encoded) {
        return ofContent((byte) CODEC_DAG_CBOR, encoded);
    }

    /** Computes the CID of a blob, from the SHA-256 hash of its content. */
    public static Cid ofRaw(byte[] content) {
        return ofContent((byte) CODEC_RAW, content);
    }

    private static Cid ofContent(byte codec, byte[] content) {
        byte[] cid = new byte[4 + SHA_256_SIZE];
        cid[0] = 1;
        cid[1] = codec;
        cid[2] = SHA_256;
        cid[3] = SHA_256_SIZE;
        System.arraycopy(Sha256.hash(content), 0, cid, 4, SHA_256_SIZE);
        return new Cid(toBase32(cid));
    }

    private static String toBase32(byte[] bytes) {
        return Base32.encode('b', bytes, 0, bytes.length);
    }

    /**
     * Returns the binary form.
     *
     * @throws InvalidSyntaxException if the text is in a multibase other than base16, base32, base58btc, base64 and
     *     base64url (the last three without padding), or doesn't contain a CID of version 1
     */
    public byte[] toByteArray() {
        byte[] bytes = CidText.decode(text);
        if (bytes == null) {
            throw new InvalidSyntaxException("cid", text, "unsupported multibase, or malformed");
        }
        if (text.charAt(0) != 'b') {
            structure(); // only base32 has been checked before
        }
        return bytes;
    }

    /**
     * Returns the version, always 1.
     *
     * @throws InvalidSyntaxException for the same reasons as {@link #toByteArray()}
     */
    public int version() {
        structure();
        return 1;
    }

    /**
     * Returns the multicodec of the hashed content: {@link #CODEC_DAG_CBOR}, {@link #CODEC_RAW} or a number from 0 to
     * 2^63-1.
     *
     * @throws InvalidSyntaxException for the same reasons as {@link #toByteArray()}
     */
    public long codec() {
        return CidText.codec(structure());
    }

    /**
     * Returns the hash without its multihash prefix; 32 bytes for SHA-256.
     *
     * @throws InvalidSyntaxException for the same reasons as {@link #toByteArray()}
     */
    public Bytes digest() {
        byte[] bytes = toByteArray();
        return Bytes.wrap(Arrays.copyOfRange(bytes, CidText.digestStart(structure()), bytes.length));
    }

    /**
     * Returns whether this is the CID of a record or other node.
     *
     * @throws InvalidSyntaxException for the same reasons as {@link #toByteArray()}
     */
    public boolean isDagCbor() {
        return codec() == CODEC_DAG_CBOR;
    }

    /**
     * Returns whether this is the CID of a blob.
     *
     * @throws InvalidSyntaxException for the same reasons as {@link #toByteArray()}
     */
    public boolean isRaw() {
        return codec() == CODEC_RAW;
    }

    /** Returns the CID in base32, after checking it. */
    private String structure() {
        if (CidText.isBlessed(text)) {
            return text;
        }
        byte[] bytes = CidText.decode(text);
        if (bytes == null) {
            throw new InvalidSyntaxException("cid", text, "unsupported multibase, or malformed");
        }
        String base32 = toBase32(bytes);
        String reason = CidText.whyInvalid(base32);
        if (reason != null) {
            throw new InvalidSyntaxException("cid", text, reason);
        }
        return base32;
    }

    @Override
    public Kind kind() {
        return Kind.LINK;
    }

    /** Compares the string forms, consistently with {@link #equals}. */
    @Override
    public int compareTo(Cid other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a CID with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cid that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the original text. */
    @Override
    public String toString() {
        return text;
    }
}
