package dev.atlex.data.internal;

import java.time.Duration;

/**
 * Limits durations to those that clocks and timers can represent. Callers pass durations such as {@code
 * Duration.ofSeconds(Long.MAX_VALUE)} to say "no limit", and those overflow in {@link Duration#toNanos}, {@link
 * Duration#toMillis} and {@link java.time.Instant#plus}.
 */
public final class Durations {
    /** A duration that is longer than any program runs. Adding it to {@link System#nanoTime} doesn't overflow. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Duration SHORTEST = LONGEST.negated();

    private Durations() {}

    /** Returns the duration, but not more than {@link #LONGEST} and not less than its negation. */
    public static Duration bounded(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
    }

    /** Returns the duration in nanoseconds, bounded like {@link #bounded}. */
    public static long nanos(Duration duration) {
        return bounded(duration).toNanos();
    }

    /** Returns the duration in whole milliseconds, bounded like {@link #bounded}. */
    public static long millis(Duration duration) {
        return bounded(duration).toMillis();
    }
}
