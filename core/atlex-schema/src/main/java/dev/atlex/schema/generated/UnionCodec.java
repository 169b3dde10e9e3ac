package dev.atlex.schema.generated;

import dev.atlex.data.FieldNames;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.DefinitionName;

/**
 * The codec for a union. Reads {@code $type} first, wherever it is in the map, and then the fields of that variant.
 *
 * @param <T> the sealed interface of the variants
 */
public abstract class UnionCodec<T> implements Codec<T> {
    private static final FieldNames NO_NAMES = FieldNames.of();

    /** Creates a codec. */
    protected UnionCodec() {}

    @Override
    public final T read(LexReader reader) {
        if (reader.tolerant()) {
            return readTolerantly(reader);
        }
        LexReader in = reader.enterTyped();
        String type = in.enteredType();
        if (type == null) {
            throw in.missing("$type");
        } else if (!in.strict() && DefinitionName.hasMainSuffix(type)) {
            throw unexpected(type, in); // a tolerant reader accepts it and keeps the spelling
        }
        return readVariant(type, in);
    }

    /** Like {@link #read}, but returns null for a value that was set aside. */
    @SuppressWarnings("NullAway") // callers that use a tolerant reader expect null
    private T readTolerantly(LexReader reader) {
        int depth = reader.depth();
        try {
            LexReader in = reader.enterTyped();
            String type = in.enteredType();
            if (type == null) {
                if (in.validating() && !in.hasOddType()) {
                    throw in.missing("$type");
                }
                type = "";
            } else if (!in.strict() && DefinitionName.hasMainSuffix(type)) {
                in.keepType();
                type = DefinitionName.withoutMainSuffix(type);
            }
            return readVariant(type, in);
        } catch (LexValidationException e) {
            if (reader.setAside(depth, e)) {
                return null;
            }
            throw e;
        }
    }

    /** Reads the fields of the variant with the given type. */
    protected abstract T readVariant(String type, LexReader reader);

    /** Reads an unknown variant of an open union as a map that includes {@code $type}. */
    protected static LexMap unknown(String type, LexReader reader) {
        LexMap.Builder map = LexMap.builder();
        if (reader.enteredType() != null) {
            map.put("$type", type);
        }
        while (reader.nextField(NO_NAMES) != LexReader.END) {
            String name = reader.fieldName();
            if (!name.equals("$type") || !reader.strict()) {
                map.put(name, reader.readValue());
            } else if (!reader.readString().equals(type)) {
                // A duplicate $type must repeat the first, which has selected the variant.
                throw reader.invalid("type", "\"" + type + "\"", "a different $type");
            }
        }
        return map.build();
    }

    /** Returns the failure for a type that isn't a variant of a closed union. */
    protected static LexValidationException unexpected(String type, LexReader reader) {
        return ObjectCodec.wrongType(reader, "union", "one of the union's types", type);
    }
}
