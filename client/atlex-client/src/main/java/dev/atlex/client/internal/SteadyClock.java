package dev.atlex.client.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that nobody can set: it starts with another clock's time and goes on by {@link System#nanoTime}. For what this
 * process alone measures and forgets, such as the windows of rate limits and the age of what is cached; not for dates that
 * others know.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final LongSupplier nanoTime;
    private final long startNanos;

    /** A clock that starts with the time of these. */
    public SteadyClock(TimeSource timing) {
        this.nanoTime = timing.nanoTime();
        this.startNanos = nanoTime.getAsLong();
        this.start = timing.clock().instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
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
