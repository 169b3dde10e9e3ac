package dev.atlex.schema;

import dev.atlex.data.FieldNames;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The schema for one class of objects: its name, its fields, its builder, and the codec for its values.
 *
 * <p>Each generated class has its schema in the {@code CODEC} constant.
 *
 * @param <T> the class
 * @param <B> the type of the class's builder
 */
public abstract class ObjectSchema<T extends LexObject, B extends ObjectBuilder<T, B>> implements Codec<T> {
    private final String type;
    private final FieldNames names;

    /**
     * Creates a schema.
     *
     * @param type the definition's full name, or a readable label for an unnamed object
     * @param names the names of the fields in JSON
     */
    protected ObjectSchema(String type, FieldNames names) {
        this.type = type;
        this.names = names;
    }

    /**
     * Returns the definition's full name, which is the value of {@code $type}: {@code app.bsky.feed.defs#postView}. For
     * an object inside a definition or a method, returns a readable label.
     */
    public final String type() {
        return type;
    }

    /** Returns whether the schema has a field of that name. */
    public final boolean hasField(String name) {
        return names.indexOf(name) >= 0;
    }

    /** Returns the names of the schema's fields in JSON, unmodifiable. */
    public final List<String> fieldNames() {
        return IntStream.range(0, names.size()).mapToObj(names::name).toList();
    }

    /** Returns an empty builder. */
    public abstract B newBuilder();

    /** Returns the names to pass to {@link dev.atlex.data.LexReader#nextField}. */
    protected final FieldNames fields() {
        return names;
    }

    /**
     * Returns the fields that have no variable in the object's class: unknown fields, explicit nulls and values that
     * were set aside.
     */
    protected static LexMap extraOf(LexObject value) {
        return value.extra();
    }

    /** Returns the values of the object's fields, in the order of {@link #fields()}; null if absent. */
    protected static @Nullable Object[] fieldValuesOf(LexObject value) {
        return value.fieldValues();
    }

    final FieldNames names() {
        return names;
    }

    @SuppressWarnings("unchecked")
    final void writeObject(LexWriter writer, LexObject value) {
        write(writer, (T) value);
    }
}
