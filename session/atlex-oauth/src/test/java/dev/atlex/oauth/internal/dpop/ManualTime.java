package dev.atlex.oauth.internal.dpop;

import dev.atlex.client.internal.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock and {@code nanoTime} that advance only by {@link #advance}. */
public final class ManualTime extends Clock {
    public static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    public TimeSource source() {
        return new TimeSource(this, nanos::get, this::advance, () -> 0.5);
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
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
