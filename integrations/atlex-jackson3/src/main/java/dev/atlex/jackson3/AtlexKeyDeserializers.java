package dev.atlex.jackson3;

import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.codec.ValueCodecs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.KeyDeserializers;

/** Reads identifiers that are map keys. */
final class AtlexKeyDeserializers implements KeyDeserializers {
    private final ReadOptions options;

    AtlexKeyDeserializers(ReadOptions options) {
        this.options = options;
    }

    @Override
    public @Nullable KeyDeserializer findKeyDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.@Nullable Supplier description) {
        Codec<?> codec = ValueCodecs.ofKey(type.getRawClass());
        if (codec == null) {
            return null;
        }
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                try {
                    return codec.fromJson(Tokens.quoted(key), options);
                } catch (LexValidationException e) {
                    return context.handleWeirdKey(type.getRawClass(), key, "%s", e.getMessage());
                }
            }
        };
    }
}
