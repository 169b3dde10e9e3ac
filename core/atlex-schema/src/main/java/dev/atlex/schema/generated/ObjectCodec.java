package dev.atlex.schema.generated;

import dev.atlex.data.FieldNames;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.internal.DefinitionName;
import org.jspecify.annotations.Nullable;

/**
 * The codec for a class of objects. The base class of generated codecs.
 *
 * @param <T> the class
 * @param <B> the type of the class's builder
 */
public abstract class ObjectCodec<T extends LexObject, B extends ObjectBuilder<T, B>> extends ObjectSchema<T, B> {
    private static final String TYPE = "$type";

    /** The schema's rule for an object's {@code $type}. */
    public enum Typing {
        /** The {@code $type} must be present, as in records. */
        REQUIRED,
        /** If present, it must match the type, as in definitions that unions may refer to. */
        CHECKED,
        /** The object has no type name, as in the parameters and bodies of methods. */
        NONE
    }

    private final Typing typing;

    /**
     * Creates a codec whose fields accept any kind of value.
     *
     * @param type the definition's full name: {@code app.bsky.feed.defs#postView}
     * @param typing the rule for {@code $type}
     * @param names the names of the fields
     */
    protected ObjectCodec(String type, Typing typing, String... names) {
        this(type, typing, FieldNames.of(names));
    }

    /**
     * Like {@link #ObjectCodec(String, Typing, String...)}, with the kinds of the fields' values. Lenient reading uses
     * them to decide which values to set aside.
     *
     * @param kinds the kinds, as in {@link FieldNames#ofKinds}
     */
    protected ObjectCodec(String type, String kinds, Typing typing, String... names) {
        this(type, typing, FieldNames.ofKinds(kinds, names));
    }

    private ObjectCodec(String type, Typing typing, FieldNames names) {
        super(type, names);
        this.typing = typing;
    }

    /** Reads the fields of the reader's current map, whose {@code $type} may have been read already. */
    public abstract T readFields(LexReader reader);

    /** Writes the fields that the schema declares. */
    protected abstract void writeFields(LexWriter writer, T value);

    @Override
    @SuppressWarnings("NullAway") // only callers that use a tolerant reader get null, and they expect it
    public final T read(LexReader reader) {
        if (typing != Typing.REQUIRED) {
            reader.beginMap();
            return readFields(reader);
        }
        int depth = reader.depth();
        LexReader in = reader.enterTyped();
        String found = in.enteredType();
        if (found == null) {
            if (in.validating()) {
                throw in.missing(TYPE);
            }
        } else if (!found.equals(type())) {
            if (!in.tolerant() || in.strict() || !DefinitionName.isLongFormOf(type(), found)) {
                LexValidationException failure = wrongType(in, "type", "an object of type " + type(), found);
                if (reader.setAside(depth, failure)) {
                    return null;
                }
                throw failure;
            }
            in.keepType();
        }
        return readFields(in);
    }

    /**
     * Returns the failure with the path of {@code $type}; the reader's own path is different if that field wasn't
     * first.
     */
    static LexValidationException wrongType(LexReader reader, String rule, String expected, String found) {
        String path = reader.path();
        String place = path.endsWith("." + TYPE) ? path : path + "." + TYPE;
        return new LexValidationException(place, rule, expected, "an object of type " + Excerpt.quote(found));
    }

    @Override
    public final void write(LexWriter writer, T value) {
        if (typing == Typing.REQUIRED) {
            writeTyped(writer, value);
            return;
        }
        writer.beginMap();
        writeFields(writer, value);
        writeExtra(writer, value, true);
        writer.endMap();
    }

    /** Writes the value with its {@code $type}, as unions and records require. */
    public final void writeTyped(LexWriter writer, T value) {
        writer.beginMap();
        writer.name(TYPE);
        String own = extraOf(value).getString(TYPE);
        writer.string(own != null && DefinitionName.isLongFormOf(type(), own) ? own : type());
        writeFields(writer, value);
        writeExtra(writer, value, false);
        writer.endMap();
    }

    private void writeExtra(LexWriter writer, T value, boolean withType) {
        LexMap extra = extraOf(value);
        if (extra.isEmpty()) {
            return;
        }
        // A value that was set aside is dropped if a builder, or a duplicate field in the JSON, has set the field
        // since.
        @Nullable Object[] fields = keepsAllFieldsAsExtra() ? null : fieldValuesOf(value);
        extra.forEach((name, field) -> {
            boolean written = name.equals(TYPE) ? withType : fields == null || isWrittenAsExtra(fields, name);
            if (written) {
                writer.name(name);
                writer.value(field);
            }
        });
    }

    private boolean isWrittenAsExtra(@Nullable Object[] fields, String name) {
        int position = fields().indexOf(name);
        return position < 0 || fields[position] == null && !fields().isRequiredNullable(position);
    }

    /** Returns whether objects keep all fields, including declared ones, among the unknown fields. */
    protected boolean keepsAllFieldsAsExtra() {
        return false;
    }

    /** Writes a required field that has no value: writes the value that was set aside, or null. */
    protected final void writeNull(LexWriter writer, T value, int position) {
        LexValue setAside = extraOf(value).get(fields().name(position));
        writer.value(setAside == null ? LexNull.NULL : setAside);
    }

    /** Adds the current field, which the schema doesn't declare, to the unknown fields. */
    protected final LexMap.Builder keep(LexReader reader, LexMap.@Nullable Builder extra) {
        LexMap.Builder kept = extra == null ? LexMap.builder() : extra;
        String name = reader.fieldName();
        if (name.equals(TYPE) && reader.strict()) {
            String found = reader.readString();
            if (typing == Typing.NONE) {
                checkUntyped(reader, found);
            } else if (reader.validating() && !found.equals(type())) {
                throw reader.invalid("type", "\"" + type() + "\"", Excerpt.quote(found));
            }
            return kept.put(name, found);
        }
        return kept.put(name, reader.readValue());
    }

    /**
     * Checks the data model's rules for {@code $type}, which must not be empty, and not that of a blob.
     */
    private static void checkUntyped(LexReader reader, String found) {
        if (found.isEmpty()) {
            throw new LexDataException(reader.path(), "an empty $type");
        } else if (found.equals("blob")) {
            throw new LexDataException(reader.path(), "a blob instead of an object");
        }
    }

    /** Keeps an explicit null of an optional nullable field. */
    protected static LexMap.Builder keepNull(LexReader reader, LexMap.@Nullable Builder extra) {
        reader.readNull();
        return (extra == null ? LexMap.builder() : extra).put(reader.fieldName(), LexNull.NULL);
    }

    /** Returns the fields that were kept, or null if there are none. */
    protected static @Nullable LexMap kept(LexMap.@Nullable Builder extra) {
        return extra == null ? null : extra.build();
    }
}
