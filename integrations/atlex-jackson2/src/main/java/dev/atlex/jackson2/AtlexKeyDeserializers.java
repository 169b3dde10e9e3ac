package dev.atlex.jackson2;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.codec.ValueCodecs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads identifiers that are map keys. */
final class AtlexKeyDeserializers implements KeyDeserializers {
    private final ReadOptions options;

    AtlexKeyDeserializers(ReadOptions options) {
        this.options = options;
    }

    @Override
    public @Nullable KeyDeserializer findKeyDeserializer(
            JavaType type, DeserializationConfig config, @Nullable BeanDescription description) {
        Codec<?> codec = ValueCodecs.ofKey(type.getRawClass());
        if (codec == null) {
            return null;
        }
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) throws IOException {
                try {
                    return codec.fromJson(Tokens.quoted(key), options);
                } catch (LexValidationException e) {
                    return context.handleWeirdKey(type.getRawClass(), key, "%s", e.getMessage());
                }
            }
        };
    }
}
