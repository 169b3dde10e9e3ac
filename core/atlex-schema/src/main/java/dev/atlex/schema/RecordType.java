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
 * A type of records: what a client needs to know to create, read, list and delete them.
 *
 * @param <T> the record's class
 * @param <B> its builder
 */
public final class RecordType<T extends LexObject, B extends ObjectBuilder<T, B>> {
    private static final String LITERAL = "literal:";

    private final ObjectSchema<T, B> codec;
    private final Nsid collection;
    private final String key;

    /**
     * @param key the kind of its keys, as the Lexicon says it: {@code tid}, {@code nsid}, {@code any} or
     *     {@code literal:self}
     */
    public RecordType(ObjectSchema<T, B> codec, String key) {
        this.codec = codec;
        this.collection = Nsid.unchecked(codec.type());
        this.key = key;
    }

    /** The collection that such records are in: the type's NSID. */
    public Nsid collection() {
        return collection;
    }

    public ObjectSchema<T, B> codec() {
        return codec;
    }

    /** The kind of the records' keys: {@code tid}, {@code nsid}, {@code any} or {@code literal:self}. */
    public String key() {
        return key;
    }

    /** The only key that such a record can have, or null where there are many. */
    public @Nullable RecordKey literalKey() {
        return key.startsWith(LITERAL) ? RecordKey.of(key.substring(LITERAL.length())) : null;
    }

    /** Whether a server may choose the key of a new record. */
    public boolean keyMayBeLeftOut() {
        return key.equals("tid") || key.equals("any");
    }

    /** Whether a record of this type may have that key. */
    public boolean acceptsKey(RecordKey recordKey) {
        return switch (key) {
            case "any" -> true;
            case "tid" -> Tid.isValid(recordKey.toString());
            case "nsid" -> Nsid.isValid(recordKey.toString());
            default -> key.equals(LITERAL + recordKey);
        };
    }

    /**
     * The record that an untyped value is, such as the {@code record} of a post view, read strictly.
     *
     * @throws LexValidationException if it does not follow its schema
     * @throws LexDataException if it breaks the data model
     */
    public T from(LexValue value) {
        return from(value, ReadOptions.STRICT);
    }

    /**
     * Like {@link #from(LexValue)}, with options. {@link ReadOptions#LENIENT} reads what others have written and no rule of
     * the schema forbids: many records in use break the data model in a place that hardly anyone looks at.
     */
    public T from(LexValue value, ReadOptions options) {
        return codec.fromValue(value, options);
    }

    /**
     * Like {@link #from(LexValue)}, but returns null if it is no valid record of this type: of another type, or one that
     * breaks its schema or the data model.
     */
    public @Nullable T tryFrom(LexValue value) {
        return tryFrom(value, ReadOptions.STRICT);
    }

    /** Like {@link #tryFrom(LexValue)}, with options, as {@link #from(LexValue, ReadOptions)}. */
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
