package dev.atlex.data;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map of the data model (an "object" in Lexicon), as an unmodifiable {@link Map} that keeps the order in which its
 * keys were read or put.
 */
public final class LexMap extends AbstractMap<String, LexValue> implements LexValue {
    /** The maximum number of keys for which a scan is as fast as hashing. A scan needs no extra memory. */
    private static final int SCANNED = 8;

    /**
     * The maximum number of adjacent index slots in use. If there are more, the keys were probably chosen to collide.
     */
    static final int MAX_PROBES = 64;

    private static final int[] NO_INDEX = new int[0];
    private static final LexMap EMPTY = new LexMap(new Object[0]);

    /** Alternating keys and values. */
    private final Object[] entries;

    /** An open-addressing hash table of entry positions plus one; empty if the map is scanned. */
    private final int[] index;

    /**
     * The entry positions if the keys collide too often for {@link #index}, otherwise null. A {@link HashMap} stays
     * fast, because it sorts colliding keys.
     */
    private final @Nullable Map<String, Integer> collided;

    private LexMap(Object[] entries) {
        this.entries = entries;
        int[] built = entries.length / 2 > SCANNED ? index(entries) : NO_INDEX;
        this.index = built == null ? NO_INDEX : built;
        this.collided = built == null ? positions(entries) : null;
    }

    /** Returns the empty map. */
    public static LexMap of() {
        return EMPTY;
    }

    /** Returns a map with one entry. */
    public static LexMap of(String key, LexValue value) {
        return new LexMap(new Object[] {Objects.requireNonNull(key), Objects.requireNonNull(value)});
    }

    /** Returns an immutable copy of a map, in its order of iteration. */
    public static LexMap copyOf(Map<String, ? extends LexValue> map) {
        if (map instanceof LexMap lexMap) {
            return lexMap;
        }
        Builder builder = builder();
        map.forEach(builder::put);
        return builder.build();
    }

    /** Wraps an array of alternating keys and values without copying it. The keys must be distinct. */
    static LexMap wrap(Object[] entries) {
        return entries.length == 0 ? EMPTY : new LexMap(entries);
    }

    /**
     * Creates a map from part of an array of alternating keys and values in input order. If a key is duplicated, its
     * last value wins, as in JavaScript.
     */
    static LexMap ofParsed(Object[] entries, int from, int to) {
        if (from == to) {
            return EMPTY;
        }
        LexMap map = new LexMap(Arrays.copyOfRange(entries, from, to));
        if (!map.hasTwice()) {
            return map;
        }
        Builder builder = builder();
        map.forEach(builder::put);
        return builder.build();
    }

    private boolean hasTwice() {
        if (entries.length <= 2 * SCANNED) {
            // If there are only a few keys, six bits of each hash usually suffice to show that they are distinct.
            long seen = 0;
            for (int i = 0; i < entries.length; i += 2) {
                int hash = entries[i].hashCode();
                seen |= 1L << (hash ^ hash >>> 6 ^ hash >>> 12);
            }
            if (Long.bitCount(seen) == size()) {
                return false;
            }
        }
        for (int i = entries.length - 2; i > 0; i -= 2) {
            if (find(entries[i]) != i) {
                return true;
            }
        }
        return false;
    }

    /** Returns an empty builder. The map that it builds keeps the order of the calls. */
    public static Builder builder() {
        return new Builder();
    }

    /** Creates a builder with the entries of this map. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        forEach(builder::put);
        return builder;
    }

    @Override
    public Kind kind() {
        return Kind.MAP;
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public @Nullable LexValue get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : (LexValue) entries[at + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    /** Returns the String for the key, or null if it is absent or of a different kind. */
    public @Nullable String getString(String key) {
        return get(key) instanceof LexString string ? string.value() : null;
    }

    /** Returns the integer for the key, or null if it is absent or of a different kind. */
    public @Nullable Long getInteger(String key) {
        return get(key) instanceof LexInteger integer ? integer.value() : null;
    }

    /** Returns the boolean for the key, or null if it is absent or of a different kind. */
    public @Nullable Boolean getBoolean(String key) {
        return get(key) instanceof LexBoolean bool ? bool.value() : null;
    }

