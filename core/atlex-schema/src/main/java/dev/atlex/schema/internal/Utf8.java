package dev.atlex.schema.internal;

/** Computes UTF-8 lengths without encoding. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Returns the length of a String in UTF-8 bytes. A lone surrogate counts as three, like the replacement character.
     */
    public static int length(String text) {
        int chars = text.length();
        int length = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c >= 0x800 ? 2 : 1;
                if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                    // A surrogate pair takes four bytes: two were counted as chars, and two were added just above.
                    i++;
                }
            }
        }
        return length;
    }
}
