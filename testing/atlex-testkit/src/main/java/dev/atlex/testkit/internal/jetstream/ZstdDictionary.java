package dev.atlex.testkit.internal.jetstream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;

/**
 * A dictionary and the function that compresses frames with it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-5">RFC 8878: dictionary format</a>
 */
public record ZstdDictionary(byte[] bytes, UnaryOperator<byte[]> compressor) {
    private static final int MAGIC = 0xEC30A437;
    private static final int HEADER = 8;

    /** @throws IllegalArgumentException if the bytes aren't a dictionary with an id */
    public ZstdDictionary {
        if (bytes.length < HEADER || littleEndian(bytes).getInt(0) != MAGIC) {
            throw new IllegalArgumentException("not a Zstandard dictionary (got " + bytes.length + " bytes)");
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the id in the header. */
    public long id() {
        return Integer.toUnsignedLong(littleEndian(bytes).getInt(4));
    }
}
