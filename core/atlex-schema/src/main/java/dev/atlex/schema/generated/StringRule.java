package dev.atlex.schema.generated;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.Choices;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.schema.internal.Utf8;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The constraints of a string, and its codec. Immutable; each method adds a constraint. */
public final class StringRule implements Codec<String> {
    /** A string of which nothing more is asked. */
    public static final StringRule ANY = new StringRule(0, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, Set.of());

    private final int minLength;
    private final int maxLength;
    private final int minGraphemes;
    private final int maxGraphemes;
    private final Set<String> allowed;

    private StringRule(int minLength, int maxLength, int minGraphemes, int maxGraphemes, Set<String> allowed) {
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.minGraphemes = minGraphemes;
        this.maxGraphemes = maxGraphemes;
        this.allowed = allowed;
    }

    /** At least so many bytes of UTF-8. */
    public StringRule minLength(int bytes) {
        return new StringRule(bytes, maxLength, minGraphemes, maxGraphemes, allowed);
    }

    /** At most so many bytes of UTF-8. */
    public StringRule maxLength(int bytes) {
        return new StringRule(minLength, bytes, minGraphemes, maxGraphemes, allowed);
    }

    /** At least so many grapheme clusters: what a person calls characters. */
    public StringRule minGraphemes(int count) {
        return new StringRule(minLength, maxLength, count, maxGraphemes, allowed);
    }

    /** At most so many grapheme clusters: what a person calls characters. */
    public StringRule maxGraphemes(int count) {
        return new StringRule(minLength, maxLength, minGraphemes, count, allowed);
    }

    /** One of these only: {@code enum}, and {@code const} as an enum of one. */
    public StringRule oneOf(String... values) {
        return new StringRule(minLength, maxLength, minGraphemes, maxGraphemes, new LinkedHashSet<>(List.of(values)));
    }

    @Override
    public String read(LexReader reader) {
        String value = reader.readString();
        if (reader.validating()) {
            check(value, reader);
        }
        return value;
    }

    private void check(String value, LexReader reader) {
        // A character is one to three bytes of UTF-8, and at least one is needed for a grapheme: mostly that settles
        // it.
        int chars = value.length();
        if (minLength > 0 && chars < minLength) {
            int bytes = Utf8.length(value);
            if (bytes < minLength) {
                throw reader.invalid(
                        "minLength", "string of at least " + minLength + " bytes", bytes + " bytes", value);
            }
        }
        if (chars > maxLength / 3) {
            int bytes = Utf8.length(value);
            if (bytes > maxLength) {
                throw reader.invalid("maxLength", "string of at most " + maxLength + " bytes", bytes + " bytes", value);
            }
        }
        if (chars > maxGraphemes && Graphemes.exceeds(value, maxGraphemes)) {
            throw reader.invalid(
                    "maxGraphemes",
                    "string of at most " + maxGraphemes + " graphemes",
                    Graphemes.count(value) + " graphemes",
                    value);
        }
        if (minGraphemes > 0 && !Graphemes.isAtLeast(value, minGraphemes)) {
            throw reader.invalid(
                    "minGraphemes",
                    "string of at least " + minGraphemes + " graphemes",
                    Graphemes.count(value) + " graphemes",
                    value);
        }
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw reader.invalid(allowed.size() == 1 ? "const" : "enum", Choices.oneOf(allowed), "", value);
        }
    }

    @Override
    public void write(LexWriter writer, String value) {
        writer.string(value);
    }
}
