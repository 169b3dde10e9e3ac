package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

/**
 * Base class for endurance tests. Fails a test if a log record, an exception or the output of a process contains a
 * secret.
 */
abstract class EnduranceTest {
    static final SecretScanner SCANNER = SecretScanner.install(found -> {});

    @AfterEach
    void noSecretWasPrinted() {
        assertThat(SCANNER.found()).isEmpty();
    }

    /** Prints a line for the build's log. */
    static void figures(String format, Object... values) {
        System.out.println("endurance (seed " + Scale.SEED + "): " + String.format(format, values));
    }
}
