package dev.atlex.syntax;

/**
 * Validates the Lexicon string format {@code uri}. Its values stay Strings, because {@link java.net.URI} rejects many
 * URIs that are in use, such as those with characters outside ASCII.
 *
 * @see <a href="https://atproto.com/specs/lexicon#uri">AT Protocol: Lexicon, uri</a>
 */
public final class Uris {
    private static final int MAX_BYTES = 8192;

    private Uris() {}

    /**
     * Returns whether the text is a valid URI with any scheme: a scheme as in RFC 3986, a colon, and at least one
     * character, without whitespace or control characters; at most 8192 bytes in UTF-8. Like the reference
     * implementation, this accepts characters that RFC 3986 requires to be encoded.
     */
    public static boolean isValid(String text) {
        int length = text.length();
        if (length > MAX_BYTES || length > MAX_BYTES / 3 && utf8Length(text) > MAX_BYTES) {
            return false;
        }
        int colon = schemeEnd(text);
        if (colon < 0) {
            return false;
        }
        int rest = text.startsWith("//", colon + 1) ? colon + 3 : colon + 1;
        if (rest >= length) {
            return false;
        }
        return Chars.areIn(Chars.VISIBLE, text, rest, length) || isWithoutSpaces(text, rest);
    }

    private static boolean isWithoutSpaces(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Chars.isIn(Chars.VISIBLE, c) && (c < 0x80 || isSpace(c))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the index of the colon after the scheme, or -1 if there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            if (!Chars.isLetter(c) && (i == 0 || !Chars.isDigit(c) && c != '+' && c != '-' && c != '.')) {
                return -1;
            }
        }
        return -1;
    }

    /**
     * Returns whether JavaScript's regular expressions treat a character outside ASCII as whitespace.
     */
    private static boolean isSpace(char c) {
        return c == 0xa0
                || c == 0x1680
                || c >= 0x2000 && c <= 0x200a
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000
                || c == 0xfeff;
    }

    /** Returns the number of bytes in UTF-8; a lone surrogate counts as 3. */
    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
