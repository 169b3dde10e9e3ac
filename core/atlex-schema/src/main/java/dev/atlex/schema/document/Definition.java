package dev.atlex.schema.document;

import dev.atlex.data.FieldNames;
import dev.atlex.data.LexValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A definition in a Lexicon document, either named or nested in another definition. The permitted types cover the whole
 * language.
 *
 * <p>A number or flag that the document doesn't set is null, and a list or set that it doesn't set is empty. Lists,
 * sets and maps are in the document's order.
 */
public sealed interface Definition {
    /** Returns the description, or null if there is none. */
    @Nullable
    String description();

    /**
     * Returns the kind of values of a field with this definition, as one character for
     * {@link dev.atlex.data.FieldNames#ofKinds}.
     *
     * @param required whether the field is required
     * @param nullable whether the field may be null
     */
    default char fieldKind(boolean required, boolean nullable) {
        int kind;
        if (this instanceof StringDef || this instanceof TokenDef) {
            kind = 0;
        } else if (this instanceof IntegerDef) {
            kind = 1;
        } else if (this instanceof BooleanDef) {
            kind = 2;
        } else if (this instanceof BytesDef) {
            kind = 3;
        } else if (this instanceof CidLinkDef) {
            kind = 4;
        } else if (this instanceof BlobDef) {
            kind = 5;
        } else if (this instanceof ArrayDef) {
            kind = 6;
        } else {
            kind = 7;
        }
        if (nullable && required) {
            return (char) ('1' + kind);
        }
        char code = FieldNames.KINDS.charAt(kind);
        return nullable ? Character.toUpperCase(code) : code;
    }

    /**
     * A boolean.
     *
     * @param constant the only allowed value ({@code const})
     */
    record BooleanDef(
            @Nullable String description,
            @Nullable Boolean defaultValue,
            @Nullable Boolean constant) implements Definition {}

    /**
     * An integer.
     *
     * @param constant the only allowed value ({@code const})
     * @param minimum the minimum, inclusive
     * @param maximum the maximum, inclusive
     * @param allowed the allowed values ({@code enum}); empty if all are allowed
     */
    record IntegerDef(
            @Nullable String description,
            @Nullable Long defaultValue,
            @Nullable Long constant,
            @Nullable Long minimum,
            @Nullable Long maximum,
            List<Long> allowed)
            implements Definition {}

    /**
     * A string.
     *
     * @param format the name of a string format, or null
     * @param constant the only allowed value ({@code const})
     * @param minLength the minimum length in UTF-8 bytes
     * @param maxLength the maximum length in UTF-8 bytes
     * @param minGraphemes the minimum number of grapheme clusters
     * @param maxGraphemes the maximum number of grapheme clusters
     * @param allowed the allowed values ({@code enum}); empty if all are allowed
     * @param knownValues the well-known values; others are allowed, too
     */
    record StringDef(
            @Nullable String description,
            @Nullable String format,
            @Nullable String defaultValue,
            @Nullable String constant,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable Integer minGraphemes,
            @Nullable Integer maxGraphemes,
            List<String> allowed,
            List<String> knownValues)
            implements Definition {}

    /**
     * A byte string.
     *
     * @param minLength the minimum length in bytes
     * @param maxLength the maximum length in bytes
     */
    record BytesDef(
            @Nullable String description,
            @Nullable Integer minLength,
            @Nullable Integer maxLength) implements Definition {}

    /** A link to content by its CID. */
    record CidLinkDef(@Nullable String description) implements Definition {}

    /**
     * A reference to a blob.
     *
     * @param accept the accepted media types, or patterns such as {@code image/*}; empty if all are accepted
     * @param maxSize the maximum size in bytes
     */
    record BlobDef(
            @Nullable String description,
            List<String> accept,
            @Nullable Long maxSize) implements Definition {}

    /**
     * An array.
     *
     * @param items the definition of every element
     * @param minLength the minimum number of elements
     * @param maxLength the maximum number of elements
     */
    record ArrayDef(
            @Nullable String description,
            Definition items,
            @Nullable Integer minLength,
            @Nullable Integer maxLength) implements Definition {}

    /**
     * An object, or the parameters of a method ({@code params}).
     *
     * @param properties the properties by name
     * @param required the names of the required properties
     * @param nullable the names of the properties that may be null
     */
    record ObjectDef(
            @Nullable String description,
            Map<String, Definition> properties,
            Set<String> required,
            Set<String> nullable)
            implements Definition {}

    /**
     * A reference to a definition.
     *
     * @param ref the definition's full name: {@code app.bsky.feed.defs#postView}; for a {@code main} definition, the
     *     NSID
     */
    record RefDef(@Nullable String description, String ref) implements Definition {}

    /**
     * A union of objects.
     *
     * @param refs the full names of the variants, as in {@link RefDef}
     * @param closed whether other types are invalid
     */
    record UnionDef(@Nullable String description, List<String> refs, boolean closed) implements Definition {}

    /** A token: a symbolic name without further content. */
    record TokenDef(@Nullable String description) implements Definition {}

    /** An object of any type. */
    record UnknownDef(@Nullable String description) implements Definition {}

    /**
     * A record type.
     *
     * @param key the kind of record keys: {@code tid}, {@code any}, {@code nsid} or {@code literal:…}
     * @param record the schema for the records
     */
    record RecordDef(@Nullable String description, String key, ObjectDef record) implements Definition {}

    /**
     * A query.
     *
     * @param parameters the URL's parameters, or null
     * @param output the response's body, or null
     * @param errors the errors that the query declares
     */
    record QueryDef(
            @Nullable String description,
            @Nullable ObjectDef parameters,
            @Nullable Body output,
            List<MethodError> errors)
            implements Definition {}

    /**
     * A procedure.
     *
     * @param parameters the URL's parameters, or null
     * @param input the request's body, or null
     * @param output the response's body, or null
     * @param errors the errors that the procedure declares
     */
    record ProcedureDef(
            @Nullable String description,
            @Nullable ObjectDef parameters,
            @Nullable Body input,
            @Nullable Body output,
            List<MethodError> errors)
            implements Definition {}

    /**
     * A subscription.
     *
     * @param parameters the URL's parameters, or null
     * @param message the union of the messages' types, or null
     * @param errors the errors that the subscription declares
     * @param subprotocol the framing of messages if the client doesn't negotiate one: {@value #DEFAULT_SUBPROTOCOL} or
     *     another one, such as {@code xrpc.v1.json}
     */
    record SubscriptionDef(
            @Nullable String description,
            @Nullable ObjectDef parameters,
            @Nullable Definition message,
            List<MethodError> errors,
            String subprotocol)
            implements Definition {
        /** The framing of a subscription that doesn't declare one. */
        public static final String DEFAULT_SUBPROTOCOL = "xrpc.v0.cbor";
    }

    /**
     * A permission set. The code generator ignores it.
     *
     * @param source the whole definition, as written
     */
    record PermissionSetDef(@Nullable String description, LexValue source) implements Definition {}

    /**
     * The body of a request or a response.
     *
     * @param encoding the media type, or a pattern such as {@code image/*}
     * @param schema an {@link ObjectDef}, {@link RefDef} or {@link UnionDef}, or null if the body has no schema
     */
    record Body(
            @Nullable String description,
            String encoding,
            @Nullable Definition schema) {}

    /**
     * An error that a method declares.
     *
     * @param name the error's name, as in a response's {@code error}
     */
    record MethodError(String name, @Nullable String description) {}
}
