import org.jspecify.annotations.NullMarked;

/** The tests that every session store must pass. */
@NullMarked
module dev.atlex.session.tck {
    requires transitive org.jspecify;
    requires transitive dev.atlex.session;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports dev.atlex.session.tck;
}
