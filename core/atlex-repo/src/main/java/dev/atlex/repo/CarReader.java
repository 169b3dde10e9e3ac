package dev.atlex.repo;

import dev.atlex.data.Cid;
import dev.atlex.data.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a CAR file as a stream, and checks each of them against its CID. Not thread-safe.
 *
 * <p>A reader holds one block at a time, so a repository of any size can be read with little memory:
 *
 * <pre>{@code
 * try (CarReader car = CarReader.open(in)) {
 *     while (car.hasNext()) {
 *         CarBlock block = car.next();
 *     }
 * }
 * }</pre>
 *
 * <p>All methods that read throw a {@link CarException} if the file is malformed or exceeds a limit, and an
 * {@link UncheckedIOException} if the stream fails. After an exception, the reader must not be used again.
 *
 * @see Car
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CAR version 1</a>
 */
public final class CarReader implements Iterator<CarBlock>, AutoCloseable {
    private static final int BUFFER_SIZE = 64 << 10;

    private final InputStream in;
    private final CarOptions options;
    private final MessageDigest digest = Sha256.newDigest();

    /** Input that has been read but not consumed, from {@code at} to {@code limit}. */
    private byte[] buffer = new byte[BUFFER_SIZE];

    private int at;
    private int limit;

    /** The offset in the file of the buffer's first byte. */
    private long base;

    private final List<Cid> roots;

    private CarReader(InputStream in, CarOptions options) {
        this.in = in;
        this.options = options;
        if (!fill(1)) {
            throw new CarException("empty: expected a header", 0);
        }
        int length = section(options.maxHeaderBytes(), "header");
        this.roots = CarFormat.roots(Arrays.copyOfRange(buffer, at, at + length), offset());
        at += length;
    }

    /**
     * Opens a CAR file with the {@linkplain CarOptions#DEFAULTS default limits}, and reads its header.
     *
     * @param in the file; closed by {@link #close()}, or if this method throws
     */
    public static CarReader open(InputStream in) {
        return open(in, CarOptions.DEFAULTS);
    }

    /** Like {@link #open(InputStream)}, with limits. */
    public static CarReader open(InputStream in, CarOptions options) {
        try {
            return new CarReader(in, options);
        } catch (Throwable e) {
            try {
                in.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Returns the CIDs of the roots in the header, often one. The blocks need not be there. */
    public List<Cid> roots() {
        return roots;
    }

    /** Returns whether there are more blocks. This may wait for input. */
    @Override
    public boolean hasNext() {
        return fill(1);
    }

    /**
     * Reads the next block.
     *
     * @throws HashMismatchException if the content doesn't match the CID
     * @throws NoSuchElementException if there is none
     */
    @Override
    public CarBlock next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int length = section(CarFormat.CID_SIZE + (long) options.maxBlockBytes(), "block");
        if (length < CarFormat.CID_SIZE) {
            throw new CarException("section too short for a CID (got " + length + " bytes)", offset());
        }
        CarFormat.checkCid(buffer, at, offset());
        int from = at + CarFormat.CID_SIZE;
        int to = at + length;
        CarFormat.checkHash(digest, buffer, at, buffer, from, to, base + from);
        CarBlock block = new CarBlock(CarFormat.cid(buffer, at), Arrays.copyOfRange(buffer, from, to), base + from);
        at = to;
        return block;
    }

    /**
     * Returns the next block, or null at the end of the file. Combines {@link #hasNext()} and {@link #next()}.
     *
     * @throws HashMismatchException if the content doesn't match the CID
     */
    public @Nullable CarBlock read() {
        return hasNext() ? next() : null;
    }

    /** Reads the length of a section, then fills the buffer until it contains the whole section. */
    private int section(long max, String name) {
        long lengthOffset = offset();
        long length = 0;
        for (int size = 0; ; size++) {
            if (size == CarFormat.MAX_VARINT_SIZE) {
                throw new CarException("length of a section too long", lengthOffset);
            }
            if (!fill(1)) {
                throw new CarException("truncated in the length of a section", offset());
            }
            byte octet = buffer[at++];
            length |= (long) (octet & 0x7f) << 7 * size;
            if (octet >= 0) {
                break;
            }
        }
        if (length > max) {
            throw new CarException(name + " larger than its limit (got " + length + " bytes)", lengthOffset);
        }
        if (!fill((int) length)) {
            throw new CarException(
                    "truncated: expected " + length + " bytes of a " + name + " (got " + (limit - at) + ")", offset());
        }
        return (int) length;
    }

    /** Reads until the buffer has at least that many bytes. Returns false if the file ends first. */
    private boolean fill(int wanted) {
        if (limit - at >= wanted) {
            return true;
        }
        if (wanted > buffer.length - at) {
            // Large blocks are rare, and their length has been checked.
            byte[] target = wanted > buffer.length ? new byte[wanted] : buffer;
            System.arraycopy(buffer, at, target, 0, limit - at);
            buffer = target;
            base += at;
            limit -= at;
            at = 0;
        }
        try {
            while (limit - at < wanted) {
                int count = in.read(buffer, limit, buffer.length - limit);
                if (count < 0) {
                    return false;
                }
                limit += count;
                if (base + limit > options.maxBytes()) {
                    throw new CarException("larger than " + options.maxBytes() + " bytes", options.maxBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private long offset() {
        return base + at;
    }

    /**
     * Closes the stream.
     *
     * @throws UncheckedIOException if that fails
     */
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
