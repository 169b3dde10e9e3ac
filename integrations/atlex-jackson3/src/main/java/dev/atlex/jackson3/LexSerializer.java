package dev.atlex.jackson3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexValue;
import dev.atlex.schema.Codec;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonGeneratorBase;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes a value. If the output is plain JSON, the bytes are exactly those that Atlex's own writer produces. Otherwise,
 * such as for a tree or indented JSON, the same value is written as Jackson tokens.
 */
final class LexSerializer<T> extends StdSerializer<T> {
    private final Function<? super T, String> toJson;
    private final Function<? super T, ? extends LexValue> toValue;

    LexSerializer(Class<T> type, Function<? super T, String> toJson, Function<? super T, ? extends LexValue> toValue) {
        super(type);
        this.toJson = toJson;
        this.toValue = toValue;
    }

    static <T extends S, S> LexSerializer<T> of(Class<T> type, Codec<S> codec) {
        return new LexSerializer<>(type, value -> new String(codec.toJson(value), UTF_8), codec::toValue);
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext provider) {
        if (isPlainJson(generator)) {
            generator.writeRawValue(toJson.apply(value));
        } else {
            Tokens.write(toValue.apply(value), generator);
        }
    }

    /** Writes the value without a type ID: the protocol has its own type field, {@code $type}. */
    @Override
    public void serializeWithType(
            T value, JsonGenerator generator, SerializationContext provider, TypeSerializer type) {
        serialize(value, generator, provider);
    }

    private static boolean isPlainJson(JsonGenerator generator) {
        return generator instanceof JsonGeneratorBase
                && generator.getPrettyPrinter() == null
                && generator.getHighestNonEscapedChar() == 0
                && generator.getCharacterEscapes() == null;
    }
}
