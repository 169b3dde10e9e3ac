import org.jspecify.annotations.NullMarked;

/** A personal data server inside the test's own process, for tests of clients of the AT Protocol. */
@NullMarked
module dev.atlex.testkit {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;
    // Only LocalPdsExtension needs it. Not transitive, so that modules without JUnit compile.
    requires static org.junit.jupiter.api;

    exports dev.atlex.testkit;
}
