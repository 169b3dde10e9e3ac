package dev.atlex.bluesky.richtext;

/**
 * The character classes that the detection rules use. They match upstream's regular expressions, so they must
 * not depend on the JDK.
 */
final class CharClasses {
    private static final int PUNCTUATION = 1 << Character.CONNECTOR_PUNCTUATION
            | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION
            | 1 << Character.END_PUNCTUATION
            | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION
            | 1 << Character.OTHER_PUNCTUATION;

    /** The punctuation that was added in Unicode 14 to 17, which JDK 17 doesn't know: first and last code points. */
    private static final int[] NEW_PUNCTUATION = {
        0x61d, 0x61d, 0x1b4e, 0x1b4f, 0x1b7d, 0x1b7f, 0x2e53, 0x2e5d, 0x10d6e, 0x10d6e, 0x10ed0, 0x10ed0, 0x10f86,
        0x10f89, 0x113d4, 0x113d5, 0x113d7, 0x113d8, 0x116b9, 0x116b9, 0x11b00, 0x11b09, 0x11be1, 0x11be1, 0x11f43,
        0x11f4f, 0x12ff1, 0x12ff2, 0x16d6d, 0x16d6f, 0x1e5ff, 0x1e5ff
    };

    private CharClasses() {}

    /** Returns whether JavaScript's {@code \s} matches a code point. */
    static boolean isSpace(int c) {
        if (c < 0x80) {
            return c == ' ' || c >= '\t' && c <= '\r';
        }
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

    /**
     * Returns whether a line may be broken at a space. It may be broken at a zero-width space, but not at a no-break
     * space.
     */
    static boolean isBreakingSpace(int c) {
        return isSpace(c) ? c != 0xa0 && c != 0x2007 && c != 0x202f && c != 0xfeff : c == 0x200b;
    }

    /** Returns whether a character ends a tag even though it isn't whitespace. */
    static boolean endsTag(int c) {
        return c == 0xad || c == 0x2060 || c >= 0x200a && c <= 0x200d || c == 0x20e2;
    }

    /** Returns whether a character is invisible and may occur in a blank line. */
    static boolean isBlank(int c) {
        return isSpace(c) || c == 0xad || c == 0x2060 || c >= 0x200b && c <= 0x200d;
    }

    static boolean isLineBreak(int c) {
        return c == '\n' || c == '\r';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isAlphanumeric(int c) {
        return isLetter(c) || isDigit(c);
    }

    /** Returns whether a code point has the general category P in Unicode 17. */
    static boolean isPunctuation(int c) {
        if ((PUNCTUATION >> Character.getType(c) & 1) != 0) {
            return true;
        }
        if (c < NEW_PUNCTUATION[0]) {
            return false;
        }
        for (int i = 0; i < NEW_PUNCTUATION.length; i += 2) {
            if (c >= NEW_PUNCTUATION[i] && c <= NEW_PUNCTUATION[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
