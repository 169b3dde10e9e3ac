/** Names what it uses, and none of what that needs. */
module com.example.consumer {
    requires dev.atlex.installer;
    requires transitive dev.atlex.lexicons.bluesky; // the generated types that are exported show its types
    requires dev.atlex.session;
    requires dev.atlex.session.postgres;
    requires dev.atlex.micrometer;
    requires dev.atlex.testkit;

    exports com.example.consumer;
}
