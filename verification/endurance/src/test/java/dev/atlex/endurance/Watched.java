package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

/** A test in which nothing shows a secret: no logger, no exception, no output of another process. */
abstract class Watched {
    static final Watch WATCH = Watch.install(found -> {});

    @AfterEach
    void noSecretWasShown() {
        assertThat(WATCH.found()).isEmpty();
    }

    /** For whoever reads the build's log. */
    static void figures(String format, Object... values) {
        System.out.println("endurance: " + String.format(format, values));
    }
}
