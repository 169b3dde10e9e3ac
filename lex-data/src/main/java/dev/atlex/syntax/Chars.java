package dev.atlex.syntax;

/** Tests of single ASCII characters, which the hand-written scans are made of. */
final class Chars {
    private Chars() {}

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
        return isDigit(c) || isLetter(c);
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
        for (int i = start; i < end; i++) {
            if (!isAlphanumeric(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
