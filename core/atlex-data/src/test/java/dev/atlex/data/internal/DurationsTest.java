package dev.atlex.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final Duration TINY = Duration.ofSeconds(Long.MIN_VALUE);

    @Test
    void ordinaryDurations_areUnchanged() {
        Duration ordinary = Duration.ofMillis(1500).plusNanos(7);
        assertThat(Durations.bounded(ordinary)).isEqualTo(ordinary);
        assertThat(Durations.nanos(ordinary)).isEqualTo(1_500_000_007);
        assertThat(Durations.millis(ordinary)).isEqualTo(1500);
        assertThat(Durations.nanos(Duration.ZERO)).isZero();
    }

    @Test
    void hugeDurations_areACentury() {
        assertThat(Durations.bounded(HUGE)).isEqualTo(Durations.LONGEST);
        assertThat(Durations.bounded(TINY)).isEqualTo(Durations.LONGEST.negated());
        assertThat(Durations.millis(HUGE)).isEqualTo(Durations.LONGEST.toMillis());
        assertThat(Instant.now().plus(Durations.bounded(HUGE))).isAfter(Instant.now());
        long now = Long.MAX_VALUE / 2;
        assertThat(now + Durations.nanos(HUGE)).isPositive();
    }
}
