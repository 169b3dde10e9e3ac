package dev.atlex.syntax;

/** Tests of single ASCII characters, which the hand-written scans are made of. */
final class Chars {
    /** In {@link #SETS}: letters and digits. */
    private static final int ALPHANUMERIC = 1;

    /** In {@link #SETS}: what a DID is made of. */
    static final int DID = 2;

    /** In {@link #SETS}: what a record key is made of. */
    static final int RECORD_KEY = 4;

    /** In {@link #SETS}: what is neither white space nor a control character. */
    static final int VISIBLE = 8;

    /** The sets of which each ASCII character is one: a look for each character, however many the set has. */
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

    /** Whether an ASCII character is in the set. */
    static boolean isIn(int set, char c) {
        return c < SETS.length && (SETS[c] & set) != 0;
    }

    /**
     * Whether each character from {@code start} to before {@code end} is an ASCII character in the set. Nearly always they
     * are, so all are looked at before it is asked: a loop without an exit is faster.
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

    /** Whether each character from {@code start} to before {@code end} is an ASCII letter. */
    static boolean areLetters(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether each character from {@code start} to before {@code end} is an ASCII digit. */
    static boolean areDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether each character from {@code start} to before {@code end} is an ASCII letter or digit. */
    static boolean areAlphanumeric(String text, int start, int end) {
        return areIn(ALPHANUMERIC, text, start, end);
    }
}
