package dev.atlex.data.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base32 of RFC 4648 in lower case and without padding: the text form of CIDs.
 *
 * <p>Only the one canonical text of a byte string is taken: unused bits of the last character must be zero.
 */
public final class Base32 {
    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".getBytes(ISO_8859_1);
    private static final byte[] VALUES = values();

    private Base32() {}

    /** The value, 0 to 31, of a character; -1 for one that is not in the alphabet. */
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

    /** Whether the text from {@code start} on is canonical base32 of whole bytes. Allocates nothing. */
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

    /** How many bytes so many characters hold. */
    public static int decodedLength(int characters) {
        return (int) (characters * 5L / 8);
    }

    /** One byte, 0 to 255, of a text for which {@link #isValid} is true, without decoding the rest. */
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

    /** The bytes of the text from {@code start} on, or null where it is not valid. */
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

    /** The text of the bytes from {@code start} to {@code end}, behind a prefix of one ASCII character. */
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
