package dev.atlex.schema.runtime;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named definition's codec, there before the codec is made: definitions refer to each other in circles.
 *
 * <p>What it leads to is set once, before other threads can have the link.
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

    /** Where it leads to an object. */
    UntypedCodec object() {
        return Objects.requireNonNull(object, "no object");
    }

    /** Without validation any value is what it is. */
    @Override
    public LexValue read(LexReader reader) {
        if (!reader.validating()) {
            return reader.readValue();
        }
        return Objects.requireNonNull(value, "not linked").read(reader);
    }

    @Override
    public void write(LexWriter writer, LexValue written) {
        writer.value(written);
    }
}
