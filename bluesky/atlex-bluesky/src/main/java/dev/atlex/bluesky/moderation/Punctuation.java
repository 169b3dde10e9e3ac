package dev.atlex.bluesky.moderation;

/**
 * The character classes of muted words: Unicode punctuation, and the characters that JavaScript treats as whitespace.
 */
final class Punctuation {
    private Punctuation() {}

    static boolean is(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    static boolean isSpace(int c) {
        return c >= 0x9 && c <= 0xd
                || c == 0xfeff
                || c == 0x2028
                || c == 0x2029
                || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    static boolean in(String text) {
        return text.codePoints().anyMatch(Punctuation::is);
    }

    /** Returns the text without the punctuation at its start and end. */
    static String strip(String text) {
        int start = 0;
        while (start < text.length() && is(text.codePointAt(start))) {
            start = text.offsetByCodePoints(start, 1);
        }
        int end = text.length();
        while (end > start && is(text.codePointBefore(end))) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(start, end);
    }
}
