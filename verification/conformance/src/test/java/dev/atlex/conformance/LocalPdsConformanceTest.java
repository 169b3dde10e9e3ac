package dev.atlex.conformance;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The scenarios on {@link dev.atlex.testkit.LocalPds}, in every build. */
class LocalPdsConformanceTest extends Conformance {
    private static LocalServer local;

    @BeforeAll
    static void start() {
        local = new LocalServer();
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Override
    Server server() {
        return local;
    }
}
