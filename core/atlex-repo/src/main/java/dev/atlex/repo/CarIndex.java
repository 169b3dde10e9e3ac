package dev.atlex.repo;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A hash table of the blocks in a CAR file, by the bytes of their CIDs. It takes only about 12 bytes per block, because
 * a hostile file may contain millions of tiny blocks.
 *
 * <p>CIDs aren't checked against the content when a file is parsed, so a hostile file can contain arbitrary ones. The
 * hash function uses random factors, which the file's author doesn't know, so CIDs can't be chosen to collide.
 */
final class CarIndex {
    private static final int WORDS = 4;
    private static final long[] FACTORS = factors();

    private final byte[] bytes;

    /** The position of the CID of each block, and the end of its content, alternating. */
    private final int[] blocks;

    /** Open addressing: positions plus one. At most half of the slots are in use. */
    private final int[] slots;

    CarIndex(byte[] bytes, int[] blocks, int size) {
        this.bytes = bytes;
        this.blocks = blocks;
        this.slots = new int[Integer.highestOneBit(size) * 4];
        for (int i = 0; i < size; i++) {
            int slot = slot(bytes, blocks[2 * i]);
            if (slots[slot] == 0) { // otherwise the same CID was there before
                slots[slot] = i + 1;
            }
        }
    }

    private static long[] factors() {
        SecureRandom random = new SecureRandom();
        long[] factors = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            factors[i] = random.nextLong() | 1;
        }
        return factors;
    }

    /** Returns the position of the first block with this CID, or -1. */
    int find(byte[] cid) {
        return slots[slot(cid, 0)] - 1;
    }

    /** Returns the slot of a CID, or the free one where it belongs. */
    private int slot(byte[] source, int at) {
        int slot = hash(source, at) & (slots.length - 1);
        while (slots[slot] != 0) {
            int other = blocks[2 * (slots[slot] - 1)];
            if (Arrays.equals(bytes, other, other + CarFormat.CID_SIZE, source, at, at + CarFormat.CID_SIZE)) {
                return slot;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static int hash(byte[] source, int at) {
        long hash = 0;
        int next = at + CarFormat.CID_SIZE - WORDS * Long.BYTES;
        for (int i = 0; i < WORDS; i++) {
            long word = 0;
            for (int j = 0; j < Long.BYTES; j++) {
                word = word << 8 | source[next++] & 0xff;
            }
            hash = Long.rotateLeft(hash, 32) + word * FACTORS[i];
        }
        return (int) (hash >>> 32);
    }
}
