package dev.atlex.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * The names of an object's fields, prepared for reading and writing: a reader answers with a name's position, so that
 * generated code is a {@code switch} over small numbers.
 */
public final class FieldNames {
    private static final JsonFactory MATCHERS = new JsonFactory();

    static final FieldNames NONE = of();

    private final String[] names;
    /** As JSON, with the colon. */
    private final byte[][] quoted;

    private final PropertyNameMatcher matcher;

    /** The names in UTF-8. */
    private final byte[][] bytes;

    /** Open addressing over {@link #bytes}: positions plus one. At most half of it is used. */
    private final int[] index;

    private FieldNames(String[] names) {
        this.names = names;
        this.quoted = new byte[names.length][];
        this.bytes = new byte[names.length][];
        this.index = new int[Integer.highestOneBit(names.length + 1) * 4];
        List<Named> named = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            if (names[i].isEmpty()) {
                throw new IllegalArgumentException("an empty name"); // which jackson's matchers don't take
            }
            byte[] json = JsonWriter.quote(names[i]);
            quoted[i] = Arrays.copyOf(json, json.length + 1);
            quoted[i][json.length] = ':';
            named.add(Named.fromString(names[i]));
            bytes[i] = Text.encode(names[i]);
            int slot = slot(bytes[i], 0, bytes[i].length);
            if (index[slot] != 0) {
                throw new IllegalArgumentException("a name that comes twice: " + names[i]);
            }
            index[slot] = i + 1;
        }
        this.matcher = MATCHERS.constructNameMatcher(named, false);
    }

    /**
     * The names in the order in which they are numbered, from 0.
     *
     * @throws IllegalArgumentException if one is empty or comes twice
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
        int found = matcher.matchName(name);
        return found < 0 ? LexReader.UNKNOWN : found;
    }

    /** The position of the name that is written there in UTF-8, or {@link LexReader#UNKNOWN}. */
    int match(byte[] in, int start, int end) {
        int found = index[slot(in, start, end)] - 1;
        return found < 0 ? LexReader.UNKNOWN : found;
    }

    /** The slot of the index that holds the name, or the empty one where it would be. */
    private int slot(byte[] in, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + in[i];
        }
        int slot = hash ^ hash >>> 15;
        for (; ; slot++) {
            slot &= index.length - 1;
            if (index[slot] == 0) {
                return slot;
            }
            byte[] name = bytes[index[slot] - 1];
            if (Arrays.equals(name, 0, name.length, in, start, end)) {
                return slot;
            }
        }
    }

    PropertyNameMatcher matcher() {
        return matcher;
    }

    /** The name as JSON, with the colon. */
    byte[] quoted(int position) {
        return quoted[position];
    }
}
