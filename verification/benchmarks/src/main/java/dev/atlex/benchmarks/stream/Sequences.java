package dev.atlex.benchmarks.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Replaces the sequence number of an event, without decoding it. */
final class Sequences {
    private static final byte[] CBOR_KEY = {0x63, 's', 'e', 'q'};
    private static final byte[] JSON_KEY = "\"seq\":".getBytes(ISO_8859_1);

    private Sequences() {}

    /** Returns a copy with another number below 2^32. */
    static byte[] replace(byte[] frame, boolean text, long sequence) {
        byte[] key = text ? JSON_KEY : CBOR_KEY;
        int start = find(frame, key) + key.length;
        int end = start + (text ? digits(frame, start) : length(frame[start]));
        byte[] number = text
                ? Long.toString(sequence).getBytes(ISO_8859_1)
                : ByteBuffer.allocate(5).put((byte) 0x1a).putInt((int) sequence).array();
        byte[] replaced = new byte[frame.length - (end - start) + number.length];
        System.arraycopy(frame, 0, replaced, 0, start);
        System.arraycopy(number, 0, replaced, start, number.length);
        System.arraycopy(frame, end, replaced, start + number.length, frame.length - end);
        return replaced;
    }

    private static int find(byte[] frame, byte[] key) {
        for (int i = 0; i <= frame.length - key.length; i++) {
            if (Arrays.equals(frame, i, i + key.length, key, 0, key.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the event has no sequence number");
    }

    private static int digits(byte[] frame, int start) {
        int end = start;
        while (frame[end] >= '0' && frame[end] <= '9') {
            end++;
        }
        return end - start;
    }

    /** Returns the length of a CBOR integer. */
    private static int length(byte head) {
        int info = head & 0x1f;
        return info < 24 ? 1 : 1 + (1 << info - 24);
    }
}
