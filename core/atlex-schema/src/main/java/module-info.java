import org.jspecify.annotations.NullMarked;

/** Lexicon documents, typed values of their schemas, support for generated code, and schemas compiled at run time. */
@NullMarked
module dev.atlex.schema {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;

    exports dev.atlex.schema;
    exports dev.atlex.schema.document;
    exports dev.atlex.schema.generated;
    exports dev.atlex.schema.runtime;
}
