package dev.atlex.session.internal.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.store.SessionStore.Key;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** The values of a store's entries. */
public final class Values {
    /** Sessions have some kilobytes; this is far more, and still little enough to be read at once. */
    public static final int MOST_BYTES = 4 << 20;

    private Values() {}

    /**
     * A value's bytes in UTF-8.
     *
     * @throws IllegalArgumentException if it is no JSON, or too long; the message shows nothing of it
     */
    public static byte[] json(Key key, String value) {
        try {
            // A character takes a byte at least; a value that is far too long is not even encoded.
            if (value.length() > MOST_BYTES) {
                throw tooLong(key);
            }
            ByteBuffer text = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[text.remaining()];
            text.get(bytes);
            if (bytes.length > MOST_BYTES) {
                throw tooLong(key);
            }
            LexValue.parseJson(bytes, ReadOptions.LENIENT);
            return bytes;
        } catch (CharacterCodingException | LexException e) {
            // What is wrong with it would show some of it.
            throw new IllegalArgumentException("the value for " + key + " is no JSON");
        }
    }

    private static IllegalArgumentException tooLong(Key key) {
        return new IllegalArgumentException("the value for " + key + " has more than " + MOST_BYTES + " bytes");
    }
}
