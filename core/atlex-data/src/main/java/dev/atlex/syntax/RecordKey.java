package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The name of a record in its collection, such as {@code 3jzfcijpj2z2a} or {@code self}. In Lexicon, this is the string
 * format {@code record-key}. Record keys are case-sensitive.
 *
 * @see <a href="https://atproto.com/specs/record-key">AT Protocol: record key</a>
 */
public final class RecordKey implements Comparable<RecordKey> {
    /** The key of the only record in a collection, such as a profile: {@code self}. */
    public static final RecordKey SELF = new RecordKey("self");

    private static final int MAX_LENGTH = 512;

    private final String text;

    private RecordKey(String text) {
        this.text = text;
    }

    /**
     * Parses a record key.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static RecordKey of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("record-key", text, reason);
        }
        return new RecordKey(text);
    }

    /** Creates a record key from text that is known to be valid; nothing is checked. */
    public static RecordKey unchecked(String text) {
        return new RecordKey(text);
    }

    /**
     * Returns whether the text is a valid record key: 1 to 512 ASCII letters, digits and {@code . - _ : ~}, but not
     * {@code .} or {@code ..}.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** Returns why that part of the text isn't a valid record key, or null if it is. */
    static @Nullable String whyInvalid(String text, int start, int end) {
        if (start == end) {
            return "is empty";
        }
        if (end - start > MAX_LENGTH) {
            return "longer than 512 characters";
        }
        if (!Chars.areIn(Chars.RECORD_KEY, text, start, end)) {
            return "has a character other than ASCII letters, digits and . - _ : ~";
        }
        boolean dots = end - start <= 2 && text.charAt(start) == '.' && text.charAt(end - 1) == '.';
        return dots ? "\".\" and \"..\" are reserved" : null;
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(RecordKey other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a record key with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordKey that && text.equals(that.text);
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
