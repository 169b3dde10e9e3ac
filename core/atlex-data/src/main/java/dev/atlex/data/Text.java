package dev.atlex.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.internal.Excerpt;

/**
 * Text to and from UTF-8. Java's strings, like JavaScript's, can hold a surrogate without its other half, which UTF-8
 * has no form for: JSON escapes it, and everything else has U+FFFD in its place.
 */
final class Text {
    private static final char REPLACEMENT = '\ufffd';

    private Text() {}

    /** Whether the text holds a surrogate without its other half. */
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

    /** The text in UTF-8, lone surrogates as U+FFFD. */
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

    /** The text with its lone surrogates as JSON's escapes, all else as it is. */
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

    /** The text that these bytes are, all of them ASCII: a copy, without another look. */
    static String ascii(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, ISO_8859_1);
    }

    /** The text that the bytes are in UTF-8; what is broken becomes U+FFFD. {@link Utf8} does not take it. */
    static String decode(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, UTF_8);
    }
}
