import org.jspecify.annotations.NullMarked;

/** Values and identifiers of the AT Protocol's data model, in JSON and DAG-CBOR. */
@NullMarked
module dev.atlex.data {
    requires transitive org.jspecify;

    exports dev.atlex.data;
    exports dev.atlex.syntax;
}
