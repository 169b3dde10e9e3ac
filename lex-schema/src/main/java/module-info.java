import org.jspecify.annotations.NullMarked;

/** Lexicon documents, the constraints of their schemas, and what generated code calls. */
@NullMarked
module dev.atlex.schema {
    requires static transitive org.jspecify;
    requires transitive dev.atlex.data;

    exports dev.atlex.schema;
    exports dev.atlex.schema.document;
}
