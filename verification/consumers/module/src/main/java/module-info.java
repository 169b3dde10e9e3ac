/** Requires only the modules that are used directly. */
module com.example.consumer {
    requires dev.atlex.bluesky;
    requires dev.atlex.installer;
    requires transitive dev.atlex.lexicons.bluesky; // the exported generated types refer to types in it
    requires dev.atlex.session;
    requires dev.atlex.session.postgres;
    requires dev.atlex.micrometer;
    requires dev.atlex.testkit;

    exports com.example.consumer;
}
