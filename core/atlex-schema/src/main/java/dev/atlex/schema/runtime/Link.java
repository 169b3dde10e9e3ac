package dev.atlex.schema.runtime;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder for the codec for a named definition. It makes reference cycles possible.
 *
 * <p>The codec is set once, before the link is published to other threads.
 */
final class Link implements Codec<LexValue> {
    private @Nullable Codec<LexValue> value;
    private @Nullable UntypedCodec object;

    void set(Codec<LexValue> codec) {
        value = codec;
    }

    void set(UntypedCodec codec) {
        object = codec;
        value = ValueCodecs.of(reader -> codec.read(reader).map());
    }

    /** Returns the codec for the object. Call it only if the definition is an object or a record. */
    UntypedCodec object() {
        return Objects.requireNonNull(object, "not linked to an object");
    }

    /** Reads a value. Without validation, any value is read unchanged. */
    @Override
    public LexValue read(LexReader reader) {
        if (!reader.validating()) {
            return reader.readValue();
        }
        return Objects.requireNonNull(value, "not linked").read(reader);
    }

    @Override
    public void write(LexWriter writer, LexValue untyped) {
        writer.value(untyped);
    }
}
