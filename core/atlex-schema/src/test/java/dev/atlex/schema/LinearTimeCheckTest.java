package dev.atlex.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Tests the check itself, with work that takes exactly as long as intended. */
class LinearTimeCheckTest {
    private static final int SMALL = 1000;

    private long clock;
    private int largeRuns;

    private void check(IntFunction<Long> micros) {
        LinearTime.check(
                "work",
                SMALL,
                size -> () -> {
                    largeRuns += size > SMALL ? 1 : 0;
                    clock += TimeUnit.MICROSECONDS.toNanos(micros.apply(size));
                },
                () -> clock);
    }

    @Test
    void linearWork_passesInOneRound() {
        check(size -> (long) size);
        assertThat(largeRuns).isEqualTo(1);
    }

    @Test
    void quadraticWork_failsAfterAllRounds() {
        assertThatThrownBy(() -> check(size -> (long) size * size / SMALL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("work: time for size 8000, relative to 8 times size 1000");
        assertThat(largeRuns).isGreaterThan(180);
    }

    /** Simulates a machine that runs other programs for a while. */
    @Test
    void disturbedLargePiece_isMeasuredAgain() {
        assertThatCode(() -> check(size -> size > SMALL && largeRuns <= 30 ? 5L * size : size))
                .doesNotThrowAnyException();
        assertThat(largeRuns).isGreaterThan(30);
    }

    /** A lucky time for the small pieces must not count forever. */
    @Test
    void disturbedSmallPieces_areMeasuredAgain() {
        assertThatCode(() -> check(size -> size == SMALL && largeRuns <= 12 ? size / 5L : size))
                .doesNotThrowAnyException();
        assertThat(largeRuns).isGreaterThan(12);
    }

    @Test
    void negligibleWork_passes() {
        check(size -> size > SMALL ? 300L : 1L);
        assertThat(largeRuns).isEqualTo(1);
    }
}