    /** Returns the map for the key, or null if it is absent or of a different kind. */
    public @Nullable LexMap getMap(String key) {
        return get(key) instanceof LexMap map ? map : null;
    }

    /** Returns the array for the key, or null if it is absent or of a different kind. */
    public @Nullable LexArray getArray(String key) {
        return get(key) instanceof LexArray array ? array : null;
    }

    /** Returns the {@code $type}, which identifies the definition of this map, or null if there is none. */
    public @Nullable String type() {
        return getString("$type");
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super LexValue> action) {
        for (int i = 0; i < entries.length; i += 2) {
            action.accept((String) entries[i], (LexValue) entries[i + 1]);
        }
    }

    String keyAt(int position) {
        return (String) entries[2 * position];
    }

    LexValue valueAt(int position) {
        return (LexValue) entries[2 * position + 1];
    }

    @Override
    public Set<Entry<String, LexValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return entries.length / 2;
            }

            @Override
            public String toString() {
                return "[" + LexMap.this + "]";
            }

            @Override
            public Iterator<Entry<String, LexValue>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < entries.length;
                    }

                    @Override
                    public Entry<String, LexValue> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        next += 2;
                        return Map.entry((String) entries[next - 2], (LexValue) entries[next - 1]);
                    }
                };
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LexMap that ? Trees.areEqual(this, that) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Trees.hash(this);
    }

    /**
     * Formats the map like a {@link Map}. Values of secret keys are redacted, and values nested deeper than 64 levels
     * are omitted.
     */
    @Override
    public String toString() {
        return Trees.print(this);
    }

    private int find(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return -1;
        }
        if (collided != null) {
            return collided.getOrDefault(name, -1);
        }
        if (index.length == 0) {
            for (int i = 0; i < entries.length; i += 2) {
                if (name.equals(entries[i])) {
                    return i;
                }
            }
            return -1;
        }
        int slot = slot(name, index.length);
        // No key is more than MAX_PROBES slots away, no matter how many slots are in use.
        for (int probes = 0; index[slot] != 0 && probes <= MAX_PROBES; probes++) {
            if (name.equals(entries[index[slot] - 1])) {
                return index[slot] - 1;
            }
            slot = (slot + 1) & (index.length - 1);
        }
        return -1;
    }

    private static int @Nullable [] index(Object[] entries) {
        int[] index = new int[Integer.highestOneBit(entries.length) * 2];
        for (int i = 0; i < entries.length; i += 2) {
            int slot = slot((String) entries[i], index.length);
            for (int probes = 0; index[slot] != 0; probes++) {
                if (probes == MAX_PROBES) {
                    return null;
                }
                slot = (slot + 1) & (index.length - 1);
            }
            index[slot] = i + 1;
        }
        return index;
    }

    private static Map<String, Integer> positions(Object[] entries) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            positions.putIfAbsent((String) entries[i], i);
        }
        return positions;
    }

    private static int slot(String name, int length) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (length - 1);
    }

    /** Builds a {@link LexMap}. A key that is put twice keeps its first position and its last value. */
    public static final class Builder {
        private final Map<String, LexValue> map = new LinkedHashMap<>();

        private Builder() {}

        /** Sets a value, replacing any earlier value of the key. */
        public Builder put(String key, LexValue value) {
            map.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Sets a string. */
        public Builder put(String key, String value) {
            return put(key, LexValue.of(value));
        }

        /** Sets an integer. */
        public Builder put(String key, long value) {
            return put(key, LexValue.of(value));
        }

        /** Sets a boolean. */
        public Builder put(String key, boolean value) {
            return put(key, LexValue.of(value));
        }

        /** Sets all entries of a map, in its order of iteration. */
        public Builder putAll(Map<String, ? extends LexValue> values) {
            values.forEach(this::put);
            return this;
        }

        /** Removes a key. Does nothing if it is absent. */
        public Builder remove(String key) {
            map.remove(key);
            return this;
        }

        /** Returns the map. The builder can be used again. */
        public LexMap build() {
            Object[] entries = new Object[2 * map.size()];
            int i = 0;
            for (Map.Entry<String, LexValue> entry : map.entrySet()) {
                entries[i++] = entry.getKey();
                entries[i++] = entry.getValue();
            }
            return wrap(entries);
        }
    }
}
