import org.jspecify.annotations.NullMarked;

/** Generates Java sources from Lexicon documents. */
@NullMarked
@SuppressWarnings("requires-automatic") // JavaPoet has no module descriptor
module dev.atlex.codegen {
    requires com.palantir.javapoet;
    requires java.compiler;
    requires transitive dev.atlex.schema;
    requires transitive org.jspecify;

    exports dev.atlex.codegen;
}
