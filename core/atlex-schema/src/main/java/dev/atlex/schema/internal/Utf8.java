package dev.atlex.schema.internal;

/** Lengths in UTF-8 without encoding. */
public final class Utf8 {
    private Utf8() {}

    /** The bytes that the text takes in UTF-8; a lone surrogate takes three, as the replacement character does. */
    public static int length(String text) {
        int chars = text.length();
        int length = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c >= 0x800 ? 2 : 1;
                if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                    // Four bytes for the two: one for each character is counted from the start, two more just now.
                    i++;
                }
            }
        }
        return length;
    }
}
