package dev.atlex.jackson2;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.generated.Codecs;
import org.jspecify.annotations.Nullable;

/** Finds the serializers for Atlex's types. Jackson asks separately for beans, maps and lists. */
final class AtlexSerializers extends Serializers.Base {
    @Override
    @SuppressWarnings("unchecked") // The codec for a class reads and writes its instances.
    public @Nullable JsonSerializer<?> findSerializer(
            SerializationConfig config, JavaType type, BeanDescription description) {
        Class<?> raw = type.getRawClass();
        if (LexObject.class.isAssignableFrom(raw)) {
            return new LexSerializer<>(LexObject.class, LexObject::toJson, LexObject::toLexMap);
        }
        Codec<?> codec = TypeCodecs.of(raw);
        return codec == null ? null : LexSerializer.of((Class<Object>) raw, (Codec<Object>) codec);
    }

    @Override
    public @Nullable JsonSerializer<?> findMapSerializer(
            SerializationConfig config,
            MapType type,
            BeanDescription description,
            @Nullable JsonSerializer<Object> keys,
            @Nullable TypeSerializer valueType,
            @Nullable JsonSerializer<Object> values) {
        return type.hasRawClass(LexMap.class) ? LexSerializer.of(LexMap.class, Codecs.MAP) : null;
    }

    @Override
    public @Nullable JsonSerializer<?> findCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription description,
            @Nullable TypeSerializer elementType,
            @Nullable JsonSerializer<Object> elements) {
        return type.hasRawClass(LexArray.class) ? LexSerializer.of(LexArray.class, Codecs.VALUE) : null;
    }
}
