package dev.atlex.data;

/** A number that is no integer. The data model has none; leniently read JSON may, and keeps it through a round trip. */
public record LexFloat(double value) implements LexValue {
    @Override
    public Kind kind() {
        return Kind.FLOAT;
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
