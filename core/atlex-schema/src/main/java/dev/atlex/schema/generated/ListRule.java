package dev.atlex.schema.generated;

import dev.atlex.data.Kind;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadProblems;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.ConstraintText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constraints on an array. Immutable; each method adds a constraint. */
public final class ListRule {
    /** An array of any length. */
    public static final ListRule ANY = new ListRule(0, Integer.MAX_VALUE);

    private final int minLength;
    private final int maxLength;

    private ListRule(int minLength, int maxLength) {
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    /** Adds a minimum number of elements. */
    public ListRule minLength(int elements) {
        return new ListRule(elements, maxLength);
    }

    /** Adds a maximum number of elements. */
    public ListRule maxLength(int elements) {
        return new ListRule(minLength, elements);
    }

    /**
     * Reads an array as an unmodifiable list.
     *
     * @return the list, or null if a {@linkplain LexReader#tolerant tolerant} reader has set the array aside
     */
    public <T> List<T> read(LexReader reader, Codec<T> items) {
        if (reader.tolerant()) {
            return readTolerantly(reader, items);
        }
        reader.beginArray();
        List<T> list = elements(reader, items);
        check(reader, list.size());
        return list;
    }

    private void check(LexReader reader, int size) {
        if (reader.validating()) {
            if (size < minLength) {
                throw reader.invalid(
                        "minLength",
                        "an array of at least " + ConstraintText.count(minLength, "element"),
                        ConstraintText.count(size, "element"));
            }
            if (size > maxLength) {
                throw reader.invalid(
                        "maxLength",
                        "an array of at most " + ConstraintText.count(maxLength, "element"),
                        ConstraintText.count(size, "element"));
            }
        }
    }

    /** Like {@link #read}, but skips invalid elements or sets the whole array aside, depending on the options. */
    @SuppressWarnings("NullAway") // only callers that use a tolerant reader get null, and they expect it
    private <T> List<T> readTolerantly(LexReader reader, Codec<T> items) {
        int depth = reader.depth();
        ReadProblems problems = reader.options().problems();
        boolean onlyMaps = items instanceof ObjectCodec || items instanceof UnionCodec;
        reader.beginArray();
        List<T> list = new ArrayList<>();
        int size = 0;
        for (; reader.nextElement(); size++) {
            long problemsBefore = problems == null ? 0 : problems.count();
            if (onlyMaps && problems != null && problems.isFull() && reader.kind() != Kind.MAP) {
                reader.leaveOut(depth, problemsBefore, null); // without creating an exception: there may be millions
                continue;
            }
            T item = null;
            LexValidationException reason;
            try {
                item = items.read(reader);
                reason = reader.reasonOfLast();
            } catch (LexValidationException e) {
                reason = e;
            }
            if (item != null) {
                list.add(item);
            } else if (reason == null) {
                throw new IllegalStateException("codec returned null: " + items);
            } else if (!reader.leaveOut(depth, problemsBefore, reason)) {
                if (reader.setAside(depth, reason)) {
                    return null;
                }
                throw reason;
            }
        }
        check(reader, size);
        return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
    }

    /** Reads the elements. Optimized for empty and one-element arrays, the most frequent ones on the network. */
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

    /** Writes the list as an array. */
    public static <T> void write(LexWriter writer, List<T> values, Codec<T> items) {
        writer.beginArray();
        for (T value : values) {
            items.write(writer, value);
        }
        writer.endArray();
    }

    /** Returns an unmodifiable copy of a builder's argument, or null if it is null. */
    public static <T> @Nullable List<T> copy(@Nullable Collection<? extends T> values) {
        return values == null ? null : List.copyOf(values);
    }

    /** Returns an unmodifiable list of integers. */
    public static List<Long> of(long... values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** Returns a codec for arrays that enforces this rule. Used for arrays of arrays. */
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
