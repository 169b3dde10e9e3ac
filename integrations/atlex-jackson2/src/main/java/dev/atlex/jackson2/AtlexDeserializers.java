package dev.atlex.jackson2;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import org.jspecify.annotations.Nullable;

/** Finds the deserializers for Atlex's types. Jackson asks separately for beans, enums, maps and lists. */
final class AtlexDeserializers extends Deserializers.Base {
    private final ReadOptions options;

    AtlexDeserializers(ReadOptions options) {
        this.options = options;
    }

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription description) {
        return find(type.getRawClass());
    }

    @Override
    public @Nullable JsonDeserializer<?> findEnumDeserializer(
            Class<?> type, DeserializationConfig config, BeanDescription description) {
        return find(type);
    }

    @Override
    public @Nullable JsonDeserializer<?> findMapDeserializer(
            MapType type,
            DeserializationConfig config,
            BeanDescription description,
            @Nullable KeyDeserializer keys,
            @Nullable TypeDeserializer valueType,
            @Nullable JsonDeserializer<?> values) {
        return find(type.getRawClass());
    }

    @Override
    public @Nullable JsonDeserializer<?> findCollectionDeserializer(
            CollectionType type,
            DeserializationConfig config,
            BeanDescription description,
            @Nullable TypeDeserializer elementType,
            @Nullable JsonDeserializer<?> elements) {
        return find(type.getRawClass());
    }

    private @Nullable JsonDeserializer<?> find(Class<?> type) {
        Codec<?> codec = TypeCodecs.of(type);
        return codec == null ? null : new LexDeserializer(type, codec, options);
    }
}
