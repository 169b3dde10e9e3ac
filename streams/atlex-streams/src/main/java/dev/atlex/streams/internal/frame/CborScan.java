package dev.atlex.streams.internal.frame;

import dev.atlex.data.LexDataException;

/** Finds the end of a CBOR value without decoding it. A v0 frame consists of two values whose lengths aren't given. */
final class CborScan {
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private CborScan() {}

    /**
     * Returns the position after the value that begins at {@code start}. Takes time linear in the value's size. Doesn't
     * recurse, so a deeply nested value can't overflow the stack.
     *
     * @throws LexDataException if the value exceeds the input or has an indefinite length
     */
    static int end(byte[] cbor, int start) {
        int at = start;
        long open = 1;
        while (open > 0) {
            open--;
            if (at >= cbor.length) {
                throw truncated(cbor);
            }
            int initial = cbor[at] & 0xff;
            int info = initial & 0x1f;
            if (info > 27) {
                throw new LexDataException("$", "indefinite or reserved length (byte " + at + ")");
            }
            int size = info < 24 ? 0 : 1 << info - 24;
            if (size > cbor.length - at - 1) {
                throw truncated(cbor);
            }
            long argument = info < 24 ? info : 0;
            for (int i = 1; i <= size; i++) {
                argument = argument << 8 | cbor[at + i] & 0xff;
            }
            at += 1 + size;
            switch (initial >>> 5) {
                case BYTES, TEXT -> {
                    requireRoom(cbor, at, argument);
                    at += (int) argument;
                }
                case ARRAY -> {
                    requireRoom(cbor, at, argument);
                    open += argument;
                }
                case MAP -> {
                    requireRoom(cbor, at, argument);
                    open += 2 * argument;
                }
                case TAG -> open++;
                default -> {} // integers and simple values have no content after the head
            }
        }
        return at;
    }

    /**
     * Rejects a claimed number of elements that exceeds the remaining bytes, because each element takes at least one
     * byte.
     */
    private static void requireRoom(byte[] cbor, int at, long argument) {
        if (argument < 0 || argument > cbor.length - at) {
            throw truncated(cbor);
        }
    }

    private static LexDataException truncated(byte[] cbor) {
        return new LexDataException("$", "unexpected end of CBOR (byte " + cbor.length + ")");
    }
}
