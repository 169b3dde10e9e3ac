package dev.atlex.data;

/** UTF-8 (RFC 3629) made characters in one pass; nothing that is broken is taken. */
final class Utf8 {
    private static final int BROKEN = -1;

    private Utf8() {}

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
