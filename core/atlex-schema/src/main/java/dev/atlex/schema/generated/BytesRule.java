package dev.atlex.schema.generated;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.ConstraintText;

/** The constraints on a byte string, and its codec. Immutable; each method adds a constraint. */
public final class BytesRule implements Codec<Bytes> {
    /** Any byte string. */
    public static final BytesRule ANY = new BytesRule(0, Integer.MAX_VALUE);

    private final int minLength;
    private final int maxLength;

    private BytesRule(int minLength, int maxLength) {
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    /** Adds a minimum length in bytes. */
    public BytesRule minLength(int bytes) {
        return new BytesRule(bytes, maxLength);
    }

    /** Adds a maximum length in bytes. */
    public BytesRule maxLength(int bytes) {
        return new BytesRule(minLength, bytes);
    }

    @Override
    public Bytes read(LexReader reader) {
        Bytes value = reader.readBytes();
        if (reader.validating()) {
            if (value.size() < minLength) {
                throw reader.invalid(
                        "minLength",
                        "at least " + ConstraintText.count(minLength, "byte"),
                        ConstraintText.count(value.size(), "byte"));
            }
            if (value.size() > maxLength) {
                throw reader.invalid(
                        "maxLength",
                        "at most " + ConstraintText.count(maxLength, "byte"),
                        ConstraintText.count(value.size(), "byte"));
            }
        }
        return value;
    }

    @Override
    public void write(LexWriter writer, Bytes value) {
        writer.bytes(value);
    }
}
