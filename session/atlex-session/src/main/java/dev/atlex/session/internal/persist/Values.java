package dev.atlex.session.internal.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** Checks the values of a store's entries. */
public final class Values {
    /**
     * The maximum size of a value. A session takes a few kilobytes. This is far more, but still small enough to read
     * into memory at once.
     */
    public static final int MAX_BYTES = 4 << 20;

    private Values() {}

    /**
     * Returns a value in UTF-8.
     *
     * @param key the entry's key, for messages
     * @throws IllegalArgumentException if the value isn't JSON or exceeds {@link #MAX_BYTES}; the message doesn't
     *     quote the value
     */
    public static byte[] utf8(String key, String value) {
        try {
            // Each character takes at least one byte, so a value that is far too long isn't even encoded.
            if (value.length() > MAX_BYTES) {
                throw tooLong(key);
            }
            ByteBuffer text = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[text.remaining()];
            text.get(bytes);
            if (bytes.length > MAX_BYTES) {
                throw tooLong(key);
            }
            LexValue.parseJson(bytes, ReadOptions.LENIENT);
            return bytes;
        } catch (CharacterCodingException | LexException e) {
            // The cause would quote a part of the value, which is a secret.
            throw new IllegalArgumentException("invalid value for " + key + ": not JSON");
        }
    }

    private static IllegalArgumentException tooLong(String key) {
        return new IllegalArgumentException("invalid value for " + key + ": more than " + MAX_BYTES + " bytes");
    }
}
