package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A handle: the human-readable name of an account, a domain name with at least two labels, such as
 * {@code alice.bsky.social}. In Lexicon, this is the string format {@code handle}.
 *
 * <p>Handles are case-insensitive, but the original text is kept and {@link #equals} compares it. To compare handles,
 * use {@link #normalized()} ones.
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
     * Parses a handle.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static Handle of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("handle", text, reason);
        }
        return new Handle(text);
    }

    /** Creates a handle from text that is known to be valid; nothing is checked. */
    public static Handle unchecked(String text) {
        return new Handle(text);
    }

    /**
     * Returns whether the text is a valid handle in uppercase or lowercase. Reserved top-level domains are valid here.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** Returns why that part of the text isn't a valid handle, or null if it is. */
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

    /** Returns the handle in lowercase. */
    public Handle normalized() {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals(text) ? this : new Handle(lower);
    }

    /**
     * Returns whether this is {@code handle.invalid}, the placeholder for a handle that can't be verified. It should be
     * neither displayed nor resolved.
     */
    public boolean isInvalid() {
        return text.equalsIgnoreCase("handle.invalid");
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(Handle other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a handle with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Handle that && text.equals(that.text);
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
