package dev.atlex.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names that were read before. The same few hundred come over and over: fields of records, and types. One string for
 * each saves memory, and has its hash already.
 *
 * <p>Threads share the table without a lock: what is in it is published by final fields, and who misses an entry makes
 * it again.
 */
final class NameTable {
    /** Longer ones are made anew. */
    private static final int MAX_LENGTH = 64;

    private static final int SIZE = 1024;

    /** How many places a name may have. With one, names drive out one another, again and again. */
    private static final int PLACES = 4;

    private static final @Nullable Known[] KNOWN = new @Nullable Known[SIZE];

    /** Tells which name has to go where all places are taken. */
    private static int turn;

    private NameTable() {}

    /** One name, and which others were seen next to it. */
    static final class Known {
        private final EncodedName plain;

        /** As JSON, with the colon. */
        final EncodedName quoted;

        final String text;

        /** The name that came behind it in a map. */
        final Guess after = new Guess();

        /** The name that came first in a map under it. */
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
     * The name that is likely to come: the one that came last time. Threads share it; a wrong one costs a look into the
     * table. It is known by its place there, not by reference: chains of names that the table has given up would be
     * kept.
     */
    static final class Guess {
        private int slot;

        @Nullable
        Known name() {
            return KNOWN[slot];
        }

        void note(Known came) {
            slot = came.slot;
        }
    }

    /** The name of these bytes, or null where they are too many, or no ASCII. */
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
                : findElsewhere(in, start, end, slot, head, tail);
    }

    private static @Nullable Known findElsewhere(byte[] in, int start, int end, int slot, long head, long tail) {
        for (int place = 0; place < PLACES; place++) {
            Known known = KNOWN[slot ^ place];
            if (known == null) {
                return remember(in, start, end, slot ^ place);
            } else if (known.plain.is(in, start, end, head, tail)) {
                return known;
            }
        }
        return remember(in, start, end, slot ^ (turn++ & PLACES - 1));
    }

    private static @Nullable Known remember(byte[] in, int start, int end, int slot) {
        if (!Swar.isAscii(in, start, end)) {
            return null;
        }
        Known made = new Known(Arrays.copyOfRange(in, start, end), Text.ascii(in, start, end), slot);
        KNOWN[slot] = made;
        return made;
    }
}
