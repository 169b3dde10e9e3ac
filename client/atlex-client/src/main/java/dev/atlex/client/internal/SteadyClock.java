package dev.atlex.client.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that can't be set: it starts at another clock's time and advances by {@link System#nanoTime}. Use it for
 * times that stay in this process, such as rate-limit windows and the age of cache entries, not for dates that are
 * shared.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final LongSupplier nanoTime;
    private final long startNanos;

    /** Creates a clock that starts at the source's time. */
    public SteadyClock(TimeSource time) {
        this.nanoTime = time.nanoTime();
        this.startNanos = nanoTime.getAsLong();
        this.start = time.clock().instant();
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
