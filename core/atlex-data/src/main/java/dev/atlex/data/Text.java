package dev.atlex.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text to and from UTF-8. Java's strings, like JavaScript's, can hold a surrogate without its other half, which UTF-8
 * has no form for: JSON escapes it, and everything else has U+FFFD in its place.
 */
final class Text {
    private static final char REPLACEMENT = '\ufffd';
    private static final String HEX = "0123456789abcdef";

    /** Of a text in a message, in characters, its quotes not counted. */
    private static final int SHOWN = 64;

    private Text() {}

    /** Whether the text holds a surrogate without its other half. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isLone(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Whether the surrogate there has no other half; of a pair, asked of its first. */
    private static boolean isLone(String text, int at) {
        return !Character.isHighSurrogate(text.charAt(at))
                || at + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(at + 1));
    }

    /** The text in UTF-8, lone surrogates as U+FFFD. */
    static byte[] encode(String text) {
        if (!hasLoneSurrogate(text)) {
            return text.getBytes(UTF_8);
        }
        StringBuilder fixed = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isLone(text, i)) {
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
                if (isLone(text, i)) {
                    escape(c, escaped);
                    continue;
                }
                escaped.append(c);
                c = text.charAt(++i);
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /**
     * The text in quotes, for a message: shortened, and with all that could fake a line or turn the text around escaped.
     */
    static String quote(String text) {
        int end = Math.min(text.length(), SHOWN);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder(end + 2).append('"');
        int at = 0;
        for (; at < end && shown.length() <= SHOWN; at++) {
            appendVisible(text, at, shown);
        }
        return shown.append(at < text.length() ? "…\"" : "\"").toString();
    }

    private static void appendVisible(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        boolean lone = Character.isSurrogate(c)
                && (Character.isHighSurrogate(c) ? isLone(text, at) : at == 0 || isLone(text, at - 1));
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (lone || isUnseen(c)) {
            escape(c, out);
        } else {
            out.append(c);
        }
    }

    /** Whether the character has no form of its own, or changes that of others. */
    static boolean isUnseen(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == '\ufeff';
        };
    }

    static void escape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
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
