package dev.atlex.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that a test sets and advances. It never moves on its own. Thread-safe.
 *
 * @see LocalPdsOptions.Builder#clock
 */
public final class MutableClock extends Clock {
    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** Creates a clock that is set to this instant, in UTC. */
    public static MutableClock at(Instant now) {
        return new MutableClock(new AtomicReference<>(Objects.requireNonNull(now, "now")), ZoneOffset.UTC);
    }

    /**
     * Creates a clock that is set to the current time, truncated to seconds because times in tokens are whole seconds.
     */
    public static MutableClock atPresent() {
        return at(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
    }

    /** Advances the clock, or moves it back if the duration is negative. */
    public MutableClock advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
        return this;
    }

    /** Sets the clock to this instant. */
    public MutableClock set(Instant to) {
        now.set(Objects.requireNonNull(to, "to"));
        return this;
    }

    /** Returns the instant that the clock is set to. */
    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    /** Returns the time zone. */
    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** Returns a view of this clock in a different time zone. Setting one sets both. */
    @Override
    public Clock withZone(ZoneId other) {
        return new MutableClock(now, other);
    }

    @Override
    public String toString() {
        return "MutableClock[" + now + "]";
    }
}
