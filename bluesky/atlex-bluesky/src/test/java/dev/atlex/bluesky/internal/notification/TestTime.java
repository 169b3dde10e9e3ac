package dev.atlex.bluesky.internal.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when the consumer sleeps. */
final class TestTime extends Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    final List<Duration> pauses = new ArrayList<>();

    /** Runs after each sleep, on the consumer's thread. */
    Runnable afterPause = () -> {};

    Timing timing() {
        Instant start = now;
        return new Timing(this, () -> Duration.between(start, now).toNanos(), () -> 1, (pause, run) -> {
            pauses.add(pause);
            pass(pause);
            afterPause.run();
        });
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
