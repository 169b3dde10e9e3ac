package dev.atlex.schema;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The constraints of an array. Immutable; each method adds a constraint. */
public final class ListRule {
    /** An array of any length. */
    public static final ListRule ANY = new ListRule(0, Integer.MAX_VALUE);

    private final int minLength;
    private final int maxLength;

    private ListRule(int minLength, int maxLength) {
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    public ListRule minLength(int elements) {
        return new ListRule(elements, maxLength);
    }

    public ListRule maxLength(int elements) {
        return new ListRule(minLength, elements);
    }

    /** Takes an array from the reader, as an unmodifiable list. */
    public <T> List<T> read(LexReader reader, Codec<T> items) {
        reader.beginArray();
        List<T> list = elements(reader, items);
        if (reader.validating()) {
            if (list.size() < minLength) {
                throw reader.invalid("minLength", "array of at least " + minLength, list.size() + " elements");
            }
            if (list.size() > maxLength) {
                throw reader.invalid("maxLength", "array of at most " + maxLength, list.size() + " elements");
            }
        }
        return list;
    }

    /** Most arrays of the network have no element, or one. */
    private static <T> List<T> elements(LexReader reader, Codec<T> items) {
        if (!reader.nextElement()) {
            return List.of();
        }
        T first = items.read(reader);
        if (!reader.nextElement()) {
            return Collections.singletonList(first);
        }
        List<T> list = new ArrayList<>();
        list.add(first);
        do {
            list.add(items.read(reader));
        } while (reader.nextElement());
        return Collections.unmodifiableList(list);
    }

    public static <T> void write(LexWriter writer, List<T> values, Codec<T> items) {
        writer.beginArray();
        for (T value : values) {
            items.write(writer, value);
        }
        writer.endArray();
    }

    /** The codec of such arrays, for arrays in arrays. */
    public <T> Codec<List<T>> of(Codec<T> items) {
        return new Codec<>() {
            @Override
            public List<T> read(LexReader reader) {
                return ListRule.this.read(reader, items);
            }

            @Override
            public void write(LexWriter writer, List<T> value) {
                ListRule.write(writer, value, items);
            }
        };
    }
}
