package dev.atlex.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of names: the same few hundred field and type names occur again and again. Sharing one {@code String} for
 * each saves memory and reuses its cached hash code.
 *
 * <p>All threads share the table without a lock. Final fields publish entries safely, so a data race can only cause
 * a wrong guess, or a miss that creates the entry again.
 */
final class NameTable {
    /** The maximum length of a cached name, in bytes. */
    private static final int MAX_LENGTH = 64;

    private static final int SIZE = 1024;

    /**
     * The number of slots that a name can occupy. With only one, names with the same hash would keep evicting each
     * other.
     */
    private static final int WAYS = 4;

    private static final @Nullable Known[] KNOWN = new @Nullable Known[SIZE];

    /** Selects the slot to evict if all of a name's slots are taken. */
    private static int nextVictim;

    private NameTable() {}

    /** A name, and predictions of the names near it. */
    static final class Known {
        private final EncodedName plain;

        /** In JSON, with quotes and colon. */
        final EncodedName quoted;

        final String text;

        /** Predicts the next name in the same map. */
        final Guess after = new Guess();

        /** Predicts the first name in a map that is this field's value. */
        final Guess inside = new Guess();

        private final int slot;

        private Known(byte[] bytes, String text, int slot) {
            this.plain = new EncodedName(bytes);
            this.quoted = new EncodedName(JsonWriter.quoteName(text));
            this.text = text;
            this.slot = slot;
        }
    }

    /**
     * Predicts that the name from last time will occur again. Threads share a guess, because a wrong one costs only a
     * lookup. A guess holds a slot rather than a reference, because references would keep chains of evicted names in
     * memory.
     */
    static final class Guess {
        private int slot;

        @Nullable
        Known name() {
            return KNOWN[slot];
        }

        /** Records the actual name after a wrong guess. */
        void note(Known actual) {
            slot = actual.slot;
        }
    }

    /** Returns the name with these bytes, adding it if necessary; null if it is too long or not ASCII. */
    static @Nullable Known find(byte[] in, int start, int end) {
        int length = end - start;
        if (length > MAX_LENGTH) {
            return null;
        }
        long head = Swar.head(in, start, length);
        long tail = Swar.tail(in, start, length);
        int slot = Swar.hash(head, tail, length) & SIZE - 1;
        Known known = KNOWN[slot];
        return known != null && known.plain.is(in, start, end, head, tail)
                ? known
                : findInOtherSlots(in, start, end, slot, head, tail);
    }

    private static @Nullable Known findInOtherSlots(byte[] in, int start, int end, int slot, long head, long tail) {
        for (int way = 0; way < WAYS; way++) {
            Known known = KNOWN[slot ^ way];
            if (known == null) {
                return add(in, start, end, slot ^ way);
            } else if (known.plain.is(in, start, end, head, tail)) {
                return known;
            }
        }
        return add(in, start, end, slot ^ (nextVictim++ & WAYS - 1));
    }

    private static @Nullable Known add(byte[] in, int start, int end, int slot) {
        if (!Swar.isAscii(in, start, end)) {
            return null;
        }
        Known added = new Known(Arrays.copyOfRange(in, start, end), Text.ascii(in, start, end), slot);
        KNOWN[slot] = added;
        return added;
    }
}
