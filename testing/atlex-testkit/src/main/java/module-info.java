import org.jspecify.annotations.NullMarked;

/** A personal data server inside the test's own process. */
@NullMarked
module dev.atlex.testkit {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;
    // Of LocalPdsExtension alone; not transitive, or modules without JUnit would not compile.
    requires static org.junit.jupiter.api;

    exports dev.atlex.testkit;
}
