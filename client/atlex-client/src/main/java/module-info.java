import org.jspecify.annotations.NullMarked;

/** Calls Lexicon-defined methods over HTTP, and reads and writes records. */
@NullMarked
@SuppressWarnings("module") // The modules that may use the internals are compiled later.
module dev.atlex.client {
    requires transitive org.jspecify;
    requires transitive dev.atlex.schema;
    requires transitive dev.atlex.lexicons.atproto;
    requires transitive java.net.http;

    exports dev.atlex.client;
    exports dev.atlex.client.transport;
    exports dev.atlex.client.internal to
            dev.atlex.bluesky,
            dev.atlex.identity,
            dev.atlex.oauth,
            dev.atlex.session,
            dev.atlex.streams;
}
