package dev.atlex.session.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStore.Key;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** The values of a store's entries. */
public final class Values {
    private Values() {}

    /**
     * A value's bytes in UTF-8.
     *
     * @throws IllegalArgumentException if it is no JSON; the message shows nothing of it
     */
    public static byte[] json(Key key, String value) {
        try {
            ByteBuffer text = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[text.remaining()];
            text.get(bytes);
            LexValue.parseJson(bytes, ReadOptions.LENIENT);
            return bytes;
        } catch (CharacterCodingException | LexException e) {
            // What is wrong with it would show some of it.
            throw new IllegalArgumentException("the value for " + key + " is no JSON");
        }
    }
}
