package dev.atlex.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field names of an object, prepared for reading and writing. Readers return the position of a name, so generated
 * code is a {@code switch} over small numbers.
 */
public final class FieldNames {
    /** The characters that {@link #ofKinds} accepts for kinds. */
    public static final String KINDS = "sibxloam";

    static final FieldNames NONE = of();

    private final String[] names;

    /** The kind of each field's values; empty if unknown. */
    private final String kinds;

    /** In UTF-8. */
    private final EncodedName[] plain;

    /** In JSON, with quotes and colon. */
    private final EncodedName[] quoted;

    /** In DAG-CBOR, with the head. */
    private final EncodedName[] cbor;

    /** Guesses the next name in JSON. A service usually writes fields in the same order. */
    final Order inJson;

    /** Guesses the next name in DAG-CBOR, which has its own order. */
    final Order inCbor;

    /**
     * Hash tables with open addressing over {@link #plain} and {@link #names}: positions plus one. At most half of each
     * is in use.
     */
    private final int[] byBytes;

    private final int[] byText;

    /** The positions by text, or null unless the names collide too often. Schemas come from untrusted sources too. */
    private final @Nullable Map<String, Integer> collided;

    /** The position of {@code $type}, if it is one of the names. */
    private final int type;

    private FieldNames(String kinds, String[] names) {
        if (!kinds.isEmpty() && kinds.length() != names.length) {
            throw new IllegalArgumentException("expected one kind for each name");
        }
        this.names = names;
        this.kinds = kinds;
        this.plain = new EncodedName[names.length];
        this.quoted = new EncodedName[names.length];
        this.cbor = new EncodedName[names.length];
        this.inJson = new Order(names.length);
        this.inCbor = new Order(names.length);
        int slots = Integer.highestOneBit(names.length + 1) * 4;
        this.byBytes = new int[slots];
        this.byText = new int[slots];
        boolean scattered = true;
        for (int i = 0; i < names.length; i++) {
            EncodedName name = new EncodedName(Text.encode(names[i]));
            plain[i] = name;
            quoted[i] = new EncodedName(JsonWriter.quoteName(names[i]));
            cbor[i] = new EncodedName(CborWriter.encode(names[i]));
            scattered = scattered && put(byBytes, hash(name), i) && put(byText, hash(names[i]), i);
        }
        this.collided = scattered ? null : positions();
        this.type = indexOf("$type");
    }

    /**
     * Creates field names, numbered from 0 in the given order.
     *
     * @throws IllegalArgumentException if a name is duplicated
     */
    public static FieldNames of(String... names) {
        return new FieldNames("", names.clone());
    }

    /**
     * Like {@link #of}, but with the kinds of the fields' values. Lenient reading sets aside values of other kinds.
     *
     * @param kinds one character for each name. The characters of {@value #KINDS} stand for string, integer, boolean,
     *     bytes, link, blob, array and map. An uppercase character also marks the field as optional and nullable. A
     *     digit, which is the kind's position in {@value #KINDS} counted from 1, marks it as required and nullable
     * @throws IllegalArgumentException if a name is duplicated, or the number of kinds differs from the number of names
     */
    public static FieldNames ofKinds(String kinds, String... names) {
        return new FieldNames(kinds, names.clone());
    }

    /** Returns whether the schema allows null for the field. */
    public boolean isNullable(int position) {
        return !kinds.isEmpty() && kinds.charAt(position) < 'a';
    }

    /** Returns whether the field is required and nullable. */
    public boolean isRequiredNullable(int position) {
        return !kinds.isEmpty() && kinds.charAt(position) < 'A';
    }

    /** Returns whether lenient reading treats null as absent. */
    boolean setsNullAside(int position) {
        return !kinds.isEmpty() && kinds.charAt(position) >= 'a';
    }

