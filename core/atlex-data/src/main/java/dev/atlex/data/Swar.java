package dev.atlex.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Text looked at eight bytes at a time, which is how fast it must go to be lost in the cost of copying it. */
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
     * Where the quote is that ends a JSON string of nothing but ASCII without escapes, or -1 if that is not what is
     * there.
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
     * Whether a text that was encoded is ASCII that JSON writes as it is. One with a question mark may not be: that is
     * what half a surrogate pair is encoded as.
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

    /** Where in a JSON string the next quote, backslash or control character is, or the end of the input. */
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
     * The highest bit of each byte that is a quote, a backslash or a control character. Other bits mean nothing, nor do
     * those of bytes behind the first one that is found.
     */
    private static long special(long eight) {
        return zeroes(eight ^ QUOTES) | zeroes(eight ^ BACKSLASHES) | eight - SPACES & ~eight;
    }

    private static long zeroes(long eight) {
        return eight - ONES & ~eight;
    }

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

    /** Eight bytes. */
    static long word(byte[] in, int start) {
        return (long) LONGS.get(in, start);
    }

    /** The first eight bytes of a text, or fewer where it is shorter. */
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

    /** The last eight bytes of a text of more than eight. */
    static long tail(byte[] in, int start, int length) {
        return length > 8 ? (long) LONGS.get(in, start + length - 8) : 0;
    }

    /**
     * Whether a text is the one in the input, of which head, tail and length are the same: up to sixteen bytes, that is
     * all.
     */
    static boolean isRestSame(byte[] text, byte[] in, int start, int end) {
        return text.length <= 2 * Long.BYTES || Arrays.equals(text, 0, text.length, in, start, end);
    }

    static int hash(long head, long tail, int length) {
        long mixed = (head ^ length) * 0x9e3779b97f4a7c15L + Long.rotateLeft(tail * 0xc2b2ae3d27d4eb4fL, 31);
        return (int) (mixed >>> 32) ^ (int) (mixed >>> 47);
    }
}
