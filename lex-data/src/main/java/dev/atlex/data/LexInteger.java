package dev.atlex.data;

/** An integer of the data model: 64 bits, of which JSON carries 53 safely. */
public record LexInteger(long value) implements LexValue {
    @Override
    public Kind kind() {
        return Kind.INTEGER;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
