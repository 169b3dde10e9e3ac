package dev.atlex.schema.document;

import dev.atlex.data.FieldNames;
import dev.atlex.data.LexValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One definition of a Lexicon document, at its top or inside another. The interface is sealed: a {@code switch} over it
 * covers the language.
 */
public sealed interface Definition {
    /** Prose for people, or null. */
    @Nullable
    String description();

    /** The kind of values that a field of this definition has, as {@link dev.atlex.data.FieldNames#ofKinds} wants it. */
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
        char letter = FieldNames.KINDS.charAt(kind);
        return nullable ? Character.toUpperCase(letter) : letter;
    }

    record BooleanDef(
            @Nullable String description,
            @Nullable Boolean defaultValue,
            @Nullable Boolean constant) implements Definition {}

    /** @param allowed the only values allowed ({@code enum}); empty if any is */
    record IntegerDef(
            @Nullable String description,
            @Nullable Long defaultValue,
            @Nullable Long constant,
            @Nullable Long minimum,
            @Nullable Long maximum,
            List<Long> allowed)
            implements Definition {}

    /**
     * @param format the name of a string format, or null
     * @param minLength in bytes of UTF-8
     * @param maxLength in bytes of UTF-8
     * @param allowed the only values allowed ({@code enum}); empty if any is
     * @param knownValues values that are known to be used, others allowed
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

    record BytesDef(
            @Nullable String description,
            @Nullable Integer minLength,
            @Nullable Integer maxLength) implements Definition {}

    record CidLinkDef(@Nullable String description) implements Definition {}

    /**
     * @param accept media types or patterns such as {@code image/*}; empty if any is accepted
     * @param maxSize in bytes
     */
    record BlobDef(
            @Nullable String description,
            List<String> accept,
            @Nullable Long maxSize) implements Definition {}

    record ArrayDef(
            @Nullable String description,
            Definition items,
            @Nullable Integer minLength,
            @Nullable Integer maxLength) implements Definition {}

    /** An object, or the parameters of a method ({@code params}). */
    record ObjectDef(
            @Nullable String description,
            Map<String, Definition> properties,
            Set<String> required,
            Set<String> nullable)
            implements Definition {}

    /** @param ref the definition meant, in full: {@code app.bsky.feed.defs#postView}; without {@code #main} */
    record RefDef(@Nullable String description, String ref) implements Definition {}

    /** @param refs the variants, in full as in {@link RefDef} */
    record UnionDef(@Nullable String description, List<String> refs, boolean closed) implements Definition {}

    record TokenDef(@Nullable String description) implements Definition {}

    record UnknownDef(@Nullable String description) implements Definition {}

    /** @param key {@code tid}, {@code any}, {@code nsid} or {@code literal:…} */
    record RecordDef(@Nullable String description, String key, ObjectDef record) implements Definition {}

    record QueryDef(
            @Nullable String description,
            @Nullable ObjectDef parameters,
            @Nullable Body output,
            List<MethodError> errors)
            implements Definition {}

    record ProcedureDef(
            @Nullable String description,
            @Nullable ObjectDef parameters,
            @Nullable Body input,
            @Nullable Body output,
            List<MethodError> errors)
            implements Definition {}

    /** @param message the union of what is sent, or null */
    record SubscriptionDef(
            @Nullable String description,
            @Nullable ObjectDef parameters,
            @Nullable Definition message,
            List<MethodError> errors)
            implements Definition {}

    /** A set of permissions, of which no code is made. */
    record PermissionSetDef(@Nullable String description, LexValue source) implements Definition {}

    /**
     * The body of a request or an answer.
     *
     * @param encoding its media type, perhaps with wildcards
     * @param schema an {@link ObjectDef}, {@link RefDef} or {@link UnionDef}, or null if the body has no schema
     */
    record Body(
            @Nullable String description,
            String encoding,
            @Nullable Definition schema) {}

    /** An error that a method declares. */
    record MethodError(String name, @Nullable String description) {}
}
