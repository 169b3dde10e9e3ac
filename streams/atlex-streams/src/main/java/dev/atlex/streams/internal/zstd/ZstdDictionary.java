package dev.atlex.streams.internal.zstd;

import dev.atlex.streams.ZstdDecoderProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A dictionary with its decoder.
 *
 * @param id the id in the dictionary's header, which a handshake sends to the server
 */
record ZstdDictionary(long id, ZstdDecoderProvider.Decoder decoder) {
    private static final int MAGIC = 0xEC30A437;
    private static final int HEADER = 8;

    /**
     * Reads the header of a dictionary and creates a decoder.
     *
     * @throws IllegalArgumentException if it isn't a valid dictionary
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-5">RFC 8878: dictionary format</a>
     */
    static ZstdDictionary of(byte[] bytes, ZstdDecoderProvider provider) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER || header.getInt() != MAGIC) {
            throw new IllegalArgumentException("not a Zstandard dictionary (got " + bytes.length + " bytes)");
        }
        return new ZstdDictionary(Integer.toUnsignedLong(header.getInt()), provider.create(bytes));
    }
}
