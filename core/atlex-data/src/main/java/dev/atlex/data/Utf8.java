package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * A UTF-8 decoder that validates (RFC 3629) and decodes in one pass. Each reader has its own instance, because of the
 * reused buffer.
 */
final class Utf8 {
    private static final int INVALID = -1;

    private char[] characters = new char[0];

    /** Decodes a range of the bytes. Returns null if they aren't valid UTF-8. */
    @Nullable
    String decode(byte[] in, int start, int end) {
        if (Swar.isAscii(in, start, end)) {
            return Text.ascii(in, start, end);
        }
        if (characters.length < end - start) {
            characters = new char[Math.max(end - start, 2 * characters.length)];
        }
        int length = decode(in, start, end, characters);
        return length < 0 ? null : new String(characters, 0, length);
    }

    /**
     * Decodes a range of the bytes.
     *
     * @param out the output, which must be at least as long as the range
     * @return the number of characters, or -1 if the bytes aren't valid UTF-8
     */
    static int decode(byte[] in, int start, int end, char[] out) {
        int length = 0;
        int at = start;
        while (at < end) {
            int lead = in[at];
            if (lead >= 0) {
                out[length++] = (char) lead;
                at++;
            } else if (lead < (byte) 0xe0) {
                if (lead < (byte) 0xc2 || end - at < 2 || !isContinuation(in[at + 1])) {
                    return INVALID;
                }
                out[length++] = (char) ((lead & 0x1f) << 6 | in[at + 1] & 0x3f);
                at += 2;
            } else if (lead < (byte) 0xf0) {
                if (end - at < 3 || !isContinuation(in[at + 1]) || !isContinuation(in[at + 2])) {
                    return INVALID;
                }
                char c = (char) ((lead & 0xf) << 12 | (in[at + 1] & 0x3f) << 6 | in[at + 2] & 0x3f);
                if (c < 0x800 || Character.isSurrogate(c)) {
                    return INVALID;
                }
                out[length++] = c;
                at += 3;
            } else {
                if (end - at < 4
                        || !isContinuation(in[at + 1])
                        || !isContinuation(in[at + 2])
                        || !isContinuation(in[at + 3])) {
                    return INVALID;
                }
                int point =
                        (lead & 0xf) << 18 | (in[at + 1] & 0x3f) << 12 | (in[at + 2] & 0x3f) << 6 | in[at + 3] & 0x3f;
                if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT || point > Character.MAX_CODE_POINT) {
                    return INVALID;
                }
                out[length++] = Character.highSurrogate(point);
                out[length++] = Character.lowSurrogate(point);
                at += 4;
            }
        }
        return length;
    }

    private static boolean isContinuation(byte b) {
        return b < (byte) 0xc0;
    }
}
