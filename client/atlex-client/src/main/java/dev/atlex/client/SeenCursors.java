package dev.atlex.client;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the cursors of one iteration, as 64-bit hashes. Among a million cursors, the chance of a collision is less
 * than one in ten million. After {@value #MAX} cursors it starts over, so it still detects shorter loops, one round
 * later.
 */
final class SeenCursors {
    private static final int MAX = 1 << 16;

    private final Set<Long> hashes = new HashSet<>();

    SeenCursors(@Nullable String start) {
        if (start != null) {
            add(start);
        }
    }

    /** Adds a cursor. Returns false if it was seen before. */
    boolean add(String cursor) {
        if (hashes.size() >= MAX) {
            hashes.clear();
        }
        return hashes.add(hash(cursor));
    }

    /** Computes FNV-1a, with a final mix of its bits. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }
}
