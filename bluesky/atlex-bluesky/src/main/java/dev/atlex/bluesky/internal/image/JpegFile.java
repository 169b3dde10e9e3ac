package dev.atlex.bluesky.internal.image;

/**
 * Reads a JPEG file. It keeps only the segments that the pixels depend on: tables, frames, scans, the JFIF header, the
 * color profile and Adobe's color transform. It drops all other application segments (EXIF, XMP, IPTC, the index of
 * additional images) and comments. It also drops bytes after the end of the image, such as the video of a motion photo.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegFile {
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int LINES = 0xdc;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;

    /**
     * The maximum number of scans, more than any encoder writes. Each scan takes a pass over all pixels, so without a
     * limit, a small file could take hours to decode.
     */
    private static final int MAX_SCANS = 100;

    /** The JFIF header's length without a thumbnail. */
    private static final int JFIF_LENGTH = 16;

    private final Bytes bytes;
    private final KeptBytes kept;
    private int width;
    private int height;
    private int orientation = 1;
    private boolean exif;
    private boolean frame;
    private int scans;

    private JpegFile(byte[] file) {
        this.bytes = new Bytes(file);
        this.kept = new KeptBytes(file);
    }

    static ImageFile read(byte[] file) {
        return new JpegFile(file).read();
    }

    private ImageFile read() {
        kept.keep(0, 2);
        int at = 2;
        while (true) {
            if (scans > 0 && bytes.isEnd(at)) {
                // Some cameras forget the end marker, and some downloads are incomplete. Viewers show the
                // data that exists.
                kept.insert(0xff, END);
                break;
            }
            // Decoders skip bytes between segments. If several 0xff follow each other, the last one begins the marker.
            while (bytes.u8(at) != 0xff || bytes.u8(at + 1) == 0xff || bytes.u8(at + 1) == 0) {
                at++;
            }
            int marker = bytes.u8(at + 1);
            if (marker == END) {
                kept.keep(at, at + 2);
                break;
            }
            if (marker == START) {
                throw new MalformedImageException("a second image begins at byte " + at + " before the first one ends");
            }
            at = isStandalone(marker) ? at + 2 : segment(at, marker);
        }
        if (!frame || scans == 0) {
            throw new MalformedImageException("the image ends before its first " + (frame ? "scan" : "frame"));
        }
        return new ImageFile(ImageType.JPEG, width, height, orientation, false, kept);
    }

    /** Reads the segment at an offset, and returns the offset of the next one. */
    private int segment(int at, int marker) {
        int length = bytes.u16be(at + 2);
        if (length < 2) {
            throw new MalformedImageException("a segment at byte " + at + " has no length");
        }
        int end = bytes.end(at + 2, length);
        if (isFrame(marker)) {
            frame = true;
            height = bytes.u16be(at + 5);
            width = bytes.u16be(at + 7);
        } else if (marker == LINES && height == 0) {
            height = bytes.u16be(at + 4);
        } else if (marker == APP1 && !exif && bytes.startsWith(at + 4, 'E', 'x', 'i', 'f', 0)) {
            exif = true;
            orientation = Exif.orientation(bytes, at + 10, end);
        }
        if (marker == APP0 && bytes.startsWith(at + 4, 'J', 'F', 'I', 'F', 0) && length > JFIF_LENGTH) {
            keepHeader(at);
        } else if (isKept(at, marker)) {
            kept.keep(at, end);
        }
        return marker == SCAN ? scan(end) : end;
    }

    /** Keeps the JFIF header without its thumbnail, which may show more than the image does. */
    private void keepHeader(int at) {
        kept.insert(0xff, APP0, 0, JFIF_LENGTH);
        kept.keep(at + 4, at + JFIF_LENGTH);
        kept.insert(0, 0);
    }

    /** Keeps the entropy-coded data that follows a scan's header, and returns the offset of the marker after it. */
    private int scan(int from) {
        if (!frame) {
            throw new MalformedImageException("a scan begins before the frame, at byte " + from);
        }
        if (++scans > MAX_SCANS) {
            throw new MalformedImageException("more than " + MAX_SCANS + " scans");
        }
        int at = from;
        while (!bytes.isEnd(at) && (bytes.u8(at) != 0xff || isData(bytes.u8(at + 1)))) {
            at++;
        }
        if (at == from && bytes.isEnd(at)) {
            throw new MalformedImageException("the file ends before the data of its scan");
        }
        kept.keep(from, at);
        return at;
    }

    /** Returns whether 0xff and this byte belong to a scan: a stuffed byte, a restart marker or a fill byte. */
    private static boolean isData(int next) {
        return next == 0 || next == 0xff || next >= 0xd0 && next <= 0xd7;
    }

    private boolean isKept(int at, int marker) {
        return switch (marker) {
            case APP0 -> bytes.startsWith(at + 4, 'J', 'F', 'I', 'F', 0);
            case APP2 -> bytes.startsWith(at + 4, "ICC_PROFILE");
            case APP14 -> bytes.startsWith(at + 4, "Adobe");
            // The last markers are reserved for extensions that were never defined.
            default -> (marker < APP0 || marker > APP15) && marker < 0xf0 && marker != COMMENT;
        };
    }

    private static boolean isStandalone(int marker) {
        return marker == 1 || marker >= 0xd0 && marker <= 0xd7;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
