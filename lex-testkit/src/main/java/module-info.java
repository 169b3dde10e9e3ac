import org.jspecify.annotations.NullMarked;

/** A personal data server inside the test's own process. */
@NullMarked
module dev.atlex.testkit {
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires transitive dev.atlex.data;

    exports dev.atlex.testkit;
}
