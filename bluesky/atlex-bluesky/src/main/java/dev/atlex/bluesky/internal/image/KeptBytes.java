package dev.atlex.bluesky.internal.image;

import java.util.ArrayList;
import java.util.List;

/** The bytes of a file without its metadata, as ranges, so that they are copied at most once. */
final class KeptBytes {
    /**
     * The maximum number of ranges, more than any real image has. Without a limit, a hostile file could take many times
     * its size in memory.
     */
    private static final int MAX_RANGES = 65_536;

    private final byte[] source;
    private final List<Range> ranges = new ArrayList<>();
    private int length;

    private record Range(byte[] bytes, int from, int to) {}

    KeptBytes(byte[] source) {
        this.source = source;
    }

    /** Keeps the bytes of a range, which must begin at or after the end of the last range. */
    void keep(int from, int to) {
        Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.bytes() == source && last.to() == from) {
            ranges.set(ranges.size() - 1, new Range(source, last.from(), to));
        } else {
            add(new Range(source, from, to));
        }
        length += to - from;
    }

    /** Adds bytes that aren't in the file. */
    void insert(int... bytes) {
        byte[] inserted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            inserted[i] = (byte) bytes[i];
        }
        add(new Range(inserted, 0, inserted.length));
        length += inserted.length;
    }

    /** Adds the kept bytes of another object for the same file. */
    void keepAll(KeptBytes others) {
        for (Range range : others.ranges) {
            if (range.bytes() == source) {
                keep(range.from(), range.to());
            } else {
                add(range);
                length += range.to() - range.from();
            }
        }
    }

    private void add(Range range) {
        if (ranges.size() == MAX_RANGES) {
            throw new MalformedImageException("more than " + MAX_RANGES + " pieces of metadata");
        }
        ranges.add(range);
    }

    int length() {
        return length;
    }

    /** Returns the kept bytes: the source itself if nothing was removed. */
    byte[] toArray() {
        if (ranges.size() == 1 && length == source.length) {
            return source;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Range range : ranges) {
            int size = range.to() - range.from();
            System.arraycopy(range.bytes(), range.from(), all, at, size);
            at += size;
        }
        return all;
    }
}
