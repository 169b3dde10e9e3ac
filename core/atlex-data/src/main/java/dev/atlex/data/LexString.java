package dev.atlex.data;

import java.util.Objects;

/** A string in the data model. */
public record LexString(String value) implements LexValue {
    public LexString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
        return Kind.STRING;
    }

    @Override
    public String toString() {
        return value;
    }
}
