package dev.atlex.session.internal;

import dev.atlex.client.internal.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that also provides monotonic time, sleep, and randomness.
 *
 * <p>Options have only one public setter for time, {@code clock(Clock)}, because a public method can't mention an
 * internal type. Tests pass an instance of this class to control all four. All other code that needs time calls
 * {@link #sourceOf}.
 */
public final class TimeSourceClock extends Clock {
    private final TimeSource source;
    private final Clock clock;

    /** Creates a clock that returns the source's time. */
    public TimeSourceClock(TimeSource source) {
        this(source, source.clock());
    }

    private TimeSourceClock(TimeSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Returns the clock's source, or one with the given clock and the system's monotonic time, sleep, and randomness.
     */
    public static TimeSource sourceOf(Clock clock) {
        if (clock instanceof TimeSourceClock timed) {
            return timed.source;
        }
        TimeSource system = TimeSource.SYSTEM;
        return new TimeSource(clock, system.nanoTime(), system.sleeper(), system.random());
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new TimeSourceClock(source, clock.withZone(zone));
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }
}
