package dev.atlex.client.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952) with any number of members.
 *
 * <p>{@link java.util.zip.GZIPInputStream} calls itself for each empty member, so 160 KB of such members overflow the
 * stack. It doesn't limit the compressed bytes either. This class reads in a loop, in time that is linear in the
 * compressed bytes, and limits input that produces no output. The CRC and the length of each member are checked.
 *
 * <p>After a complete member, zero padding and other bytes that don't begin another member are ignored, as by gzip
 * itself, because the body before them has been verified. A truncated member is an error, never a short body.
 */
final class GunzipStream extends InputStream {
    private static final int BUFFER = 8 << 10;
    static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int RESERVED = 0xe0;

    /** The maximum length of file names and comments, which responses don't need. */
    private static final int MAX_TEXT = 64 << 10;

    /** The maximum number of empty members in a row. Encoders that flush often write a few. */
    private static final int MAX_EMPTY_MEMBERS = 1000;

    /** The allowance for overhead. It is far more than deflate adds to bytes that it can't compress. */
    private static final long SLACK = 64 << 10;

    private final InputStream source;
    private final long maxCompressed;
    private final Supplier<? extends TransportException> tooLarge;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 bodyCrc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long compressed;
    private boolean inMember;
    private boolean anyMember;
    private boolean ended;
    private int emptyMembers;

    /**
     * @param maxBytes the limit on the decompressed bytes, which also determines the limit on the compressed bytes
     * @param tooLarge the supplier of the exception for too many compressed bytes
     */
    GunzipStream(InputStream source, long maxBytes, Supplier<? extends TransportException> tooLarge) {
        this.source = source;
        long bound = maxBytes + maxBytes / 64 + SLACK;
        this.maxCompressed = bound < 0 ? Long.MAX_VALUE : bound;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                if (!beginMember()) {
                    ended = true;
                    break;
                }
                continue;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                bodyCrc.update(target, offset, count);
                emptyMembers = 0;
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("preset dictionary, which gzip does not have");
            } else {
                if (!fill()) {
                    throw new EOFException();
                }
                inflater.setInput(buffer, 0, limit);
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage() == null ? "invalid compressed data" : e.getMessage());
        }
    }

    /** Reads a member's header. Returns false if there is no further member. */
    private boolean beginMember() throws IOException {
        int first = next();
        if (anyMember) {
            while (first == 0) {
                first = next();
            }
            if (first != MAGIC_1) {
                return false;
            }
        }
        headerCrc.reset();
        hashed(first);
        int second = header();
        if (first != MAGIC_1 || second != MAGIC_2) {
            if (anyMember) {
                return false;
            }
            throw new ZipException("not in gzip format");
        }
        if (header() != DEFLATE) {
            throw new ZipException("unknown compression method");
        }
        int flags = header();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("reserved flags in the header");
        }
        skip(6); // time, level, system
        if ((flags & FEXTRA) != 0) {
            skip(header() | header() << 8);
        }
        if ((flags & FNAME) != 0) {
            skipText();
        }
        if ((flags & FCOMMENT) != 0) {
            skipText();
        }
        if ((flags & FHCRC) != 0) {
            long expected = headerCrc.getValue() & 0xffff;
            if ((header() | header() << 8) != expected) {
                throw new ZipException("header checksum mismatch");
            }
        }
        anyMember = true;
        inMember = true;
        bodyCrc.reset();
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
        return true;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        if (little() != bodyCrc.getValue()) {
            throw new ZipException("checksum mismatch");
        }
        if (little() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new ZipException("length mismatch");
        }
        if (inflater.getBytesWritten() == 0 && ++emptyMembers > MAX_EMPTY_MEMBERS) {
            throw new ZipException("more than " + MAX_EMPTY_MEMBERS + " empty members in a row");
        }
        inMember = false;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            header();
        }
    }

    private void skipText() throws IOException {
        for (int i = 0; header() != 0; i++) {
            if (i >= MAX_TEXT) {
                throw new ZipException("name or comment exceeds " + MAX_TEXT + " bytes");
            }
        }
    }

    private long little() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) required() << shift;
        }
        return value;
    }

    private int header() throws IOException {
        return hashed(required());
    }

    private int hashed(int value) {
        headerCrc.update(value);
        return value;
    }

    private int required() throws IOException {
        int value = next();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    /** Returns the next compressed byte outside of deflate's blocks, or -1 at the end. */
    private int next() throws IOException {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = source.read(buffer, 0, buffer.length);
        if (count <= 0) {
            position = limit = 0;
            return false;
        }
        compressed += count;
        if (compressed > maxCompressed) {
            throw tooLarge.get();
        }
        position = 0;
        limit = count;
        return true;
    }

    /** Frees the memory of the decompressor. The owner closes the source. */
    @Override
    public void close() {
        ended = true;
        inflater.end();
    }
}
