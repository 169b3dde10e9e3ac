package dev.atlex.data.internal;

import java.util.regex.Pattern;

/**
 * Shortens text for messages and logs. Text often comes from a server or a user, so it must not add a line to a log,
 * reverse the text after it, or make a message arbitrarily long.
 *
 * <p>{@link #line} suits prose, such as a server's error message. {@link #quote} suits values, such as an invalid
 * handle: invisible characters are often the mistake, so they are shown as escapes.
 */
public final class Excerpt {
    /** The maximum length of a quoted value, in characters, without its quotes. */
    private static final int MAX_QUOTED = 64;

    private static final char ELLIPSIS = '…';
    private static final String HEX = "0123456789abcdef";

    /**
     * Whitespace, controls, lone surrogates and invisible characters such as bidi marks, except the joiners in emoji.
     */
    private static final Pattern BLANK =
            Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}[\\p{Cf}&&[^\\u200c\\u200d]]]+");

    private Excerpt() {}

    /**
     * Returns the text on one line: each run of whitespace and invisible characters becomes a space, and both ends are
     * stripped. Takes time linear in {@code max}, not in the length of the text.
     *
     * @param max the maximum length in characters; an ellipsis follows text that exceeds it
     */
    public static String line(String text, int max) {
        // Leaves room for the characters that the pattern removes.
        String head = text.length() <= 4 * max ? text : text.substring(0, 4 * max);
        String line = BLANK.matcher(head).replaceAll(" ").strip();
        boolean cut = head.length() < text.length();
        if (line.length() > max) {
            line = line.substring(0, boundary(line, max));
            cut = true;
        }
        return cut ? line + ELLIPSIS : line;
    }

    /**
     * Returns the beginning of the text, unchanged except for an ellipsis if it is longer than {@code max} characters.
     * Surrogate pairs aren't split.
     */
    public static String head(String text, int max) {
        return text.length() <= max ? text : text.substring(0, boundary(text, max)) + ELLIPSIS;
    }

    /**
     * Returns the first 64 characters of the text in double quotes. Quotes, backslashes, lone surrogates and invisible
     * characters are escaped as in JSON.
     */
    public static String quote(String text) {
        return quote(text, MAX_QUOTED);
    }

    /** Like {@link #quote(String)}, but with the given maximum length. */
    public static String quote(String text, int max) {
        int end = boundary(text, Math.min(text.length(), max));
        StringBuilder shown = new StringBuilder(end + 2).append('"');
        int at = 0;
        for (; at < end && shown.length() <= max; at++) {
            appendVisible(text, at, shown);
        }
        return shown.append(at < text.length() ? "…\"" : "\"").toString();
    }

    /** Returns the index, or the one before it if the index splits a surrogate pair. */
    private static int boundary(String text, int index) {
        return index > 0 && index < text.length() && Character.isHighSurrogate(text.charAt(index - 1))
                ? index - 1
                : index;
    }

    private static void appendVisible(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c != ' ' && isInvisible(c) || isLoneSurrogate(text, at)) {
            appendEscape(c, out);
        } else {
            out.append(c);
        }
    }

    /**
     * Returns whether the character is invisible or changes how its neighbors are displayed: whitespace, controls,
     * format characters, fillers and variation selectors.
     */
    public static boolean isInvisible(int c) {
        if (c > 0x20 && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                c == 0x34f
                        || c == 0x115f
                        || c == 0x1160
                        || c == 0x2800
                        || c == 0x3164
                        || c == 0xffa0
                        || c >= 0xfe00 && c <= 0xfe0f
                        || c >= 0xe0100 && c <= 0xe01ef;
        };
    }

    /** Returns whether the character is a surrogate without its other half. */
    public static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** Appends the character as a JSON escape with four hexadecimal digits. */
    public static void appendEscape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }
}
