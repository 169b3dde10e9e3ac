import org.jspecify.annotations.NullMarked;

/** Lexicon documents, typed values of their schemas, support for generated code, and schemas compiled at run time. */
@NullMarked
@SuppressWarnings("module") // The modules named below are compiled after this one.
module dev.atlex.schema {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;

    exports dev.atlex.schema;
    exports dev.atlex.schema.document;
    exports dev.atlex.schema.generated;
    exports dev.atlex.schema.internal to
            dev.atlex.bluesky,
            dev.atlex.testkit;
    exports dev.atlex.schema.internal.codec to
            dev.atlex.jackson2,
            dev.atlex.jackson3;
    exports dev.atlex.schema.runtime;
}
