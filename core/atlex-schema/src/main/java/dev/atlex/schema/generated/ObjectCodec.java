package dev.atlex.schema.generated;

import dev.atlex.data.FieldNames;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.internal.DefinitionName;
import org.jspecify.annotations.Nullable;

/**
 * The codec of one generated class.
 *
 * @param <T> the class
 * @param <B> its builder
 */
public abstract class ObjectCodec<T extends LexObject, B extends ObjectBuilder<T, B>> extends ObjectSchema<T, B> {
    private static final String TYPE = "$type";

    /** What the schema asks of an object's {@code $type}. */
    public enum Typing {
        /** It must be there, as in records. */
        REQUIRED,
        /** Where it is there it must be right, as in definitions that unions may refer to. */
        CHECKED,
        /** There is none to be right, as in the parameters and bodies of methods. */
        NONE
    }

    private final Typing typing;

    /**
     * @param type the definition's full name, as {@code $type} says it: {@code app.bsky.feed.defs#postView}
     * @param typing what is asked of that {@code $type}
     * @param names the names of the fields
     */
    protected ObjectCodec(String type, Typing typing, String... names) {
        this(type, typing, FieldNames.of(names));
    }

    /**
     * As {@link #ObjectCodec(String, Typing, String...)}, with the kinds of the fields' values, by which lenient reading
     * tells what is to be set aside.
     *
     * @param kinds as of {@link FieldNames#ofKinds}
     */
    protected ObjectCodec(String type, String kinds, Typing typing, String... names) {
        this(type, typing, FieldNames.ofKinds(kinds, names));
    }

    private ObjectCodec(String type, Typing typing, FieldNames names) {
        super(type, names);
        this.typing = typing;
    }

    /** Reads the fields of the map that the reader is in, its {@code $type} already taken or of no matter. */
    public abstract T readFields(LexReader reader);

    protected abstract void writeFields(LexWriter writer, T value);

    @Override
    @SuppressWarnings("NullAway") // a tolerant reader is asked by all that can get null for a value that was set aside
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
                LexValidationException failure = wrongType(in, "type", "object of type " + type(), found);
                if (reader.setAside(depth, failure)) {
                    return null;
                }
                throw failure;
            }
            in.keepType();
        }
        return readFields(in);
    }

    /** Names the {@code $type}, at which a reader stands only if it came first. */
    static LexValidationException wrongType(LexReader reader, String rule, String expected, String found) {
        String path = reader.path();
        String place = path.endsWith("." + TYPE) ? path : path + "." + TYPE;
        return new LexValidationException(place, rule, expected, "object of type " + LexReader.quote(found));
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

    /** Writes the value with its {@code $type}, as unions and records have it. */
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
        // What was set aside gives way to what a builder has set in its place, or JSON has said a second time.
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

    /** Whether objects keep the fields that the schema knows where others keep unknown ones, and nowhere else. */
    protected boolean keepsAllFieldsAsExtra() {
        return false;
    }

    /** Writes a required field that has no value: as null, or as what was set aside. */
    protected final void writeNull(LexWriter writer, T value, int position) {
        LexValue setAside = extraOf(value).get(fields().name(position));
        writer.value(setAside == null ? LexNull.NULL : setAside);
    }

    /** Keeps a field that the schema does not know. */
    protected final LexMap.Builder keep(LexReader reader, LexMap.@Nullable Builder extra) {
        LexMap.Builder kept = extra == null ? LexMap.builder() : extra;
        String name = reader.fieldName();
        if (name.equals(TYPE) && reader.strict()) {
            String found = reader.readString();
            if (typing == Typing.NONE) {
                checkUntyped(reader, found);
            } else if (reader.validating() && !found.equals(type())) {
                throw reader.invalid("type", "\"" + type() + "\"", LexReader.quote(found));
            }
            return kept.put(name, found);
        }
        return kept.put(name, reader.readValue());
    }

    /** What the data model asks of every {@code $type}; a blob is no object of a schema. */
    private static void checkUntyped(LexReader reader, String found) {
        if (found.isEmpty()) {
            throw new LexDataException(reader.path(), "an empty $type");
        } else if (found.equals("blob")) {
            throw new LexDataException(reader.path(), "a blob where an object is due");
        }
    }

    /** Keeps the null of a field that may be null as well as absent. */
    protected static LexMap.Builder keepNull(LexReader reader, LexMap.@Nullable Builder extra) {
        reader.readNull();
        return (extra == null ? LexMap.builder() : extra).put(reader.fieldName(), LexNull.NULL);
    }

    protected static @Nullable LexMap kept(LexMap.@Nullable Builder extra) {
        return extra == null ? null : extra.build();
    }
}
