package dev.atlex.data;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An immutable byte string in the data model, the Lexicon type {@code bytes}. In JSON it is {@code {"$bytes": "…"}}
 * with the text of {@link #toBase64()}; in DAG-CBOR it is a byte string.
 */
public final class Bytes implements LexValue {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Creates a byte string with a copy of the bytes. */
    public static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /**
     * Creates a byte string that takes ownership of the array. The caller must not modify it afterward.
     *
     * @see #of(byte[])
     */
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    /**
     * Decodes base64 in the standard alphabet ({@code +} and {@code /}), with or without padding. Like the reference
     * implementation, this ignores unused bits of the last character.
     *
     * @throws InvalidSyntaxException if the text contains other characters, including whitespace and the URL-safe
     *     alphabet, or if its length or padding is wrong
     */
    public static Bytes fromBase64(String text) {
        Bytes bytes = tryFromBase64(text);
        if (bytes == null) {
            throw new InvalidSyntaxException("base64", text, "invalid character or length");
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

    /** Returns the bytes in base64 as in {@code $bytes}: in the standard alphabet, without padding. */
    public String toBase64() {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Returns a read-only view of the bytes, at position 0. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Returns a stream over the bytes, without copying them. */
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

    /** Returns only the size, such as {@code Bytes[12]}, because the content may be long or secret. */
    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
