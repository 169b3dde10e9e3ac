package dev.atlex.bluesky.internal.image;

/**
 * Reads the orientation from EXIF data, which is laid out like a TIFF file. All other fields are ignored. Like
 * browsers, this class treats an image with malformed data as upright.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf">Exif 2.32: Orientation</a>
 */
final class Exif {
    private static final int ORIENTATION = 0x112;
    private static final int SHORT = 3;

    private Exif() {}

    /** Returns the orientation in the bytes from {@code from} to {@code to}, from 1 to 8, or 1 if there is none. */
    static int orientation(Bytes bytes, int from, int to) {
        boolean big = bytes.startsWith(from, 'M', 'M', 0, 42);
        if (to - from < 8 || !big && !bytes.startsWith(from, 'I', 'I', 42, 0)) {
            return 1;
        }
        long offset = big ? bytes.u32be(from + 4) : bytes.u32le(from + 4);
        if (offset > to - from - 2) {
            return 1;
        }
        int at = from + (int) offset;
        int entries = big ? bytes.u16be(at) : bytes.u16le(at);
        at += 2;
        for (int i = 0; i < entries && at + 12 <= to; i++, at += 12) {
            int tag = big ? bytes.u16be(at) : bytes.u16le(at);
            if (tag == ORIENTATION) {
                int type = big ? bytes.u16be(at + 2) : bytes.u16le(at + 2);
                int value = big ? bytes.u16be(at + 8) : bytes.u16le(at + 8);
                return type == SHORT && value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
