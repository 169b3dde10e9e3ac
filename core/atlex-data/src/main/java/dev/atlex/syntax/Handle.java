package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A handle: the name of an account that people read and write, a domain name with at least two labels, for example
 * {@code alice.bsky.social}. The Lexicon string format {@code handle}.
 *
 * <p>Upper and lower case mean the same, but the text is kept as it was given and equality is by text: compare
 * {@link #normalized()} handles.
 *
 * @see <a href="https://atproto.com/specs/handle">AT Protocol: handle</a>
 */
public final class Handle implements AtIdentifier, Comparable<Handle> {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;

    private final String text;

    private Handle(String text) {
        this.text = text;
    }

    /**
     * The handle of this text.
     *
     * @throws InvalidSyntaxException if {@link #isValid} is false
     */
    public static Handle of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("handle", text, reason);
        }
        return new Handle(text);
    }

    /** The handle of a text that the caller knows to be valid; nothing is checked. */
    public static Handle unchecked(String text) {
        return new Handle(text);
    }

    /** Whether this text is a handle, in any case. Top-level domains that can't be registered are valid here. */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** What is wrong with the part of the text as a handle, or null. */
    static @Nullable String whyInvalid(String text, int start, int end) {
        if (end - start > MAX_LENGTH) {
            return "longer than 253 characters";
        }
        int label = start;
        int labels = 0;
        for (int i = start; i <= end; i++) {
            char c = i == end ? '.' : text.charAt(i);
            if (c == '.') {
                if (i == label) {
                    return "has an empty label";
                }
                if (i - label > MAX_LABEL) {
                    return "has a label longer than 63 characters";
                }
                if (text.charAt(label) == '-' || text.charAt(i - 1) == '-') {
                    return "has a label that begins or ends with a hyphen";
                }
                labels++;
                if (i == end) {
                    break;
                }
                label = i + 1;
            } else if (!Chars.isAlphanumeric(c) && c != '-') {
                return "has a character other than ASCII letters, digits, hyphens and dots";
            }
        }
        if (labels < 2) {
            return "has fewer than two labels";
        }
        return Chars.isDigit(text.charAt(label)) ? "its last label begins with a digit" : null;
    }

    /** The same handle in lower case. */
    public Handle normalized() {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals(text) ? this : new Handle(lower);
    }

    /**
     * Whether it is {@code handle.invalid}, which stands for a handle that could not be verified against its account:
     * nothing to show to people, nor to look up.
     */
    public boolean isInvalid() {
        return text.equalsIgnoreCase("handle.invalid");
    }

    /** By text. */
    @Override
    public int compareTo(Handle other) {
        return text.compareTo(other.text);
    }

    /** Whether the other is a handle of the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Handle that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, exactly as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
