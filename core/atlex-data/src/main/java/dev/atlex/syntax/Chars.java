package dev.atlex.syntax;

/** Sets of ASCII characters for the hand-written parsers of identifiers. */
final class Chars {
    /** The bit in {@link #SETS} for letters and digits. */
    private static final int ALPHANUMERIC = 1;

    /** The bit in {@link #SETS} for the characters in DIDs. */
    static final int DID = 2;

    /** The bit in {@link #SETS} for the characters in record keys. */
    static final int RECORD_KEY = 4;

    /** The bit in {@link #SETS} for all characters except whitespace and control characters. */
    static final int VISIBLE = 8;

    /**
     * The sets that each ASCII character belongs to, as bits. A membership test costs one array access, no matter how
     * large the set is.
     */
    private static final byte[] SETS = sets();

    private Chars() {}

    private static byte[] sets() {
        byte[] sets = new byte[0x80];
        for (char c = 0; c < sets.length; c++) {
            boolean alphanumeric = isDigit(c) || isLetter(c);
            sets[c] = (byte) ((alphanumeric ? ALPHANUMERIC : 0)
                    | (alphanumeric || ".:-_%".indexOf(c) >= 0 ? DID : 0)
                    | (alphanumeric || ".:-_~".indexOf(c) >= 0 ? RECORD_KEY : 0)
                    | (c > ' ' && c < 0x7f ? VISIBLE : 0));
        }
        return sets;
    }

    /** Returns whether an ASCII character is in the set. */
    static boolean isIn(int set, char c) {
        return c < SETS.length && (SETS[c] & set) != 0;
    }

    /**
     * Returns whether all characters from {@code start} to before {@code end} are in the set. They almost always are,
     * so the loop combines all characters and tests only once, at the end. A loop without an early exit is faster.
     */
    static boolean areIn(int set, String text, int start, int end) {
        int all = set;
        int union = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            union |= c;
            all &= SETS[c & 0x7f];
        }
        return all != 0 && union < SETS.length;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isLetter(char c) {
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isAlphanumeric(char c) {
        return isIn(ALPHANUMERIC, c);
    }

    /** Returns whether all characters from {@code start} to before {@code end} are ASCII letters. */
    static boolean areLetters(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether all characters from {@code start} to before {@code end} are ASCII digits. */
    static boolean areDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether all characters from {@code start} to before {@code end} are ASCII letters or digits. */
    static boolean areAlphanumeric(String text, int start, int end) {
        return areIn(ALPHANUMERIC, text, start, end);
    }
}
