package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * UTF-8 (RFC 3629) made text in one pass; nothing that is broken is taken. A reader's own, for it has room to work in.
 */
final class Utf8 {
    private static final int BROKEN = -1;

    private char[] characters = new char[0];

    /** The text of a part of the bytes, or null where they are not UTF-8. */
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
     * Decodes a part of the bytes.
     *
     * @param out has room for a character for each byte
     * @return how many characters that makes, or -1 where the bytes are not UTF-8
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
                if (lead < (byte) 0xc2 || end - at < 2 || !isNext(in[at + 1])) {
                    return BROKEN;
                }
                out[length++] = (char) ((lead & 0x1f) << 6 | in[at + 1] & 0x3f);
                at += 2;
            } else if (lead < (byte) 0xf0) {
                if (end - at < 3 || !isNext(in[at + 1]) || !isNext(in[at + 2])) {
                    return BROKEN;
                }
                char c = (char) ((lead & 0xf) << 12 | (in[at + 1] & 0x3f) << 6 | in[at + 2] & 0x3f);
                if (c < 0x800 || Character.isSurrogate(c)) {
                    return BROKEN;
                }
                out[length++] = c;
                at += 3;
            } else {
                if (end - at < 4 || !isNext(in[at + 1]) || !isNext(in[at + 2]) || !isNext(in[at + 3])) {
                    return BROKEN;
                }
                int point =
                        (lead & 0xf) << 18 | (in[at + 1] & 0x3f) << 12 | (in[at + 2] & 0x3f) << 6 | in[at + 3] & 0x3f;
                if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT || point > Character.MAX_CODE_POINT) {
                    return BROKEN;
                }
                out[length++] = Character.highSurrogate(point);
                out[length++] = Character.lowSurrogate(point);
                at += 4;
            }
        }
        return length;
    }

    private static boolean isNext(byte b) {
        return b < (byte) 0xc0;
    }
}
