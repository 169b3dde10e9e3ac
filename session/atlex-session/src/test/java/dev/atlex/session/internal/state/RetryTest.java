package dev.atlex.session.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private Retry retry = Retry.NONE;

    private boolean isWaiting() {
        return retry.isWaiting(clock.instant(), nanos.get());
    }

    private Instant fail(String why, Instant askedFor) {
        retry = retry.failed(new RuntimeException(why), askedFor, clock.instant(), nanos.get());
        return retry.notBefore();
    }

    private void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void clockSetBack_doesNotLengthenTheBackOff() {
        fail("down", clock.instant().plus(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(9));
        assertThat(isWaiting()).isTrue();
        clock.advance(Duration.ofMinutes(-5));
        assertThat(isWaiting()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(isWaiting()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void refreshDelay_isAnHourAtMost(String asked) {
        Instant until = fail("busy", Instant.parse(asked));
        assertThat(until).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        pass(Duration.ofHours(1));
        assertThat(isWaiting()).isFalse();
    }
}