    /** Returns the kind of the field's values in lowercase, or 0 if it is unknown. */
    char kind(int position) {
        if (kinds.isEmpty()) {
            return 0;
        }
        char kind = kinds.charAt(position);
        return kind < 'A' ? KINDS.charAt(kind - '1') : Character.toLowerCase(kind);
    }

    /** Returns the number of names. */
    public int size() {
        return names.length;
    }

    /**
     * Returns the name at a position, from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public String name(int position) {
        return names[position];
    }

    /** Returns the position of the name, or {@link LexReader#UNKNOWN}. */
    public int indexOf(String name) {
        if (collided != null) {
            return collided.getOrDefault(name, LexReader.UNKNOWN);
        }
        int hash = hash(name);
        for (int probe = 0; probe < LexMap.MAX_PROBES; probe++) {
            int position = byText[hash + probe & byText.length - 1] - 1;
            if (position < 0) {
                break;
            } else if (names[position].equals(name)) {
                return position;
            }
        }
        return LexReader.UNKNOWN;
    }

    /** Returns the position of a name in UTF-8 input, or {@link LexReader#UNKNOWN}. */
    int match(byte[] in, int start, int end) {
        if (collided != null) {
            return indexOf(Text.decode(in, start, end));
        }
        int length = end - start;
        long head = Swar.head(in, start, length);
        long tail = Swar.tail(in, start, length);
        int hash = Swar.hash(head, tail, length);
        for (int probe = 0; probe < LexMap.MAX_PROBES; probe++) {
            int position = byBytes[hash + probe & byBytes.length - 1] - 1;
            if (position < 0) {
                break;
            } else if (plain[position].is(in, start, end, head, tail)) {
                return position;
            }
        }
        return LexReader.UNKNOWN;
    }

    /**
     * Puts a position into the first free slot at or after the hash. Returns false if that slot is beyond the search
     * limit.
     */
    private boolean put(int[] index, int hash, int position) {
        for (int probe = 0; probe < LexMap.MAX_PROBES; probe++) {
            int slot = hash + probe & index.length - 1;
            if (index[slot] == 0) {
                index[slot] = position + 1;
                return true;
            } else if (names[index[slot] - 1].equals(names[position])) {
                throw duplicate(names[position]);
            }
        }
        return false;
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (positions.put(names[i], i) != null) {
                throw duplicate(names[i]);
            }
        }
        return positions;
    }

    private static IllegalArgumentException duplicate(String name) {
        return new IllegalArgumentException("duplicate name: " + name);
    }

    private static int hash(EncodedName name) {
        return Swar.hash(name.head(), name.tail(), name.length());
    }

    private static int hash(String name) {
        int hash = name.hashCode();
        return hash ^ hash >>> 15;
    }

    /** Returns the name in UTF-8. */
    EncodedName plain(int position) {
        return plain[position];
    }

    /** Returns the name in DAG-CBOR, with the head. */
    EncodedName cbor(int position) {
        return cbor[position];
    }

    boolean isType(int position) {
        return position == type;
    }

    /** Returns the name in JSON, with quotes and colon. */
    EncodedName quoted(int position) {
        return quoted[position];
    }

    /**
     * Remembers which name last followed each name. Threads share it without a lock, because a wrong guess only costs a
     * lookup in the index.
     */
    static final class Order {
        private final int[] after;

        Order(int names) {
            after = new int[names + 1];
            Arrays.setAll(after, i -> i < names ? i : LexReader.UNKNOWN);
        }

        /**
         * Returns the position that is likely to be next, or {@link LexReader#UNKNOWN}.
         *
         * @param last the last position, counted from 1; 0 at the beginning. It may come from a different set of names,
         *     which the reader was asked for before
         */
        int guess(int last) {
            return last < after.length ? after[last] : LexReader.UNKNOWN;
        }

        /** Records the actual position after a wrong guess. */
        void note(int last, int position) {
            if (last < after.length) {
                after[last] = position;
            }
        }
    }
}
