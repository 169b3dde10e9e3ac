package dev.atlex.repo;

import dev.atlex.data.Cid;
import dev.atlex.data.internal.Sha256;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CAR file in memory, whose blocks are looked up by CID. Immutable and thread-safe.
 *
 * <p>{@link #parse} checks the structure of the whole file, but hashes nothing: a block is checked against its CID each
 * time it is returned. So a program that needs one of fifty blocks hashes only that one. Time and memory are linear in
 * the size of the file.
 *
 * <p>Each commit event of a firehose contains a small file of this kind, with a part of a repository. To read a large
 * file, such as one with a whole repository, as a stream, use {@link CarReader}.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CAR version 1</a>
 */
public final class Car implements BlockSource {
    /** The maximum number of blocks for which a scan is as fast as hashing. Most commits have fewer. */
    private static final int SCANNED = 24;

    private final byte[] bytes;
    private final int start;
    private final List<Cid> roots;

    /** For each block, the position of its CID and the end of its content, alternating. */
    private final int[] blocks;

    private final int size;

    /** The index of the blocks, or null if they are scanned. */
    private final @Nullable CarIndex index;

    private Car(byte[] bytes, int start, List<Cid> roots, int[] blocks, int size) {
        this.bytes = bytes;
        this.start = start;
        this.roots = roots;
        this.blocks = blocks;
        this.size = size;
        this.index = size > SCANNED ? new CarIndex(bytes, blocks, size) : null;
    }

    /**
     * Parses a CAR file with the {@linkplain CarOptions#DEFAULTS default limits}.
     *
     * @param bytes the file, which the caller must not modify afterward
     * @throws CarException if the bytes aren't a CAR file of version 1, or a limit is exceeded
     */
    public static Car parse(byte[] bytes) {
        return parse(bytes, CarOptions.DEFAULTS);
    }

    /** Like {@link #parse(byte[])}, with limits. */
    public static Car parse(byte[] bytes, CarOptions options) {
        return parse(bytes, 0, bytes.length, options);
    }

    /**
     * Like {@link #parse(byte[], CarOptions)}, for a CAR file in the middle of an array. The array isn't copied.
     *
     * @param start the position of the first byte
     * @param end the position after the last byte
     * @throws IndexOutOfBoundsException if the range isn't in the array
     */
    public static Car parse(byte[] bytes, int start, int end, CarOptions options) {
        return new Parser(bytes, start, end, options).parse();
    }

    /** Returns the CIDs of the roots in the header, often one. The blocks need not be there. */
    public List<Cid> roots() {
        return roots;
    }

    /**
     * Returns the only root.
     *
     * @throws CarException if the header doesn't contain exactly one root
     */
    public Cid root() {
        if (roots.size() != 1) {
            throw new CarException("expected exactly one root (got " + roots.size() + ")", 0);
        }
        return roots.get(0);
    }

    /** Returns the number of blocks, duplicates included. */
    public int size() {
        return size;
    }

    /** Returns the CIDs of all blocks in file order, duplicates included. The list decodes them on demand. */
    public List<Cid> cids() {
        return new AbstractList<>() {
            @Override
            public Cid get(int position) {
                return CarFormat.cid(bytes, blocks[2 * checkedIndex(position)]);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private int checkedIndex(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException(position);
        }
        return position;
    }

    /** Returns whether the file contains a block with this CID. The content isn't checked. */
    public boolean contains(Cid cid) {
        return find(cid) >= 0;
    }

    /**
     * Returns a copy of a block's content after checking its hash, or null if the file doesn't contain it. If the file
     * contains a block twice, this method uses the first.
     *
     * @throws HashMismatchException if the content doesn't match the CID
     */
    @Override
    public byte @Nullable [] get(Cid cid) {
        int found = find(cid);
        return found < 0 ? null : content(found);
    }

    /**
     * Returns a copy of the content of the block at a position, after checking its hash.
     *
     * @param position the position in {@link #cids()}
     * @throws HashMismatchException if the content doesn't match its CID
     * @throws IndexOutOfBoundsException if there is no such block
     */
    public CarBlock block(int position) {
        byte[] content = content(checkedIndex(position));
        int cid = blocks[2 * position];
        return new CarBlock(CarFormat.cid(bytes, cid), content, cid + CarFormat.CID_SIZE - start);
    }

    private byte[] content(int position) {
        int cid = blocks[2 * position];
        int from = cid + CarFormat.CID_SIZE;
        int to = blocks[2 * position + 1];
        CarFormat.checkHash(Sha256.newDigest(), bytes, cid, bytes, from, to, from - start);
        return Arrays.copyOfRange(bytes, from, to);
    }

    private int find(Cid cid) {
        byte[] binary = CarFormat.binary(cid);
        if (binary == null) {
            return -1;
        }
        if (index != null) {
            return index.find(binary);
        }
        for (int i = 0; i < size; i++) {
            int at = blocks[2 * i];
            if (Arrays.equals(bytes, at, at + CarFormat.CID_SIZE, binary, 0, CarFormat.CID_SIZE)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "Car[roots=" + roots + ", " + size + " blocks]";
    }

    /** Finds the blocks. */
    private static final class Parser {
        private final byte[] bytes;
        private final int start;
        private final int end;
        private final CarOptions options;
        private int at;

        Parser(byte[] bytes, int start, int end, CarOptions options) {
            if (start < 0 || end < start || end > bytes.length) {
                throw new IndexOutOfBoundsException("range " + start + " to " + end + " of " + bytes.length);
            }
            this.bytes = bytes;
            this.start = start;
            this.end = end;
            this.options = options;
            this.at = start;
        }

        Car parse() {
            if (end - start > options.maxBytes()) {
                throw new CarException("larger than " + options.maxBytes() + " bytes", options.maxBytes());
            }
            if (start == end) {
                throw new CarException("empty: expected a header", 0);
            }
            int headerEnd = section(options.maxHeaderBytes(), "header");
            List<Cid> roots = CarFormat.roots(Arrays.copyOfRange(bytes, at, headerEnd), at - start);
            at = headerEnd;
            int[] blocks = new int[16];
            int size = 0;
            while (at < end) {
                int sectionEnd = section(CarFormat.CID_SIZE + (long) options.maxBlockBytes(), "block");
                if (sectionEnd - at < CarFormat.CID_SIZE) {
                    throw new CarException(
                            "section too short for a CID (got " + (sectionEnd - at) + " bytes)", offset());
                }
                CarFormat.checkCid(bytes, at, offset());
                if (2 * size == blocks.length) {
                    blocks = Arrays.copyOf(blocks, 4 * size);
                }
                blocks[2 * size] = at;
                blocks[2 * size + 1] = sectionEnd;
                size++;
                at = sectionEnd;
            }
            return new Car(bytes, start, roots, blocks, size);
        }

        /** Reads the length of a section, moves to its start, and returns its end. */
        private int section(long max, String name) {
            int lengthAt = at;
            long length = 0;
            for (int shift = 0; ; shift += 7) {
                if (at == end) {
                    throw new CarException("truncated in the length of a section", offset());
                }
                byte octet = bytes[at++];
                length |= (long) (octet & 0x7f) << shift;
                if (octet >= 0) {
                    break;
                }
                if (at - lengthAt == CarFormat.MAX_VARINT_SIZE) {
                    throw new CarException("length of a section too long", lengthAt - start);
                }
            }
            if (length > max) {
                throw new CarException(name + " larger than its limit (got " + length + " bytes)", lengthAt - start);
            }
            if (length > end - at) {
                throw new CarException(
                        "truncated: expected " + length + " bytes of a " + name + " (got " + (end - at) + ")",
                        offset());
            }
            return at + (int) length;
        }

        private long offset() {
            return at - start;
        }
    }
}
