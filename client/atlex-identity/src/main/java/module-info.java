import org.jspecify.annotations.NullMarked;

/** Handles, DIDs, DID documents and the servers that they name. */
@NullMarked
@SuppressWarnings("module") // The module that may use the internals is compiled later.
module dev.atlex.identity {
    requires transitive org.jspecify;
    requires transitive dev.atlex.client;
    requires java.naming;
    // Lists the system's DNS servers on every platform; java.naming loads it at run time.
    requires jdk.naming.dns;

    exports dev.atlex.identity;
    exports dev.atlex.identity.internal to
            dev.atlex.bluesky;
}
