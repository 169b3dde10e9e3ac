package dev.atlex.data;

import java.util.Arrays;

/**
 * Decodes heads, strings and floats in the bytes that a {@link CborReader} reads. Methods take and return positions,
 * because the reader also looks ahead. This is a superclass of the reader rather than one of its fields, because the
 * extra indirection would take a tenth of the time.
 */
abstract class CborInput extends LexReader {
    final byte[] bytes;

    /** The argument of the last head that {@link #head} read, as an unsigned number. */
    long argument;

    /** The end of the string whose head {@link #textHead} read last. */
    int textEnd;

    private final Utf8 utf8 = new Utf8();

    CborInput(byte[] bytes, ReadOptions options) {
        super(options);
        this.bytes = bytes;
    }

    /** Creates an exception about the input at a position. */
    final LexDataException malformed(String reason, int at) {
        return new LexDataException(path(), reason + " (byte " + at + ")");
    }

    /** Returns the byte at a position, after a bounds check. */
    final int octet(int at) {
        if (at >= bytes.length) {
            throw malformed("unexpected end of CBOR", bytes.length);
        }
        return bytes[at] & 0xff;
    }

    /** Returns the major type of the value at a position. */
    final int major(int at) {
        return octet(at) >>> 5;
    }

    /** Compares keys in the order of DAG-CBOR: by length, then by bytes. */
    static int compareKeys(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        int byLength = Integer.compare(aEnd - aStart, bEnd - bStart);
        return byLength != 0 ? byLength : Arrays.compareUnsigned(a, aStart, aEnd, b, bStart, bEnd);
    }

    /** Reads the head at a position, sets {@link #argument}, and returns the position after the head. */
    final int head(int at) {
        int info = octet(at) & 0x1f;
        if (info < 24) {
            argument = info;
            return at + 1;
        }
        if (info > 27) {
            throw malformed(info == 31 ? "indefinite length" : "reserved additional information", at);
        }
        int size = 1 << (info - 24);
        octet(at + size);
        long value = 0;
        for (int i = 1; i <= size; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        boolean shortest = size == 1 ? value >= 24 : value >>> 4 * size != 0;
        if (!shortest) {
            throw malformed("number or length not in its shortest form", at);
        }
        argument = value;
        return at + 1 + size;
    }

    /** Returns the end of a string whose head, just read, ends at {@code start}. */
    final int end(int start) {
        if (argument < 0 || argument > bytes.length - start) {
            throw malformed("string exceeds the end of the input", start);
        }
        return start + (int) argument;
    }

    /**
     * Returns the number of entries in the head just read. Rejects a number of entries that the rest of the input can't
     * contain.
     */
    final int count(int start, int bytesOfEntry) {
        if (argument < 0 || argument > (bytes.length - start) / bytesOfEntry) {
            throw malformed("more entries than the input can hold", start);
        }
        return (int) argument;
    }

    /** Reads the head of a string, sets {@link #textEnd}, and returns the start of the string. */
    final int textHead(int at) {
        int length = bytes[at] & 0x1f;
        int start = at + 1;
        if (length < 24 && start + length <= bytes.length) { // the common case
            textEnd = start + length;
            return start;
        }
        start = head(at);
        textEnd = end(start);
        return start;
    }

    /** Decodes a string. */
    final String text(int start, int end) {
        String text = strict() ? utf8.decode(bytes, start, end) : Text.decode(bytes, start, end);
        if (text == null) {
            throw malformed("invalid UTF-8", start);
        }
        return text;
    }

    /** Decodes a string that is likely to be in the table of names. */
    final String name(int start, int end) {
        NameTable.Known known = NameTable.find(bytes, start, end);
        return known != null ? known.text : text(start, end);
    }

    /**
     * Skips a value without decoding it, and returns the position after it. Returns -1 if the value is or contains a
     * map and {@code maps} is false.
     */
    final int skip(int from, boolean maps) {
        int at = from;
        for (long values = 1; values > 0; values--) {
            int octet = octet(at);
            int major = octet >>> 5;
            if (major == 7) {
                at += octet < 0xf8 ? 1 : octet > 0xfb ? 1 : 1 + (1 << octet - 0xf8);
                continue;
            }
            at = head(at);
            switch (major) {
                case CborWriter.BYTES, CborWriter.TEXT -> at = end(at);
                case CborWriter.ARRAY -> values += count(at, 1);
                case CborWriter.MAP -> {
                    if (!maps) {
                        return -1;
                    }
                    values += 2L * count(at, 2);
                }
                case CborWriter.TAG -> values++;
                default -> {} // an integer consists only of its head
            }
        }
        return at;
    }

    /** Returns the size of the float at a position, including its head. */
    final int floatSize(int at) {
        return 1 + (1 << bytes[at] - (byte) 0xf8);
    }

    /** Returns the float at a position. */
    final double floating(int at) {
        int size = floatSize(at);
        octet(at + size - 1);
        long bits = 0;
        for (int i = 1; i < size; i++) {
            bits = bits << 8 | bytes[at + i] & 0xff;
        }
        double value = switch (size) {
            case 3 -> half((int) bits);
            case 5 -> Float.intBitsToFloat((int) bits);
            default -> Double.longBitsToDouble(bits);
        };
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw malformed("float is NaN or infinite", at);
        }
        return value;
    }

    /** Decodes IEEE 754 binary16. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double value;
        if (exponent == 0x1f) {
            value = Double.NaN;
        } else if (exponent == 0) {
            value = Math.scalb((double) fraction, -24);
        } else {
            value = Math.scalb((double) (fraction + 0x400), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? value : -value;
    }
}
