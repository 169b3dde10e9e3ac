package dev.atlex.data;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** An array in the data model, as an unmodifiable {@link List}. */
public final class LexArray extends AbstractList<LexValue> implements LexValue, RandomAccess {
    private static final LexArray EMPTY = new LexArray(new LexValue[0]);

    private final LexValue[] values;

    private LexArray(LexValue[] values) {
        this.values = values;
    }

    /** Returns an array of these values, in this order. */
    public static LexArray of(LexValue... values) {
        return copyOf(List.of(values));
    }

    /** Creates an array with a copy of the values. None may be null: the data model's null is {@link LexNull#NULL}. */
    public static LexArray copyOf(Collection<? extends LexValue> values) {
        if (values instanceof LexArray array) {
            return array;
        }
        return wrap(List.copyOf(values).toArray(new LexValue[0]));
    }

    static LexArray wrap(LexValue[] values) {
        return values.length == 0 ? EMPTY : new LexArray(values);
    }

    @Override
    public Kind kind() {
        return Kind.ARRAY;
    }

    @Override
    public LexValue get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LexArray that ? Trees.areEqual(this, that) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Trees.hash(this);
    }

    /** Formats the array like a {@link List}. Values nested deeper than 64 levels are omitted. */
    @Override
    public String toString() {
        return Trees.print(this);
    }
}
