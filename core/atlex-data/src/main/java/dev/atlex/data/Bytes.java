package dev.atlex.data;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A byte string of the data model, immutable: what a Lexicon calls {@code bytes}. In JSON it is
 * {@code {"$bytes": "…"}} with the text of {@link #toBase64()}, in DAG-CBOR a byte string.
 */
public final class Bytes implements LexValue {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /**
     * These bytes, not copied: the caller hands the array over and must not change it any more.
     *
     * @see #of(byte[])
     */
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    /**
     * The bytes of a base64 text, with or without padding, in the standard alphabet ({@code +} and {@code /}). Bits that
     * the last character has to spare are ignored, as the reference implementation does.
     *
     * @throws InvalidSyntaxException if the text has other characters (white space and the URL-safe alphabet included),
     *     a wrong length or wrong padding
     */
    public static Bytes fromBase64(String text) {
        Bytes bytes = tryFromBase64(text);
        if (bytes == null) {
            throw new InvalidSyntaxException("base64", text, "not of the standard alphabet, or of a wrong length");
        }
        return bytes;
    }

    static @Nullable Bytes tryFromBase64(String text) {
        try {
            return wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public Kind kind() {
        return Kind.BYTES;
    }

    /** The text that {@code $bytes} has in JSON: base64 in the standard alphabet, without padding. */
    public String toBase64() {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    /** A read-only view of the bytes, at position 0. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** A stream over the bytes, which are not copied. */
    public InputStream asInputStream() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The size only, for example {@code Bytes[12]}: the content may be long, or secret. */
    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
