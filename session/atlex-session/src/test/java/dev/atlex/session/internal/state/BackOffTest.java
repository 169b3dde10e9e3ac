package dev.atlex.session.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {
    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final BackOff backOff = new BackOff(new TimeSource(clock, nanos::get, duration -> {}, () -> 1));

    private void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void clockThatIsPutBackMidwayDoesNotLengthenThePause() {
        backOff.failed(new RuntimeException("down"), clock.instant().plus(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(9));
        assertThat(backOff.isWaiting()).isTrue();
        clock.advance(Duration.ofMinutes(-5));
        assertThat(backOff.isWaiting()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(backOff.isWaiting()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void noServerDelaysARefreshForMoreThanAnHour(String asked) {
        Instant until = backOff.failed(new RuntimeException("busy"), Instant.parse(asked));
        assertThat(until).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        pass(Duration.ofHours(1));
        assertThat(backOff.isWaiting()).isFalse();
    }
}
