package dev.atlex.schema.generated;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.ConstraintText;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.schema.internal.Utf8;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The constraints on a string, and its codec. Immutable; each method adds a constraint. */
public final class StringRule implements Codec<String> {
    /** Any string. */
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

    /** Adds a minimum length in UTF-8 bytes. */
    public StringRule minLength(int bytes) {
        return new StringRule(bytes, maxLength, minGraphemes, maxGraphemes, allowed);
    }

    /** Adds a maximum length in UTF-8 bytes. */
    public StringRule maxLength(int bytes) {
        return new StringRule(minLength, bytes, minGraphemes, maxGraphemes, allowed);
    }

    /** Adds a minimum number of grapheme clusters: user-perceived characters. */
    public StringRule minGraphemes(int count) {
        return new StringRule(minLength, maxLength, count, maxGraphemes, allowed);
    }

    /** Adds a maximum number of grapheme clusters: user-perceived characters. */
    public StringRule maxGraphemes(int count) {
        return new StringRule(minLength, maxLength, minGraphemes, count, allowed);
    }

    /** Adds {@code enum}, or {@code const} as an enum of one value. */
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
        // A char takes one to three bytes of UTF-8, and a grapheme takes at least one char. So comparing the number of
        // chars is usually enough.
        int chars = value.length();
        if (minLength > 0 && chars < minLength) {
            int bytes = Utf8.length(value);
            if (bytes < minLength) {
                throw reader.invalid(
                        "minLength",
                        "a string of at least " + ConstraintText.count(minLength, "byte"),
                        ConstraintText.count(bytes, "byte"),
                        value);
            }
        }
        if (chars > maxLength / 3) {
            int bytes = Utf8.length(value);
            if (bytes > maxLength) {
                throw reader.invalid(
                        "maxLength",
                        "a string of at most " + ConstraintText.count(maxLength, "byte"),
                        ConstraintText.count(bytes, "byte"),
                        value);
            }
        }
        if (chars > maxGraphemes && Graphemes.exceeds(value, maxGraphemes)) {
            throw reader.invalid(
                    "maxGraphemes",
                    "a string of at most " + ConstraintText.count(maxGraphemes, "grapheme"),
                    ConstraintText.count(Graphemes.count(value), "grapheme"),
                    value);
        }
        if (minGraphemes > 0 && !Graphemes.isAtLeast(value, minGraphemes)) {
            throw reader.invalid(
                    "minGraphemes",
                    "a string of at least " + ConstraintText.count(minGraphemes, "grapheme"),
                    ConstraintText.count(Graphemes.count(value), "grapheme"),
                    value);
        }
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw reader.invalid(allowed.size() == 1 ? "const" : "enum", ConstraintText.oneOf(allowed), "", value);
        }
    }

    @Override
    public void write(LexWriter writer, String value) {
        writer.string(value);
    }
}
