package dev.atlex.schema.generated;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;

/** The constraints of a byte string, and its codec. Immutable; each method adds a constraint. */
public final class BytesRule implements Codec<Bytes> {
    /** A byte string of which nothing more is asked. */
    public static final BytesRule ANY = new BytesRule(0, Integer.MAX_VALUE);

    private final int minLength;
    private final int maxLength;

    private BytesRule(int minLength, int maxLength) {
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    public BytesRule minLength(int bytes) {
        return new BytesRule(bytes, maxLength);
    }

    public BytesRule maxLength(int bytes) {
        return new BytesRule(minLength, bytes);
    }

    @Override
    public Bytes read(LexReader reader) {
        Bytes value = reader.readBytes();
        if (reader.validating()) {
            if (value.size() < minLength) {
                throw reader.invalid("minLength", "at least " + minLength + " bytes", value.size() + " bytes");
            }
            if (value.size() > maxLength) {
                throw reader.invalid("maxLength", "at most " + maxLength + " bytes", value.size() + " bytes");
            }
        }
        return value;
    }

    @Override
    public void write(LexWriter writer, Bytes value) {
        writer.bytes(value);
    }
}
