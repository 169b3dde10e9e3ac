package dev.atlex.bluesky.internal.video;

import app.bsky.embed.EmbedDefs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the display size of an MP4 or QuickTime video from its first track header with a size. A file consists of
 * boxes, some of which contain others; only the headers of the boxes on the way to it are read, at most
 * {@value #MAX_BOXES}.
 *
 * @see <a href="https://developer.apple.com/documentation/quicktime-file-format/track_header_atom">QuickTime: track
 *     header atom</a>
 */
final class Mp4Header {
    private static final int MAX_BOXES = 1000;
    private static final int BOX_HEADER = 8;
    private static final int LONG_BOX_HEADER = 16;

    /** The length of a track header after its box header, in versions 0 and 1. */
    private static final int TRACK_HEADER = 84;

    private static final int LONG_TRACK_HEADER = 96;

    /** The matrix and the size are the last 44 bytes of a track header, as fixed-point numbers. */
    private static final int MATRIX_AND_SIZE = 44;

    private final SeekableByteChannel channel;
    private int boxes;

    private Mp4Header(SeekableByteChannel channel) {
        this.channel = channel;
    }

    /** Returns the aspect ratio after the rotation in the track header, or null if it is unknown. */
    static EmbedDefs.@Nullable AspectRatio aspectRatio(SeekableByteChannel channel) throws IOException {
        return new Mp4Header(channel).find(0, channel.size(), 0);
    }

    private EmbedDefs.@Nullable AspectRatio find(long start, long end, int depth) throws IOException {
        String wanted = depth == 0 ? "moov" : depth == 1 ? "trak" : "tkhd";
        long at = start;
        while (at + BOX_HEADER <= end && boxes++ < MAX_BOXES) {
            ByteBuffer header = read(at, (int) Math.min(LONG_BOX_HEADER, end - at));
            long size = header.getInt() & 0xffffffffL;
            byte[] type = new byte[4];
            header.get(type);
            int headerSize = BOX_HEADER;
            if (size == 1 && header.remaining() >= 8) {
                size = header.getLong();
                headerSize = LONG_BOX_HEADER;
            }
            // A size of 0 means that the box extends to the end.
            long next = size == 0 ? end : at + size;
            if (size != 0 && size < headerSize || next > end || next < 0) {
                return null;
            }
            if (wanted.equals(new String(type, StandardCharsets.ISO_8859_1))) {
                EmbedDefs.AspectRatio ratio =
                        depth == 2 ? ofTrack(at + headerSize, next) : find(at + headerSize, next, depth + 1);
                if (ratio != null) {
                    return ratio;
                }
            }
            at = next;
        }
        return null;
    }

    private EmbedDefs.@Nullable AspectRatio ofTrack(long start, long end) throws IOException {
        long length = end - start;
        if (length < TRACK_HEADER) {
            return null;
        }
        int version = read(start, 1).get();
        int known = version == 1 ? LONG_TRACK_HEADER : TRACK_HEADER;
        if (length < known) {
            return null;
        }
        ByteBuffer buffer = read(start + known - MATRIX_AND_SIZE, MATRIX_AND_SIZE);
        int a = buffer.getInt(0);
        int b = buffer.getInt(4);
        // The numbers are fixed-point, with 16 fractional bits.
        long width = (buffer.getInt(36) & 0xffffffffL) >> 16;
        long height = (buffer.getInt(40) & 0xffffffffL) >> 16;
        if (width == 0 || height == 0) {
            return null; // Audio tracks have no size.
        }
        boolean turned = a == 0 && b != 0;
        return EmbedDefs.AspectRatio.builder()
                .width(turned ? height : width)
                .height(turned ? width : height)
                .build();
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        channel.position(position);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // A channel may return fewer bytes than asked for.
        }
        return buffer.rewind();
    }
}
