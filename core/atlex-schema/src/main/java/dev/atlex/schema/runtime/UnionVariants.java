package dev.atlex.schema.runtime;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.generated.UnionCodec;
import java.util.HashMap;
import java.util.Map;

/** The codec for a union that was compiled at run time. */
final class UnionVariants extends UnionCodec<LexValue> {
    private final Map<String, Link> variants;
    private final boolean closed;

    /** @param variants the variants by their {@code $type} */
    UnionVariants(Map<String, Link> variants, boolean closed) {
        this.variants = new HashMap<>(variants); // not Map.copyOf, which searches colliding names linearly
        this.closed = closed;
    }

    @Override
    protected LexValue readVariant(String type, LexReader reader) {
        Link variant = variants.get(type);
        if (variant != null) {
            return variant.object().readFields(reader, type);
        } else if (closed) {
            throw unexpected(type, reader);
        }
        return unknown(type, reader);
    }

    @Override
    public void write(LexWriter writer, LexValue value) {
        writer.value(value);
    }
}
