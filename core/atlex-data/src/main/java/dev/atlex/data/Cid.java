package dev.atlex.data;

import dev.atlex.data.internal.Base32;
import dev.atlex.data.internal.CidText;
import dev.atlex.data.internal.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A content identifier: the hash of a record's DAG-CBOR or of a blob's bytes, together with what was hashed and how.
 *
 * <p>A CID keeps its text exactly as it was given, and two are equal when their texts are: the same hash written in two
 * multibases makes two unequal CIDs. What the AT Protocol writes itself is always version 1 in base32
 * ({@code bafyrei…} for records, {@code bafkrei…} for blobs). The bytes are decoded when they are asked for.
 *
 * @see <a href="https://atproto.com/specs/data-model#link-and-cid-formats">AT Protocol: link and CID formats</a>
 */
public final class Cid implements LexValue, Comparable<Cid> {
    /** The codec of a record, or of another node of a repository: DAG-CBOR. */
    public static final long CODEC_DAG_CBOR = 0x71;

    /** The codec of a blob: bytes as they are. */
    public static final long CODEC_RAW = 0x55;

    private static final int SHA_256 = 0x12;
    private static final int SHA_256_SIZE = 32;

    private final String text;

    private Cid(String text) {
        this.text = text;
    }

    /**
     * The CID of a text that is valid for the Lexicon string format {@code cid}.
     *
     * @throws InvalidSyntaxException if {@link #isValid} is false
     */
    public static Cid of(String text) {
        String reason = CidText.isBlessed(text) ? null : CidText.whyInvalid(text);
        if (reason != null) {
            throw new InvalidSyntaxException("cid", text, reason);
        }
        return new Cid(text);
    }

    /** The CID of a text that the caller knows to be valid; nothing is checked. */
    public static Cid unchecked(String text) {
        return new Cid(text);
    }

    /**
     * Whether a text is valid for the Lexicon string format {@code cid}: a CID of version 1 in any multibase, 8 to 128
     * characters. One in base32 is checked throughout; of others, as in the interoperability vectors, only the
     * characters.
     */
    public static boolean isValid(String text) {
        return CidText.isBlessed(text) || CidText.whyInvalid(text) == null;
    }

    /**
     * Whether a text may stand in {@code $link}: version 1, base32, the codec DAG-CBOR or raw, and a SHA-256 hash. Such a
     * text has 59 characters and begins with {@code bafyrei} or {@code bafkrei}.
     */
    public static boolean isValidLink(String text) {
        return CidText.isBlessed(text);
    }

    /**
     * The CID of its binary form, as it stands after the zero byte in tag 42 of DAG-CBOR; its text is in base32.
     *
     * @param bytes a CID of version 1
     * @throws InvalidSyntaxException if they are anything else, or are followed by more
     */
    public static Cid ofBytes(byte[] bytes) {
        String text = toBase32(bytes);
        String reason = CidText.isBlessed(text) ? null : CidText.whyInvalid(text);
        if (reason != null) {
            throw new InvalidSyntaxException("cid", text, reason);
        }
        return new Cid(text);
    }

    /** The CID of these bytes if they are what {@link #isValidLink} is true of; otherwise null. */
    static @Nullable Cid ofLink(byte[] bytes, int start, int end) {
        boolean valid = end - start == 4 + SHA_256_SIZE
                && bytes[start] == 1
                && (bytes[start + 1] == CODEC_DAG_CBOR || bytes[start + 1] == CODEC_RAW)
                && bytes[start + 2] == SHA_256
                && bytes[start + 3] == SHA_256_SIZE;
        return valid ? new Cid(Base32.encode('b', bytes, start, end)) : null;
    }

    /** The CID of a record or another node: SHA-256 over its DAG-CBOR. */
    public static Cid ofDagCbor(byte[] encoded) {
        return ofContent((byte) CODEC_DAG_CBOR, encoded);
    }

    /** The CID of a blob: SHA-256 over its content. */
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
     * The binary form.
     *
     * @throws InvalidSyntaxException if the text is in a multibase other than base16, base32, base58btc, base64 and
     *     base64url (the last three without padding), or does not hold a CID of version 1
     */
    public byte[] toByteArray() {
        byte[] bytes = CidText.decode(text);
        if (bytes == null) {
            throw new InvalidSyntaxException("cid", text, "in a multibase that is not supported, or malformed in it");
        }
        if (text.charAt(0) != 'b') {
            structure(); // base32 is all that is checked before
        }
        return bytes;
    }

    /**
     * The version, always 1.
     *
     * @throws InvalidSyntaxException as {@link #toByteArray()}
     */
    public int version() {
        structure();
        return 1;
    }

    /**
     * What was hashed, as a multicodec: {@link #CODEC_DAG_CBOR}, {@link #CODEC_RAW} or a number from 0 to 2^63-1.
     *
     * @throws InvalidSyntaxException as {@link #toByteArray()}
     */
    public long codec() {
        return CidText.codec(structure());
    }

    /**
     * The hash without the prefix that says which; 32 bytes where it is SHA-256.
     *
     * @throws InvalidSyntaxException as {@link #toByteArray()}
     */
    public Bytes digest() {
        byte[] bytes = toByteArray();
        return Bytes.wrap(Arrays.copyOfRange(bytes, CidText.digestStart(structure()), bytes.length));
    }

    /**
     * Whether it is the CID of a record or another node.
     *
     * @throws InvalidSyntaxException as {@link #toByteArray()}
     */
    public boolean isDagCbor() {
        return codec() == CODEC_DAG_CBOR;
    }

    /**
     * Whether it is the CID of a blob.
     *
     * @throws InvalidSyntaxException as {@link #toByteArray()}
     */
    public boolean isRaw() {
        return codec() == CODEC_RAW;
    }

    /** The same CID in base32, checked: the form that can be read in place. */
    private String structure() {
        if (CidText.isBlessed(text)) {
            return text;
        }
        byte[] bytes = CidText.decode(text);
        if (bytes == null) {
            throw new InvalidSyntaxException("cid", text, "in a multibase that is not supported, or malformed in it");
        }
        String base32 = toBase32(bytes);
        String reason = CidText.whyInvalid(base32);
        if (reason != null) {
            throw new InvalidSyntaxException("cid", text, reason);
        }
        return base32;
    }

    /** By text, as {@link #equals}. */
    @Override
    public Kind kind() {
        return Kind.LINK;
    }

    @Override
    public int compareTo(Cid other) {
        return text.compareTo(other.text);
    }

    /** Whether the other is a CID of the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cid that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, exactly as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
