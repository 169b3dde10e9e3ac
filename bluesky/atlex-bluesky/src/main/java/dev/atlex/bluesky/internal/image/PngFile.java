package dev.atlex.bluesky.internal.image;

import java.util.Set;
import java.util.zip.CRC32;

/**
 * Reads a PNG file. It keeps the chunks for pixels, colors and animation. It drops text, times, EXIF and private
 * chunks. It also drops bytes after the end of the image, such as the rest of a picture that was cropped in place.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#11Chunks">PNG, third edition: chunks</a>
 */
final class PngFile {
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND");
    private static final Set<String> COLORS = Set.of(
            "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "sPLT");
    private static final Set<String> ANIMATION = Set.of("acTL", "fcTL", "fdAT");

    /** A chunk's length, type and checksum. */
    private static final int OVERHEAD = 12;

    private PngFile() {}

    static ImageFile read(byte[] file) {
        Bytes bytes = new Bytes(file);
        KeptBytes kept = new KeptBytes(file);
        kept.keep(0, 8);
        if (!bytes.startsWith(12, "IHDR")) {
            throw new MalformedImageException("the first chunk is not the header");
        }
        int orientation = 1;
        boolean animated = false;
        boolean data = false;
        String type = "";
        for (int at = 8; !type.equals("IEND"); ) {
            long length = bytes.u32be(at);
            type = bytes.fourCc(at + 4);
            int end = bytes.end(at, length + OVERHEAD);
            boolean pixels = PIXELS.contains(type);
            boolean intact = checksum(file, at + 4, end - 4) == bytes.u32be(end - 4);
            if (pixels && !intact) {
                throw new MalformedImageException("the checksum of the chunk " + type + " at byte " + at + " is wrong");
            }
            if (!pixels && Character.isUpperCase(type.charAt(0))) {
                throw new MalformedImageException("an unknown chunk at byte " + at + " that can't be left out");
            }
            if (type.equals("eXIf")) {
                orientation = Exif.orientation(bytes, at + 8, end - 4);
            }
            animated |= type.equals("acTL");
            data |= type.equals("IDAT");
            if (pixels || intact && (COLORS.contains(type) || ANIMATION.contains(type))) {
                kept.keep(at, end);
            }
            at = end;
        }
        if (!data) {
            throw new MalformedImageException("the image ends before its pixels");
        }
        return new ImageFile(
                ImageType.PNG, side(bytes, 16), side(bytes, 20), animated ? 1 : orientation, animated, kept);
    }

    private static int side(Bytes bytes, int at) {
        // A length of more than 31 bits becomes negative, which is treated as no pixels.
        return (int) bytes.u32be(at);
    }

    private static long checksum(byte[] file, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(file, from, to - from);
        return crc.getValue();
    }
}
