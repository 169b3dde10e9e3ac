package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A decentralized identifier: the permanent identifier of an account, such as {@code did:plc:ewvi7nxzyoun6zhxrhs64oiz}
 * or {@code did:web:example.com}. In Lexicon, this is the string format {@code did}.
 *
 * <p>Accepts any method, including those that can't be resolved. DIDs are case-sensitive.
 *
 * @see <a href="https://atproto.com/specs/did">AT Protocol: DID</a>
 */
public final class Did implements AtIdentifier, Comparable<Did> {
    private static final int MAX_LENGTH = 2048;
    private static final String PREFIX = "did:";

    private final String text;

    private Did(String text) {
        this.text = text;
    }

    /**
     * Parses a DID.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static Did of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("did", text, reason);
        }
        return new Did(text);
    }

    /** Creates a DID from text that is known to be valid; nothing is checked. */
    public static Did unchecked(String text) {
        return new Did(text);
    }

    /**
     * Returns whether the text is a valid DID of any method, at most 2048 characters long. Percent-encoding isn't
     * checked.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** Returns why that part of the text isn't a valid DID, or null if it is. */
    static @Nullable String whyInvalid(String text, int start, int end) {
        if (end - start > MAX_LENGTH) {
            return "longer than 2048 characters";
        }
        if (!text.startsWith(PREFIX, start)) {
            return "does not begin with \"did:\"";
        }
        int method = start + PREFIX.length();
        int at = method;
        while (at < end && Chars.isLower(text.charAt(at))) {
            at++;
        }
        if (at == method || at >= end || text.charAt(at) != ':') {
            return "its method must consist of lowercase letters, followed by a colon";
        }
        if (at + 1 == end) {
            return "has nothing after its method";
        }
        if (!Chars.areIn(Chars.DID, text, at + 1, end)) {
            return "has a character other than ASCII letters, digits and . _ : % -";
        }
        char last = text.charAt(end - 1);
        return last == ':' || last == '%' ? "ends with a colon or a percent sign" : null;
    }

    /** Returns the method, such as {@code plc}. */
    public String method() {
        return text.substring(PREFIX.length(), text.indexOf(':', PREFIX.length()));
    }

    /** Returns the part after the method, such as {@code ewvi7nxzyoun6zhxrhs64oiz}. It may contain colons. */
    public String identifier() {
        return text.substring(text.indexOf(':', PREFIX.length()) + 1);
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(Did other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a DID with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Did that && text.equals(that.text);
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
