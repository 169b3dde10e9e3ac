import org.jspecify.annotations.NullMarked;

/** Values and identifiers of the AT Protocol's data model, in JSON and DAG-CBOR. */
@NullMarked
@SuppressWarnings("module") // it does not know yet the module that it exports to
module dev.atlex.data {
    requires transitive org.jspecify;

    exports dev.atlex.data;
    exports dev.atlex.data.internal to
            dev.atlex.schema;
    exports dev.atlex.syntax;
}
