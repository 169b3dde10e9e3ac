package dev.atlex.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * SIMD within a register: scans bytes eight at a time, which makes scanning a string cheap compared with copying it.
 *
 * <p>Methods that find or compare bytes are exact. The bit tricks behind them may set extra bits above the first match,
 * so only the lowest set bit is used.
 */
final class Swar {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long QUESTION_MARKS = '?' * ONES;

    private Swar() {}

    /**
     * Returns the index of the closing quote of a JSON string, or -1 if the string has escapes, control characters or
     * non-ASCII characters, or has no end.
     */
    static int plainEnd(byte[] in, int start) {
        int at = start;
        for (; at + 8 <= in.length; at += 8) {
            long eight = (long) LONGS.get(in, at);
            long found = (special(eight) | eight) & HIGH_BITS;
            if (found != 0) {
                int first = at + (Long.numberOfTrailingZeros(found) >> 3);
                return in[first] == '"' ? first : -1;
            }
        }
        for (; at < in.length; at++) {
            byte b = in[at];
            if (b == '"') {
                return at;
            } else if (b < ' ' || b == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /**
     * Returns whether a string's encoding is ASCII that needs no escapes in JSON. Returns false if it has a question
     * mark, because {@code String.getBytes} replaces lone surrogates with one.
     */
    static boolean isPlain(byte[] encoded) {
        int at = 0;
        for (; at + 8 <= encoded.length; at += 8) {
            long eight = (long) LONGS.get(encoded, at);
            if (((special(eight) | zeroes(eight ^ QUESTION_MARKS) | eight) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < encoded.length; at++) {
            byte b = encoded[at];
            if (b < ' ' || b == '"' || b == '\\' || b == '?') {
                return false;
            }
        }
        return true;
    }

    /** Returns the index of the next quote, backslash or control character, or the end of the input. */
    static int nextSpecial(byte[] in, int start) {
        int at = start;
        for (; at + 8 <= in.length; at += 8) {
            long found = special((long) LONGS.get(in, at)) & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        for (; at < in.length; at++) {
            byte b = in[at];
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                return at;
            }
        }
        return at;
    }

    /**
     * Returns a word in which the first quote, backslash or control character has its high bit set. The high bits of
     * later bytes, and all other bits, are undefined.
     */
    private static long special(long eight) {
        return zeroes(eight ^ QUOTES) | zeroes(eight ^ BACKSLASHES) | eight - SPACES & ~eight;
    }

    /** Like {@link #special}, but finds the first zero byte. */
    private static long zeroes(long eight) {
        return eight - ONES & ~eight;
    }

    /** Returns whether a range of the bytes is ASCII. */
    static boolean isAscii(byte[] in, int start, int end) {
        int at = start;
        for (; at + 8 <= end; at += 8) {
            if (((long) LONGS.get(in, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (in[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns eight bytes, the first one in the lowest bits. */
    static long word(byte[] in, int start) {
        return (long) LONGS.get(in, start);
    }

    /** Returns the first eight bytes of a range, padded with zeros if it is shorter. */
    static long head(byte[] in, int start, int length) {
        if (length >= 8) {
            return (long) LONGS.get(in, start);
        }
        if (start + 8 <= in.length) {
            return (long) LONGS.get(in, start) & (1L << 8 * length) - 1;
        }
        long head = 0;
        for (int i = length - 1; i >= 0; i--) {
            head = head << 8 | in[start + i] & 0xff;
        }
        return head;
    }

    /** Returns the last eight bytes of a range, or 0 if {@link #head} covers the whole range. */
    static long tail(byte[] in, int start, int length) {
        return length > 8 ? (long) LONGS.get(in, start + length - 8) : 0;
    }

    /**
     * Compares text with a range of the input that has the same head, tail and length. For up to 16 bytes, the head and
     * tail are the whole content.
     */
    static boolean isRestSame(byte[] text, byte[] in, int start, int end) {
        return text.length <= 2 * Long.BYTES || Arrays.equals(text, 0, text.length, in, start, end);
    }

    /** Returns a hash code of the head, tail and length. */
    static int hash(long head, long tail, int length) {
        long mixed = (head ^ length) * 0x9e3779b97f4a7c15L + Long.rotateLeft(tail * 0xc2b2ae3d27d4eb4fL, 31);
        return (int) (mixed >>> 32) ^ (int) (mixed >>> 47);
    }
}
