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
 * <p>Objects are immutable, and equal when their fields are. A field of the schema that is absent is null. Fields that the
 * schema does not know are {@linkplain #unknownFields() kept}, through {@code toBuilder()} too, and written back, so that
 * reading, changing and writing a record of a newer app loses nothing.
 */
public abstract class LexObject {
    /**
     * What is beside the fields' values: fields that the schema does not know, a {@code $type} where it was not asked
     * for, nulls of fields that may be null as well as absent, and values that were set aside.
     */
    private final LexMap extra;

    protected LexObject(@Nullable LexMap extra) {
        this.extra = extra == null ? LexMap.of() : extra;
    }

    /** The codec of this object's class. */
    protected abstract ObjectSchema<?, ?> codec();

    /** The fields' values in the order of the codec's names. */
    protected abstract @Nullable Object[] fieldValues();

    /**
     * The value of a field by its name in JSON, or null where it is absent or the schema has no such field: for code that
     * works on objects of any class.
     */
    public final @Nullable Object field(String name) {
        int position = codec().names().indexOf(name);
        return position < 0 ? null : fieldValues()[position];
    }

    /**
     * The fields that were read but that the schema does not know, unmodifiable, in the order in which they came. What
     * lenient reading, or reading without validation, has set aside is among them: fields that read as absent and yet were
     * there, as null or as a value that is not as the schema says.
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

    /** Whether a field that may be null as well as absent was there, and null. */
    protected final boolean isGivenAsNull(String name) {
        return extra.get(name) == LexNull.NULL;
    }

    final LexMap extra() {
        return extra;
    }

    /** The object as JSON text. Nothing is redacted: the text of a session holds its tokens. */
    public final String toJson() {
        return toLexMap().toJson();
    }

    /** The object as canonical DAG-CBOR. */
    public final byte[] toCbor() {
        return LexWriter.toCbor(this::writeTo);
    }

    /** The object as an untyped value. */
    public final LexMap toLexMap() {
        return (LexMap) LexWriter.toValue(this::writeTo);
    }

    /** The CID of the object's {@linkplain #toCbor() DAG-CBOR}; of a record, the one that the network knows it by. */
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

    /** A {@code $type} that the schema did not ask for says nothing that the class does not. */
    private static LexMap untyped(LexMap extra) {
        return extra.containsKey("$type") ? extra.toBuilder().remove("$type").build() : extra;
    }

    @Override
    public final int hashCode() {
        return Nesting.run(() -> Arrays.hashCode(fieldValues()));
    }

    /** For people: the fields that are there, passwords and tokens left out, and what is nested very deeply. */
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
