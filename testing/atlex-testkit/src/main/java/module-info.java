import org.jspecify.annotations.NullMarked;

/** A personal data server inside the test's own process, for tests of clients of the AT Protocol. */
@NullMarked
module dev.atlex.testkit {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;
    requires dev.atlex.schema;
    // The documents in its jar, and in the one that it requires, are the schemas of records.
    requires dev.atlex.lexicons.bluesky;
    // Only LocalPdsExtension needs it. Not transitive, so that modules without JUnit compile.
    requires static org.junit.jupiter.api;

    exports dev.atlex.testkit;
}
