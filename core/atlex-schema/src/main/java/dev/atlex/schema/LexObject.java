package dev.atlex.schema;

import dev.atlex.data.Cid;
import dev.atlex.data.FieldNames;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.Secrets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a Lexicon schema: the superclass of generated classes.
 *
 * <p>Objects are immutable, and equal if their fields are equal. An absent field is null. {@linkplain #unknownFields()
 * Unknown fields}, which the schema doesn't declare, are kept, copied by {@code toBuilder()} and written back. So a
 * program can read, change and write a record from a newer app without losing data.
 */
public abstract class LexObject {
    /**
     * The fields that have no variable in the subclass: unknown fields, a {@code $type} that the schema doesn't
     * require, explicit nulls of optional nullable fields, and values that were set aside.
     */
    private final LexMap extra;

    /**
     * Creates an object.
     *
     * @param extra the fields that have no variable in the subclass, or null if there are none
     */
    protected LexObject(@Nullable LexMap extra) {
        this.extra = extra == null ? LexMap.of() : extra;
    }

    /** Returns the schema of this object's class. */
    protected abstract ObjectSchema<?, ?> codec();

    /** Returns the values of the schema's fields in the schema's order; an absent field's value is null. */
    protected abstract @Nullable Object[] fieldValues();

    /**
     * Returns the value of a field by its JSON name, for code that works on objects of any class. Returns null if the
     * field is absent, or if the schema has no such field.
     */
    public final @Nullable Object field(String name) {
        int position = codec().names().indexOf(name);
        return position < 0 ? null : fieldValues()[position];
    }

    /**
     * Returns the fields that the schema doesn't declare, in the order in which they were read. The map is
     * unmodifiable.
     *
     * <p>It also contains the values that lenient reading, or reading without validation, has set aside because they
     * were null or violated the schema. The accessors of these fields return null, as if they were absent.
     */
    public final Map<String, LexValue> unknownFields() {
        if (extra.isEmpty()) {
            return extra;
        }
        Map<String, LexValue> unknown = new LinkedHashMap<>(extra);
        unknown.remove("$type");
        FieldNames names = codec().names();
        @Nullable Object[] values = fieldValues();
        for (int i = 0; i < names.size(); i++) {
            String name = names.name(i);
            if (values[i] != null || names.isNullable(i) && unknown.get(name) == LexNull.NULL) {
                unknown.remove(name);
            }
        }
        return java.util.Collections.unmodifiableMap(unknown);
    }

    /** Returns whether an optional nullable field was present and null. */
    protected final boolean isGivenAsNull(String name) {
        return extra.get(name) == LexNull.NULL;
    }

    final LexMap extra() {
        return extra;
    }

    /** Returns the object as JSON. Secrets aren't redacted: the JSON of a session contains its tokens. */
    public final String toJson() {
        return toLexMap().toJson();
    }

    /**
     * Returns the object as canonical DAG-CBOR.
     *
     * @throws dev.atlex.data.LexDataException if an unknown field contains a float, which the protocol doesn't allow
     */
    public final byte[] toCbor() {
        return LexWriter.toCbor(this::writeTo);
    }

    /** Returns the object as an untyped value. */
    public final LexMap toLexMap() {
        return (LexMap) LexWriter.toValue(this::writeTo);
    }

    /**
     * Returns the CID of the object's {@linkplain #toCbor() DAG-CBOR}. For a record, it is the record's CID on the
     * network.
     */
    public final Cid computeCid() {
        return Cid.ofDagCbor(toCbor());
    }

    private void writeTo(LexWriter writer) {
        codec().writeObject(writer, this);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof LexObject that
                        && getClass() == that.getClass()
                        && Nesting.run(() -> Arrays.equals(fieldValues(), that.fieldValues()))
                        && (extra.equals(that.extra) || untyped(extra).equals(untyped(that.extra)));
    }

    /**
     * Removes a {@code $type} that the schema doesn't require, because it doesn't affect whether two objects are equal.
     */
    private static LexMap untyped(LexMap extra) {
        return extra.containsKey("$type") ? extra.toBuilder().remove("$type").build() : extra;
    }

    @Override
    public final int hashCode() {
        return Nesting.run(() -> Arrays.hashCode(fieldValues()));
    }

    /** Returns the fields that are set, for logs. Passwords, tokens and very deeply nested objects are redacted. */
    @Override
    public final String toString() {
        return Nesting.print(this::print, getClass().getSimpleName() + "{…}");
    }

    private String print() {
        FieldNames names = codec().names();
        @Nullable Object[] values = fieldValues();
        StringBuilder text = new StringBuilder(getClass().getSimpleName()).append('{');
        String separator = "";
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                text.append(separator).append(names.name(i)).append('=');
                text.append(Secrets.isSecret(names.name(i)) ? Secrets.REDACTED : values[i]);
                separator = ", ";
            }
        }
        Map<String, LexValue> unknown = unknownFields();
        if (!unknown.isEmpty()) {
            text.append(separator).append(LexMap.copyOf(unknown));
        }
        return text.append('}').toString();
    }
}
