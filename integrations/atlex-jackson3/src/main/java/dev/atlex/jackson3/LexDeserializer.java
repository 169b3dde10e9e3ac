package dev.atlex.jackson3;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Reads a value with Atlex's own reader, and reports failures as Jackson exceptions. */
final class LexDeserializer extends StdDeserializer<Object> {
    private final Codec<?> codec;
    private final ReadOptions options;

    LexDeserializer(Class<?> type, Codec<?> codec, ReadOptions options) {
        super(type);
        this.codec = codec;
        this.options = options;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        byte[] json = Tokens.read(parser, handledType());
        Object value;
        try {
            value = codec.fromJson(json, options);
        } catch (LexValidationException | LexDataException e) {
            MismatchedInputException failure =
                    MismatchedInputException.from(parser, handledType(), String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
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
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer type) {
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
