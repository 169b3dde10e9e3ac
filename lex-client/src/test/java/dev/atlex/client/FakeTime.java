package dev.atlex.client;

import dev.atlex.client.internal.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where a call waits. */
final class FakeTime extends Clock {
    final List<Duration> waits = new ArrayList<>();
    Instant now = Instant.parse("2026-11-01T12:00:00Z");
    double random = 0.5;

    /** How much longer each wait takes than it should. */
    Duration oversleep = Duration.ZERO;

    Timing timing() {
        return new Timing(
                this,
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
