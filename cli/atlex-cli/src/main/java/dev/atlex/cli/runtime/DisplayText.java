package dev.atlex.cli.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Prepares text for a terminal. Display names, posts and server messages are written by strangers, so their control
 * characters could move the cursor, change the window's title or reorder the text. None of them may reach the terminal.
 */
public final class DisplayText {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

    /** Ranges of code points that take two columns, as pairs of first and last: UAX #11's W and F, simplified. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615,
        0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5,
        0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD,
        0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757,
        0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
        0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
        0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F1E6,
        0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0,
        0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B,
        0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680,
        0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4,
        0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70,
        0x1FAFF, 0x20000, 0x3FFFD
    };

    private DisplayText() {}

    /**
     * Returns whether a terminal might interpret a code point instead of showing it. Joiners in emoji and scripts
     * aren't hidden.
     */
    public static boolean isHidden(int codePoint) {
        if (codePoint < 0x7F) {
            return codePoint < ' ';
        }
        int type = Character.getType(codePoint);
        boolean joiner = codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
        return type == Character.CONTROL
                || type == Character.FORMAT && !joiner
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    /** Returns the text with a space in place of each hidden character, including line breaks. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> visible.appendCodePoint(isHidden(c) ? ' ' : c));
        return visible.toString();
    }

    /** Returns the text with hidden characters as {@code \}{@code uXXXX}, which mean the same in JSON. */
    public static String escaped(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (!isHidden(c)) {
                escaped.appendCodePoint(c);
                return;
            }
            for (char unit : Character.toChars(c)) {
                escaped.append(String.format("\\u%04x", (int) unit));
            }
        });
        return escaped.toString();
    }

    /** Returns the number of columns that the text takes: two for a wide character, none for a combining one. */
    public static int width(String text) {
        return text.codePoints().map(DisplayText::width).sum();
    }

    private static int width(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int i = 0; i < WIDE.length && codePoint >= WIDE[i]; i += 2) {
            if (codePoint <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Returns the text cut to a number of columns, with an ellipsis at the end if anything was cut. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            used += width(c);
            if (used > columns - 1) {
                break;
            }
            kept.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return kept.append('…').toString();
    }

    /** Returns the text with spaces appended up to a number of columns. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /**
     * Splits the text at spaces, into lines of at most a number of columns. A longer word gets a line of its own and is
     * left whole, so that links can be clicked and copied.
     *
     * @return the lines; at least one
     */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ", -1)) {
            int width = width(word);
            if (line.length() > 0 && used + 1 + width > columns) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            } else if (line.length() > 0) {
                line.append(' ');
                used++;
            }
            line.append(word);
            used += width;
        }
        lines.add(line.toString());
        return lines;
    }
}
