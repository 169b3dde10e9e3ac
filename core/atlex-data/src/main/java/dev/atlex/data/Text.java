package dev.atlex.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.internal.Excerpt;

/**
 * Converts strings to and from UTF-8. Strings in Java, as in JavaScript, can contain lone surrogates, which UTF-8 can't
 * represent. JSON escapes them; all other output has U+FFFD instead.
 */
final class Text {
    private static final char REPLACEMENT = '\ufffd';

    private Text() {}

    /** Returns whether the text contains a surrogate without its other half. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Excerpt.isLoneSurrogate(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Encodes the text in UTF-8, with lone surrogates replaced by U+FFFD. */
    static byte[] encode(String text) {
        if (!hasLoneSurrogate(text)) {
            return text.getBytes(UTF_8);
        }
        StringBuilder fixed = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Excerpt.isLoneSurrogate(text, i)) {
                    fixed.setCharAt(i, REPLACEMENT);
                } else {
                    i++;
                }
            }
        }
        return fixed.toString().getBytes(UTF_8);
    }

    /** Replaces lone surrogates by JSON escapes. Everything else is unchanged. */
    static String escapeLoneSurrogates(String text) {
        if (!hasLoneSurrogate(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Excerpt.isLoneSurrogate(text, i)) {
                    Excerpt.appendEscape(c, escaped);
                    continue;
                }
                escaped.append(c);
                c = text.charAt(++i);
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** Decodes bytes that are known to be ASCII. */
    static String ascii(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, ISO_8859_1);
    }

    /** Decodes UTF-8, with malformed sequences replaced by U+FFFD; {@link Utf8} rejects them instead. */
    static String decode(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, UTF_8);
    }
}
