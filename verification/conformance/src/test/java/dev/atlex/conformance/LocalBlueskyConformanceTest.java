package dev.atlex.conformance;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The scenarios on {@link dev.atlex.testkit.LocalPds} with its AppView, in every build. */
class LocalBlueskyConformanceTest extends BlueskyConformance {
    private static LocalBlueskyServer local;

    @BeforeAll
    static void start() {
        local = new LocalBlueskyServer();
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Override
    BlueskyServer server() {
        return local;
    }
}
