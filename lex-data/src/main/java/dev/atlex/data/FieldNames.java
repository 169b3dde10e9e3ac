package dev.atlex.data;

import java.util.Arrays;

/**
 * The names of an object's fields, prepared for reading and writing: a reader answers with a name's position, so that
 * generated code is a {@code switch} over small numbers.
 */
public final class FieldNames {
    static final FieldNames NONE = of();

    private final String[] names;

    /** As JSON, with the colon. */
    private final byte[][] quoted;

    /** As DAG-CBOR, with the head. */
    private final byte[][] cbor;

    /** The names in UTF-8, and their first and last bytes. */
    private final byte[][] bytes;

    private final long[] heads;
    private final long[] tails;

    /** The order in which the names come in JSON. What one service writes, it writes in one order. */
    final Order inJson;

    /** The order in which they come in DAG-CBOR, which has its own. */
    final Order inCbor;

    /** Open addressing over {@link #bytes} and over {@link #names}: positions plus one. At most half of each is used. */
    private final int[] byBytes;

    private final int[] byText;

    private FieldNames(String[] names) {
        this.names = names;
        this.quoted = new byte[names.length][];
        this.cbor = new byte[names.length][];
        this.bytes = new byte[names.length][];
        this.heads = new long[names.length];
        this.tails = new long[names.length];
        this.inJson = new Order(names.length);
        this.inCbor = new Order(names.length);
        int slots = Integer.highestOneBit(names.length + 1) * 4;
        this.byBytes = new int[slots];
        this.byText = new int[slots];
        for (int i = 0; i < names.length; i++) {
            byte[] json = JsonWriter.quote(names[i]);
            quoted[i] = Arrays.copyOf(json, json.length + 1);
            quoted[i][json.length] = ':';
            byte[] name = Text.encode(names[i]);
            bytes[i] = name;
            cbor[i] = CborWriter.encode(names[i]);
            heads[i] = ByteWords.head(name, 0, name.length);
            tails[i] = ByteWords.tail(name, 0, name.length);
            int slot = slot(name, 0, name.length, heads[i], tails[i]);
            if (byBytes[slot] != 0) {
                throw new IllegalArgumentException("a name that comes twice: " + names[i]);
            }
            byBytes[slot] = i + 1;
            byText[slot(names[i])] = i + 1;
        }
    }

    /**
     * The names in the order in which they are numbered, from 0.
     *
     * @throws IllegalArgumentException if one comes twice
     */
    public static FieldNames of(String... names) {
        return new FieldNames(names.clone());
    }

    public int size() {
        return names.length;
    }

    public String name(int position) {
        return names[position];
    }

    /** The position of the name, or {@link LexReader#UNKNOWN}. */
    public int indexOf(String name) {
        int found = byText[slot(name)] - 1;
        return found < 0 ? LexReader.UNKNOWN : found;
    }

    /** The position of the name that is written there in UTF-8, or {@link LexReader#UNKNOWN}. */
    int match(byte[] in, int start, int end) {
        int length = end - start;
        int slot = slot(in, start, end, ByteWords.head(in, start, length), ByteWords.tail(in, start, length));
        int found = byBytes[slot] - 1;
        return found < 0 ? LexReader.UNKNOWN : found;
    }

    /** The slot that holds the name, or the empty one where it would be. */
    private int slot(byte[] in, int start, int end, long head, long tail) {
        int length = end - start;
        for (int slot = ByteWords.hash(head, tail, length); ; slot++) {
            slot &= byBytes.length - 1;
            int position = byBytes[slot] - 1;
            if (position < 0
                    || heads[position] == head
                            && tails[position] == tail
                            && bytes[position].length == length
                            && ByteWords.isRestSame(bytes[position], in, start, end)) {
                return slot;
            }
        }
    }

    private int slot(String name) {
        int hash = name.hashCode();
        for (int slot = hash ^ hash >>> 15; ; slot++) {
            slot &= byText.length - 1;
            if (byText[slot] == 0 || names[byText[slot] - 1].equals(name)) {
                return slot;
            }
        }
    }

    /** The name in UTF-8. */
    byte[] bytes(int position) {
        return bytes[position];
    }

    /** The name as DAG-CBOR, with the head. */
    byte[] cbor(int position) {
        return cbor[position];
    }

    boolean isType(int position) {
        return names[position].equals("$type");
    }

    /** The name as JSON, with the colon. */
    byte[] quoted(int position) {
        return quoted[position];
    }

    /**
     * Of each name, which one came behind it last. Threads share this without a lock; a wrong guess costs a look into the
     * index.
     */
    static final class Order {
        private final int[] after;

        Order(int names) {
            after = new int[names + 1];
            Arrays.setAll(after, i -> i < names ? i : LexReader.UNKNOWN);
        }

        /**
         * The position that is likely to come next, or {@link LexReader#UNKNOWN}.
         *
         * @param last the position that came last, counted from 1; 0 at the beginning. It may be one of other names, if the
         *     reader was asked for those before
         */
        int guess(int last) {
            return last < after.length ? after[last] : LexReader.UNKNOWN;
        }

        /** The guess was wrong: this position came. */
        void note(int last, int position) {
            if (last < after.length) {
                after[last] = position;
            }
        }
    }
}
