package dev.atlex.jackson3;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.generated.Codecs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

/** Finds the serializers for Atlex's types. Jackson asks separately for beans, enums, maps and lists. */
final class AtlexSerializers extends Serializers.Base {
    @Override
    @SuppressWarnings("unchecked") // The codec for a class reads and writes its instances.
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        Class<?> raw = type.getRawClass();
        if (LexObject.class.isAssignableFrom(raw)) {
            return new LexSerializer<>(LexObject.class, LexObject::toJson, LexObject::toLexMap);
        }
        Codec<?> codec = TypeCodecs.of(raw);
        return codec == null ? null : LexSerializer.of((Class<Object>) raw, (Codec<Object>) codec);
    }

    @Override
    public @Nullable ValueSerializer<?> findEnumSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        return type.hasRawClass(LexNull.class) ? LexSerializer.of(LexNull.class, Codecs.VALUE) : null;
    }

    @Override
    public @Nullable ValueSerializer<?> findMapSerializer(
            SerializationConfig config,
            MapType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable ValueSerializer<Object> keys,
            @Nullable TypeSerializer valueType,
            @Nullable ValueSerializer<Object> values) {
        return type.hasRawClass(LexMap.class) ? LexSerializer.of(LexMap.class, Codecs.MAP) : null;
    }

    @Override
    public @Nullable ValueSerializer<?> findCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable TypeSerializer elementType,
            @Nullable ValueSerializer<Object> elements) {
        return type.hasRawClass(LexArray.class) ? LexSerializer.of(LexArray.class, Codecs.VALUE) : null;
    }
}
