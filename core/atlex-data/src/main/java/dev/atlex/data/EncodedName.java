package dev.atlex.data;

import java.util.Arrays;

/**
 * An encoded name with its first and last eight bytes as numbers, so that two comparisons suffice for names of up to 16
 * bytes.
 */
final class EncodedName {
    private final byte[] bytes;
    private final long head;
    private final long tail;

    /** The number of unused high bits in {@link #head} if the name is shorter than eight bytes. */
    private final int unusedBits;

    EncodedName(byte[] bytes) {
        this.bytes = bytes;
        this.head = Swar.head(bytes, 0, bytes.length);
        this.tail = Swar.tail(bytes, 0, bytes.length);
        this.unusedBits = Math.max(0, Long.SIZE - Byte.SIZE * bytes.length);
    }

    /** Returns the internal array; callers must not modify it. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    long head() {
        return head;
    }

    long tail() {
        return tail;
    }

    /** Returns whether the input at {@code start} begins with these bytes. */
    boolean isAt(byte[] in, int start) {
        int left = in.length - start;
        if (left < Long.BYTES) {
            return left >= bytes.length && Arrays.equals(bytes, 0, bytes.length, in, start, start + bytes.length);
        }
        return (Swar.word(in, start) ^ head) << unusedBits == 0
                && (bytes.length <= Long.BYTES
                        || left >= bytes.length
                                && Swar.tail(in, start, bytes.length) == tail
                                && Swar.isRestSame(bytes, in, start, start + bytes.length));
    }

    /**
     * Returns whether the input from {@code start} to {@code end} is this name.
     *
     * @param inHead the {@link Swar#head} of that range
     * @param inTail the {@link Swar#tail} of that range
     */
    boolean is(byte[] in, int start, int end, long inHead, long inTail) {
        return head == inHead
                && tail == inTail
                && bytes.length == end - start
                && Swar.isRestSame(bytes, in, start, end);
    }
}
