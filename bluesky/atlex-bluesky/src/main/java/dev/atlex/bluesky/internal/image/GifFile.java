package dev.atlex.bluesky.internal.image;

/**
 * Reads a GIF file. It drops comments and application extensions, such as XMP, but keeps the extensions for animation
 * and color profiles.
 *
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a</a>
 */
final class GifFile {
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int COMMENT = 0xfe;
    private static final int APPLICATION = 0xff;

    private GifFile() {}

    static ImageFile read(byte[] file) {
        Bytes bytes = new Bytes(file);
        KeptBytes kept = new KeptBytes(file);
        int width = bytes.u16le(6);
        int height = bytes.u16le(8);
        int at = 13 + colors(bytes.u8(10));
        kept.keep(0, bytes.end(0, at));
        int frames = 0;
        while (true) {
            if (at == file.length && frames > 0) {
                // Some encoders forget the trailer, and viewers accept that.
                kept.insert(TRAILER);
                break;
            }
            int block = bytes.u8(at);
            if (block == TRAILER) {
                kept.keep(at, at + 1);
                break;
            }
            int start = at;
            boolean keep = true;
            if (block == IMAGE) {
                if (frames++ == 0 && (width == 0 || height == 0)) {
                    width = bytes.u16le(at + 5);
                    height = bytes.u16le(at + 7);
                }
                at = blocks(bytes, at + 11 + colors(bytes.u8(at + 9)));
            } else if (block == EXTENSION) {
                keep = isKept(bytes, at);
                at = blocks(bytes, at + 2);
            } else {
                throw new MalformedImageException("an unknown block at byte " + at);
            }
            if (keep) {
                kept.keep(start, at);
            }
        }
        if (frames == 0) {
            throw new MalformedImageException("the image ends before its first frame");
        }
        return new ImageFile(ImageType.GIF, width, height, 1, frames > 1, kept);
    }

    private static boolean isKept(Bytes bytes, int at) {
        return switch (bytes.u8(at + 1)) {
            case COMMENT -> false;
            case APPLICATION ->
                bytes.startsWith(at + 3, "NETSCAPE")
                        || bytes.startsWith(at + 3, "ANIMEXTS")
                        || bytes.startsWith(at + 3, "ICCRGBG1");
            default -> true;
        };
    }

    /** Returns the length of the color table that these flags declare. */
    private static int colors(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** Returns the offset after the data blocks that begin at {@code from}. */
    private static int blocks(Bytes bytes, int from) {
        int at = from;
        while (bytes.u8(at) != 0) {
            at += 1 + bytes.u8(at);
        }
        return at + 1;
    }
}
