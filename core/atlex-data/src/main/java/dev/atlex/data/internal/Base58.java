package dev.atlex.data.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes base58 with Bitcoin's alphabet, which some CIDs use. */
public final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private Base58() {}

    /** Returns whether a character is in the alphabet. */
    public static boolean isDigit(char c) {
        return c >= '1' && c <= '9' || c >= 'A' && c <= 'Z' && c != 'I' && c != 'O' || c >= 'a' && c <= 'z' && c != 'l';
    }

    /**
     * Decodes the text from {@code start} to its end. Returns null if it has a character outside of the alphabet. Takes
     * quadratic time, so callers must limit the length.
     */
    public static byte @Nullable [] decode(String text, int start) {
        int zeros = start;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] number = new byte[text.length() - start];
        int first = number.length;
        for (int i = zeros; i < text.length(); i++) {
            int carry = ALPHABET.indexOf(text.charAt(i));
            if (carry < 0) {
                return null;
            }
            int at = number.length;
            while (at > first || carry > 0) {
                at--;
                carry += (number[at] & 0xff) * 58;
                number[at] = (byte) carry;
                carry >>= 8;
            }
            first = at;
        }
        return Arrays.copyOfRange(number, first - (zeros - start), number.length);
    }
}
