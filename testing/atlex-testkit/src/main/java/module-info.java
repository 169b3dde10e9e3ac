import org.jspecify.annotations.NullMarked;

/** A personal data server that runs in the test's own process, for testing clients of the AT Protocol. */
@NullMarked
module dev.atlex.testkit {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;
    requires dev.atlex.crypto;
    requires dev.atlex.repo;
    requires dev.atlex.schema;
    // Needed only for the record schemas: the Lexicon documents in its jar and in that of the module it requires.
    requires dev.atlex.lexicons.bluesky;
    // Only LocalPdsExtension needs JUnit. Not transitive, so that modules without JUnit compile.
    requires static org.junit.jupiter.api;

    exports dev.atlex.testkit;
}
