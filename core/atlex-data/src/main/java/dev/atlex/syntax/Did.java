package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A decentralized identifier: the lasting name of an account, for example {@code did:plc:ewvi7nxzyoun6zhxrhs64oiz} or
 * {@code did:web:example.com}. The Lexicon string format {@code did}.
 *
 * <p>Any method is accepted; whether one can be resolved is for the resolver to say. Upper and lower case differ.
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
     * The DID of this text.
     *
     * @throws InvalidSyntaxException if {@link #isValid} is false
     */
    public static Did of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("did", text, reason);
        }
        return new Did(text);
    }

    /** The DID of a text that the caller knows to be valid; nothing is checked. */
    public static Did unchecked(String text) {
        return new Did(text);
    }

    /** Whether this text is a DID of any method, at most 2048 characters long. Percent-encoding is not looked into. */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** What is wrong with the part of the text as a DID, or null. */
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
            return "its method must be lower-case letters, with a colon after them";
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

    /** The method, for example {@code plc}. */
    public String method() {
        return text.substring(PREFIX.length(), text.indexOf(':', PREFIX.length()));
    }

    /** What follows the method, for example {@code ewvi7nxzyoun6zhxrhs64oiz}; it may hold more colons. */
    public String identifier() {
        return text.substring(text.indexOf(':', PREFIX.length()) + 1);
    }

    /** By text. */
    @Override
    public int compareTo(Did other) {
        return text.compareTo(other.text);
    }

    /** Whether the other is a DID of the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Did that && text.equals(that.text);
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
