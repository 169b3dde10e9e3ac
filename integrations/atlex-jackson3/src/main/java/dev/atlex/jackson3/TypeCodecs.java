package dev.atlex.jackson3;

import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.internal.codec.ValueCodecs;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the codec for a Java type. Generated types keep it in a constant, which is read through reflection, because
 * a mapper knows only the class and may encounter any type.
 */
final class TypeCodecs {
    private TypeCodecs() {}

    /** Returns the codec for a type, or null if it isn't one of Atlex's types, or is abstract. */
    static @Nullable Codec<?> of(Class<?> type) {
        Codec<?> known = ValueCodecs.of(type);
        if (known != null) {
            return known;
        }
        // Unions are interfaces, and their variants are records that inherit the constant.
        boolean mayBeGenerated = LexObject.class.isAssignableFrom(type) || type.isInterface() || type.isRecord();
        return mayBeGenerated ? constant(type) : null;
    }

    private static @Nullable Codec<?> constant(Class<?> type) {
        try {
            Field field = type.getField("CODEC");
            boolean isCodec = Modifier.isStatic(field.getModifiers()) && Codec.class.isAssignableFrom(field.getType());
            return isCodec ? (Codec<?>) field.get(null) : null;
        } catch (NoSuchFieldException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "AtlexModule: can't access " + type.getName() + ".CODEC; export its package from its module", e);
        }
    }
}
