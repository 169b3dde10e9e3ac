package dev.atlex.schema.generated;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;

/** The constraint on a boolean, and its codec. */
public enum BooleanRule implements Codec<Boolean> {
    /** Any boolean. */
    ANY,
    /** Allows only true, like {@code const: true}. */
    ALWAYS,
    /** Allows only false, like {@code const: false}. */
    NEVER;

    @Override
    public Boolean read(LexReader reader) {
        boolean value = reader.readBoolean();
        if (this != ANY && value != (this == ALWAYS) && reader.validating()) {
            throw reader.invalid("const", Boolean.toString(this == ALWAYS), Boolean.toString(value));
        }
        return value;
    }

    @Override
    public void write(LexWriter writer, Boolean value) {
        writer.bool(value);
    }
}
