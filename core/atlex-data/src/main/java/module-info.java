import org.jspecify.annotations.NullMarked;

/** Values and identifiers of the AT Protocol's data model, in JSON and DAG-CBOR. */
@NullMarked
@SuppressWarnings("module") // The modules named below are compiled after this one.
module dev.atlex.data {
    requires transitive org.jspecify;

    exports dev.atlex.data;
    exports dev.atlex.data.internal to
            dev.atlex.bluesky,
            dev.atlex.client,
            dev.atlex.codegen,
            dev.atlex.crypto,
            dev.atlex.identity,
            dev.atlex.installer,
            dev.atlex.oauth,
            dev.atlex.repo,
            dev.atlex.schema,
            dev.atlex.session,
            dev.atlex.streams,
            dev.atlex.testkit;
    exports dev.atlex.syntax;
}
