package dev.atlex.client;

import dev.atlex.client.internal.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when a call waits or a test advances it. Its clock can be set. */
final class FakeTime extends Clock {
    final List<Duration> waits = new ArrayList<>();
    Instant now = Instant.parse("2026-11-01T12:00:00Z");
    double random = 0.5;

    /** How much longer each wait takes than requested. */
    Duration oversleep = Duration.ZERO;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private Duration set = Duration.ZERO;

    /** Sets the clock, forward or back, without time passing. */
    void setClock(Duration by) {
        now = now.plus(by);
        set = set.plus(by);
    }

    private long nanoTime() {
        return Duration.between(START, now).minus(set).toNanos();
    }

    TimeSource timing() {
        return new TimeSource(
                this,
                this::nanoTime,
                duration -> {
                    waits.add(duration);
                    now = now.plus(duration).plus(oversleep);
                },
                () -> random);
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
