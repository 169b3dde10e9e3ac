package dev.atlex.schema.generated;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.ConstraintText;
import java.util.Arrays;

/** The constraints on an integer, and its codec. Immutable; each method adds a constraint. */
public final class IntegerRule implements Codec<Long> {
    /** Any integer. */
    public static final IntegerRule ANY = new IntegerRule(Long.MIN_VALUE, Long.MAX_VALUE, new long[0]);

    private final long minimum;
    private final long maximum;
    /** The allowed values in the schema's order, for messages. */
    private final long[] allowed;

    /** The allowed values in ascending order, for binary search. */
    private final long[] sorted;

    private IntegerRule(long minimum, long maximum, long[] allowed) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.allowed = allowed;
        this.sorted = allowed.clone();
        Arrays.sort(sorted);
    }

    /** Adds a minimum, inclusive. */
    public IntegerRule minimum(long minimum) {
        return new IntegerRule(minimum, maximum, allowed);
    }

    /** Adds a maximum, inclusive. */
    public IntegerRule maximum(long maximum) {
        return new IntegerRule(minimum, maximum, allowed);
    }

    /** Adds {@code enum}, or {@code const} as an enum of one value. */
    public IntegerRule oneOf(long... values) {
        return new IntegerRule(minimum, maximum, values.clone());
    }

    @Override
    public Long read(LexReader reader) {
        return readLong(reader);
    }

    /** Like {@link #read}, without boxing. */
    public long readLong(LexReader reader) {
        long value = reader.readInteger();
        if (reader.validating()) {
            if (value < minimum) {
                throw reader.invalid("minimum", "an integer of at least " + minimum, Long.toString(value));
            }
            if (value > maximum) {
                throw reader.invalid("maximum", "an integer of at most " + maximum, Long.toString(value));
            }
            if (allowed.length > 0 && Arrays.binarySearch(sorted, value) < 0) {
                throw reader.invalid(
                        allowed.length == 1 ? "const" : "enum",
                        ConstraintText.oneOf(Arrays.stream(allowed).boxed().toList()),
                        Long.toString(value));
            }
        }
        return value;
    }

    @Override
    public void write(LexWriter writer, Long value) {
        writer.integer(value);
    }
}
