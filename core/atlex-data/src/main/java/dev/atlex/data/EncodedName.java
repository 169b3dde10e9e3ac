package dev.atlex.data;

import java.util.Arrays;

/**
 * The bytes that a name is written with, and what tells them apart at once: with up to sixteen of them two comparisons
 * say all.
 */
final class EncodedName {
    private final byte[] bytes;
    private final long head;
    private final long tail;

    /** How many bits of eight bytes of input are no part of the head. */
    private final int beyond;

    EncodedName(byte[] bytes) {
        this.bytes = bytes;
        this.head = Swar.head(bytes, 0, bytes.length);
        this.tail = Swar.tail(bytes, 0, bytes.length);
        this.beyond = Math.max(0, Long.SIZE - Byte.SIZE * bytes.length);
    }

    /** Not to be changed. */
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

    /** Whether the input goes on with these bytes. */
    boolean isAt(byte[] in, int start) {
        int left = in.length - start;
        if (left < Long.BYTES) {
            return left >= bytes.length && Arrays.equals(bytes, 0, bytes.length, in, start, start + bytes.length);
        }
        return (Swar.word(in, start) ^ head) << beyond == 0
                && (bytes.length <= Long.BYTES
                        || left >= bytes.length
                                && Swar.tail(in, start, bytes.length) == tail
                                && Swar.isRestSame(bytes, in, start, start + bytes.length));
    }

    /** Whether these are the bytes of the input from {@code start} to {@code end}, of which head and tail are known. */
    boolean is(byte[] in, int start, int end, long inHead, long inTail) {
        return head == inHead
                && tail == inTail
                && bytes.length == end - start
                && Swar.isRestSame(bytes, in, start, end);
    }
}
