package dev.atlex.jackson2;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a value with Atlex's own reader, and reports failures as Jackson exceptions. */
final class LexDeserializer extends StdDeserializer<Object> {
    private static final long serialVersionUID = 1L;

    private final transient Codec<?> codec;
    private final transient ReadOptions options;

    LexDeserializer(Class<?> type, Codec<?> codec, ReadOptions options) {
        super(type);
        this.codec = codec;
        this.options = options;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        byte[] json = Tokens.read(parser, handledType());
        Object value;
        try {
            value = codec.fromJson(json, options);
        } catch (LexValidationException | LexDataException e) {
            throw MismatchedInputException.from(parser, handledType(), String.valueOf(e.getMessage()))
                    .withCause(e);
        }
        if (!handledType().isInstance(value)) {
            throw MismatchedInputException.from(
                    parser,
                    handledType(),
                    "Expected " + handledType().getSimpleName() + " at $ (got "
                            + value.getClass().getSimpleName() + ")");
        }
        return value;
    }

    /** Reads the value without a type ID: the protocol has its own type field, {@code $type}. */
    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer type)
            throws IOException {
        return deserialize(parser, context);
    }

    /** Returns the data model's null value if the type allows it. */
    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return handledType().isInstance(LexNull.NULL) ? LexNull.NULL : null;
    }

    /** Returns null, because an absent value isn't the data model's null value. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
