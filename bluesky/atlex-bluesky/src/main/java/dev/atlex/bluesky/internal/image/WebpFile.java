package dev.atlex.bluesky.internal.image;

/**
 * Reads a WebP file. It drops EXIF, XMP and unknown chunks, and clears their flags in the header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649">RFC 9649: WebP</a>
 */
final class WebpFile {
    private static final int HEADER = 12;
    private static final int EXTENDED_HEADER = 10;
    private static final int EXIF_AND_XMP = 0x08 | 0x04;
    private static final int ANIMATION = 0x02;

    private final byte[] file;
    private final Bytes bytes;
    private final KeptBytes chunks;
    private int width;
    private int height;
    private int orientation = 1;
    private boolean animated;
    private boolean image;

    private WebpFile(byte[] file) {
        this.file = file;
        this.bytes = new Bytes(file);
        this.chunks = new KeptBytes(file);
    }

    static ImageFile read(byte[] file) {
        return new WebpFile(file).read();
    }

    private ImageFile read() {
        int end = bytes.end(8, bytes.u32le(4));
        for (int at = HEADER; at + 8 <= end; ) {
            long length = bytes.u32le(at + 4);
            int next = bytes.end(at, 8 + length);
            // Some files lack the last chunk's padding.
            next = Math.min(next + (int) (length & 1), file.length);
            chunk(bytes.fourCc(at), at, next);
            at = next;
        }
        if (!image) {
            throw new MalformedImageException("the image ends before its pixels");
        }
        KeptBytes kept = new KeptBytes(file);
        int size = 4 + chunks.length();
        kept.keep(0, 4);
        if (size == bytes.u32le(4)) {
            kept.keep(4, 8);
        } else {
            kept.insert(size, size >> 8, size >> 16, size >> 24);
        }
        kept.keep(8, HEADER);
        kept.keepAll(chunks);
        return new ImageFile(ImageType.WEBP, width, height, animated ? 1 : orientation, animated, kept);
    }

    private void chunk(String type, int at, int next) {
        int data = at + 8;
        switch (type) {
            case "VP8X" -> {
                if (next - data < EXTENDED_HEADER) {
                    throw new MalformedImageException("the extended header at byte " + at + " is too short");
                }
                int flags = bytes.u8(data);
                animated = (flags & ANIMATION) != 0;
                width = bytes.u24le(data + 4) + 1;
                height = bytes.u24le(data + 7) + 1;
                chunks.keep(at, data);
                if ((flags & EXIF_AND_XMP) == 0) {
                    chunks.keep(data, next);
                } else {
                    chunks.insert(flags & ~EXIF_AND_XMP);
                    chunks.keep(data + 1, next);
                }
            }
            case "VP8 " -> {
                if (!bytes.startsWith(data + 3, 0x9d, 0x01, 0x2a)) {
                    throw new MalformedImageException("the first frame has no start code");
                }
                frame(at, next, bytes.u16le(data + 6) & 0x3fff, bytes.u16le(data + 8) & 0x3fff);
            }
            case "VP8L" -> {
                long size = bytes.u32le(data + 1);
                frame(at, next, (int) (size & 0x3fff) + 1, (int) (size >> 14 & 0x3fff) + 1);
            }
            case "ANMF" -> {
                image = true;
                chunks.keep(at, next);
            }
            case "ICCP", "ANIM", "ALPH" -> chunks.keep(at, next);
            case "EXIF" -> orientation = Exif.orientation(bytes, data + (isPrefixed(data) ? 6 : 0), next);
            default -> {
                // Drop XMP and chunks that no viewer needs.
            }
        }
    }

    /** Returns whether the chunk begins with the prefix of JPEG's EXIF segment, which some encoders write. */
    private boolean isPrefixed(int data) {
        return bytes.startsWith(data, 'E', 'x', 'i', 'f', 0, 0);
    }

    private void frame(int at, int next, int frameWidth, int frameHeight) {
        image = true;
        // The canvas size in the extended header comes first and takes precedence.
        if (width == 0) {
            width = frameWidth;
            height = frameHeight;
        }
        chunks.keep(at, next);
    }
}
