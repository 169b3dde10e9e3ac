package dev.atlex.jackson3;

import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

/** Finds the deserializers for Atlex's types. Jackson asks separately for beans, enums, maps and lists. */
final class AtlexDeserializers extends Deserializers.Base {
    private final ReadOptions options;

    AtlexDeserializers(ReadOptions options) {
        this.options = options;
    }

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        return find(type.getRawClass());
    }

    @Override
    public @Nullable ValueDeserializer<?> findEnumDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        return find(type.getRawClass());
    }

    @Override
    public @Nullable ValueDeserializer<?> findMapDeserializer(
            MapType type,
            DeserializationConfig config,
            BeanDescription.Supplier description,
            @Nullable KeyDeserializer keys,
            @Nullable TypeDeserializer valueType,
            @Nullable ValueDeserializer<?> values) {
        return find(type.getRawClass());
    }

    @Override
    public @Nullable ValueDeserializer<?> findCollectionDeserializer(
            CollectionType type,
            DeserializationConfig config,
            BeanDescription.Supplier description,
            @Nullable TypeDeserializer elementType,
            @Nullable ValueDeserializer<?> elements) {
        return find(type.getRawClass());
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
        return TypeCodecs.of(type) != null;
    }

    private @Nullable ValueDeserializer<?> find(Class<?> type) {
        Codec<?> codec = TypeCodecs.of(type);
        return codec == null ? null : new LexDeserializer(type, codec, options);
    }
}
