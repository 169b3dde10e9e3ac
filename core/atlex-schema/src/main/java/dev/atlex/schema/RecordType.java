package dev.atlex.schema;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.internal.DefinitionName;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * A record type, with the schema and the record-key rules that a client needs to create, read, list and delete records.
 *
 * @param <T> the record's class
 * @param <B> the type of the class's builder
 */
public final class RecordType<T extends LexObject, B extends ObjectBuilder<T, B>> {
    private static final String LITERAL = "literal:";

    private final ObjectSchema<T, B> codec;
    private final Nsid collection;
    private final String key;

    /**
     * Creates a record type.
     *
     * @param codec the schema for the records
     * @param key the kind of record keys, in the Lexicon's notation: {@code tid}, {@code nsid}, {@code any}, or a
     *     literal such as {@code literal:self}
     */
    public RecordType(ObjectSchema<T, B> codec, String key) {
        this.codec = codec;
        this.collection = Nsid.unchecked(codec.type());
        this.key = key;
    }

    /** Returns the collection of these records, which is the type's NSID. */
    public Nsid collection() {
        return collection;
    }

    /** Returns the schema for the records. */
    public ObjectSchema<T, B> codec() {
        return codec;
    }

    /**
     * Returns the kind of record keys: {@code tid}, {@code nsid}, {@code any}, or a literal such as
     * {@code literal:self}.
     */
    public String key() {
        return key;
    }

    /** Returns the only key that a record of this type can have, or null if the key isn't fixed. */
    public @Nullable RecordKey literalKey() {
        return key.startsWith(LITERAL) ? RecordKey.of(key.substring(LITERAL.length())) : null;
    }

    /** Returns whether a create request may omit the record key, so that the server chooses one. */
    public boolean keyMayBeLeftOut() {
        return key.equals("tid") || key.equals("any");
    }

    /** Returns whether a record of this type may have the given key. */
    public boolean acceptsKey(RecordKey recordKey) {
        return switch (key) {
            case "any" -> true;
            case "tid" -> Tid.isValid(recordKey.toString());
            case "nsid" -> Nsid.isValid(recordKey.toString());
            default -> key.equals(LITERAL + recordKey);
        };
    }

    /**
     * Converts an untyped value, such as the {@code record} of a post view, to a record. Reads it with
     * {@link ReadOptions#STRICT}.
     *
     * @throws LexValidationException if it violates the schema
     * @throws LexDataException if it violates the data model
     */
    public T from(LexValue value) {
        return from(value, ReadOptions.STRICT);
    }

    /**
     * Like {@link #from(LexValue)}, with read options. Use {@link ReadOptions#LENIENT} for records that other programs
     * wrote: many violate the data model in fields that are rarely read.
     */
    public T from(LexValue value, ReadOptions options) {
        return codec.fromValue(value, options);
    }

    /**
     * Like {@link #from(LexValue)}, but returns null if the value has a different type, or violates the schema or the
     * data model.
     */
    public @Nullable T tryFrom(LexValue value) {
        return tryFrom(value, ReadOptions.STRICT);
    }

    /** Like {@link #tryFrom(LexValue)}, with read options; see {@link #from(LexValue, ReadOptions)}. */
    public @Nullable T tryFrom(LexValue value, ReadOptions options) {
        if (!(value instanceof LexMap map) || !isOfType(map.type(), options.strict())) {
            return null;
        }
        try {
            return from(value, options);
        } catch (LexValidationException | LexDataException e) {
            return null;
        }
    }

    private boolean isOfType(@Nullable String type, boolean strict) {
        return codec.type().equals(type) || !strict && type != null && DefinitionName.isLongFormOf(codec.type(), type);
    }

    @Override
    public String toString() {
        return "RecordType[" + collection + "]";
    }
}
