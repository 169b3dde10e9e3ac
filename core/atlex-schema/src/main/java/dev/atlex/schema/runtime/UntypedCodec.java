package dev.atlex.schema.runtime;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.generated.ObjectCodec;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The codec for an object that was compiled at run time. */
final class UntypedCodec extends ObjectCodec<UntypedObject, UntypedObject.Builder> {
    /** The codec for an object without a schema. */
    static final UntypedCodec ANY = new UntypedCodec("object", Typing.NONE, List.of());

    private final boolean typed;
    private final Property[] properties;

    /**
     * A property of the object.
     *
     * @param kind the kind of its values, as in {@link dev.atlex.data.FieldNames#ofKinds}
     * @param mandatory whether reading fails if the field is absent, because it is required and has no default
     */
    record Property(String name, Codec<LexValue> codec, char kind, boolean mandatory, boolean nullable) {}

    UntypedCodec(String type, Typing typing, List<Property> properties) {
        super(
                type,
                properties.stream().map(Property::kind).map(String::valueOf).collect(Collectors.joining()),
                typing,
                properties.stream().map(Property::name).toArray(String[]::new));
        this.typed = typing == Typing.REQUIRED;
        this.properties = properties.toArray(Property[]::new);
    }

    @Override
    public UntypedObject.Builder newBuilder() {
        return new UntypedObject.Builder(this);
    }

    @Override
    public UntypedObject readFields(LexReader reader) {
        return new UntypedObject(this, readFields(reader, typed ? reader.enteredType() : null));
    }

    /**
     * Like {@link #readFields(LexReader)}, but returns all fields as one map.
     *
     * @param type the {@code $type} that was read before the fields, or null
     */
    LexMap readFields(LexReader reader, @Nullable String type) {
        LexMap.Builder map = LexMap.builder();
        if (type != null) {
            map.put("$type", type);
        }
        boolean[] found = new boolean[properties.length];
        for (int field = reader.nextField(fields()); field != LexReader.END; field = reader.nextField(fields())) {
            if (field < 0) {
                int known = fields().indexOf(reader.fieldName());
                if (known >= 0 && found[known]) {
                    reader.readValue(); // a null doesn't replace an earlier value of the same field
                } else {
                    keep(reader, map);
                }
                continue;
            }
            Property property = properties[field];
            if (property.nullable && reader.isNull()) {
                reader.readNull();
                found[field] = true;
                map.put(property.name, LexNull.NULL);
                continue;
            }
            @Nullable LexValue value = property.codec.read(reader);
            if (value != null) {
                found[field] = true;
                map.put(property.name, value);
            } // otherwise it was set aside and is read again as an unknown field
        }
        if (reader.validating()) {
            for (int i = 0; i < properties.length; i++) {
                if (properties[i].mandatory && !found[i]) {
                    throw reader.missing(properties[i].name);
                }
            }
        }
        return map.build();
    }

    @Override
    protected void writeFields(LexWriter writer, UntypedObject value) {
        // ObjectCodec writes all fields as unknown ones.
    }

    @Override
    protected boolean keepsAllFieldsAsExtra() {
        return true;
    }

    /** Returns the values of the schema's fields in the schema's order; null if absent. */
    @Nullable
    Object[] values(LexMap map) {
        @Nullable Object[] values = new @Nullable Object[properties.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = map.get(properties[i].name);
        }
        return values;
    }
}
