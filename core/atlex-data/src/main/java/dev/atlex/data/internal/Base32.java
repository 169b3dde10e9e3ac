package dev.atlex.data.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lowercase Base32 without padding, which is the usual encoding for CIDs. Only canonical text is accepted: unused bits
 * in the last character must be zero.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-6">RFC 4648: base32</a>
 */
public final class Base32 {
    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".getBytes(ISO_8859_1);
    private static final byte[] VALUES = values();

    private Base32() {}

    /** Returns the value of a character, from 0 to 31, or -1 if it isn't in the alphabet. */
    public static int valueOf(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte['z' + 1];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }

    /** Returns whether the text from {@code start} to its end is canonical base32. Allocates nothing. */
    public static boolean isValid(String text, int start) {
        int length = text.length() - start;
        for (int i = start; i < text.length(); i++) {
            if (valueOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        int spareBits = length * 5 % 8;
        if (spareBits >= 5) {
            return false; // the last character adds no bits to any byte
        }
        return length == 0 || (valueOf(text.charAt(text.length() - 1)) & ((1 << spareBits) - 1)) == 0;
    }

    /** Returns the number of bytes that are encoded in the given number of characters. */
    public static int decodedLength(int characters) {
        return (int) (characters * 5L / 8);
    }

    /**
     * Returns a byte, from 0 to 255, without decoding the rest.
     *
     * @param text the text, which must be {@linkplain #isValid valid} from {@code start} to its end
     * @param index the index of the byte, from 0
     */
    public static int byteAt(String text, int start, int index) {
        int bit = index * 8;
        int at = start + bit / 5;
        int offset = bit % 5;
        int bits = valueOf(text.charAt(at)) << 10 | valueOf(text.charAt(at + 1)) << 5;
        if (offset > 2) {
            bits |= valueOf(text.charAt(at + 2));
        }
        return bits >> (7 - offset) & 0xff;
    }

    /** Decodes the text from {@code start} to its end. Returns null if it isn't {@linkplain #isValid valid}. */
    public static byte @Nullable [] decode(String text, int start) {
        if (!isValid(text, start)) {
            return null;
        }
        byte[] out = new byte[decodedLength(text.length() - start)];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = start; i < text.length(); i++) {
            buffer = buffer << 5 | valueOf(text.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out[at++] = (byte) (buffer >> bits);
            }
        }
        return out;
    }

    /** Encodes the bytes from {@code start} to {@code end}, after a prefix of one ASCII character. */
    public static String encode(char prefix, byte[] bytes, int start, int end) {
        byte[] text = new byte[1 + Math.addExact(Math.multiplyExact(end - start, 8), 4) / 5];
        text[0] = (byte) prefix;
        int buffer = 0;
        int bits = 0;
        int at = 1;
        for (int i = start; i < end; i++) {
            buffer = buffer << 8 | bytes[i] & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text[at++] = ALPHABET[buffer >> bits & 31];
            }
        }
        if (bits > 0) {
            text[at] = ALPHABET[buffer << 5 - bits & 31];
        }
        return new String(text, ISO_8859_1);
    }
}
