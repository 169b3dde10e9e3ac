package dev.atlex.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of an object's fields, prepared for reading and writing: a reader answers with a name's position, so that
 * generated code is a {@code switch} over small numbers.
 */
public final class FieldNames {
    /** The letters of {@link #ofKinds}. */
    public static final String KINDS = "sibxloam";

    static final FieldNames NONE = of();

    private final String[] names;

    /** For each name the kind of its values, or empty if no kind is known. */
    private final String kinds;

    /** In UTF-8. */
    private final EncodedName[] plain;

    /** As JSON, with the colon. */
    private final EncodedName[] quoted;

    /** As DAG-CBOR, with the head. */
    private final EncodedName[] cbor;

    /** The order in which the names come in JSON. What one service writes, it writes in one order. */
    final Order inJson;

    /** The order in which they come in DAG-CBOR, which has its own. */
    final Order inCbor;

    /** Open addressing over {@link #plain} and over {@link #names}: positions plus one. At most half of each is used. */
    private final int[] byBytes;

    private final int[] byText;

    /**
     * The positions by text if so many names share a slot that they were chosen to, or null. Strangers write schemas too.
     */
    private final @Nullable Map<String, Integer> collided;

    /** The position of {@code $type}, if it is one of the names. */
    private final int type;

    private FieldNames(String kinds, String[] names) {
        if (!kinds.isEmpty() && kinds.length() != names.length) {
            throw new IllegalArgumentException("one kind for each name");
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
     * The names in the order in which they are numbered, from 0.
     *
     * @throws IllegalArgumentException if one comes twice
     */
    public static FieldNames of(String... names) {
        return new FieldNames("", names.clone());
    }

    /**
     * As {@link #of}, with the kinds of the fields' values, by which lenient reading tells what is to be set aside.
     *
     * @param kinds for each name one character. A letter of {@value #KINDS} stands for a string, an integer, a boolean,
     *     bytes, a link, a blob, an array and a map; as a capital, for a field that may be null as well as absent. Its
     *     number, from 1, stands for a field that is required and may be null
     * @throws IllegalArgumentException if a name comes twice, or there is not one kind for each name
     */
    public static FieldNames ofKinds(String kinds, String... names) {
        return new FieldNames(kinds, names.clone());
    }

    /** Whether the field may be null by its schema. */
    public boolean isNullable(int position) {
        return !kinds.isEmpty() && kinds.charAt(position) < 'a';
    }

    /** Whether the field is required, and may be null. */
    public boolean isRequiredNullable(int position) {
        return !kinds.isEmpty() && kinds.charAt(position) < 'A';
    }

    /** Whether a null, in lenient reading, stands for a field that is absent. */
    boolean setsNullAside(int position) {
        return !kinds.isEmpty() && kinds.charAt(position) >= 'a';
    }

    /** The kind of the field's values in lower case, or 0 if it is not known. */
    char kind(int position) {
        if (kinds.isEmpty()) {
            return 0;
        }
        char kind = kinds.charAt(position);
        return kind < 'A' ? KINDS.charAt(kind - '1') : Character.toLowerCase(kind);
    }

    public int size() {
        return names.length;
    }

    public String name(int position) {
        return names[position];
    }

    /** The position of the name, or {@link LexReader#UNKNOWN}. */
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

    /** The position of the name that is written there in UTF-8, or {@link LexReader#UNKNOWN}. */
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
     * Puts a position into the first free slot from the hash on; false if that is farther away than names are searched
     * for.
     */
    private boolean put(int[] index, int hash, int position) {
        for (int probe = 0; probe < LexMap.MAX_PROBES; probe++) {
            int slot = hash + probe & index.length - 1;
            if (index[slot] == 0) {
                index[slot] = position + 1;
                return true;
            } else if (names[index[slot] - 1].equals(names[position])) {
                throw twice(names[position]);
            }
        }
        return false;
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (positions.put(names[i], i) != null) {
                throw twice(names[i]);
            }
        }
        return positions;
    }

    private static IllegalArgumentException twice(String name) {
        return new IllegalArgumentException("a name that comes twice: " + name);
    }

    private static int hash(EncodedName name) {
        return Swar.hash(name.head(), name.tail(), name.length());
    }

    private static int hash(String name) {
        int hash = name.hashCode();
        return hash ^ hash >>> 15;
    }

    /** The name in UTF-8. */
    EncodedName plain(int position) {
        return plain[position];
    }

    /** The name as DAG-CBOR, with the head. */
    EncodedName cbor(int position) {
        return cbor[position];
    }

    boolean isType(int position) {
        return position == type;
    }

    /** The name as JSON, with the colon. */
    EncodedName quoted(int position) {
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
