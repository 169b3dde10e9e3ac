package dev.atlex.session.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * Pauses between tries: each twice as long as the one before.
 *
 * @param first after the first failure
 * @param longest no pause is longer
 */
public record ExponentialBackoff(Duration first, Duration longest) {
    /** More doublings than any pause needs, and fewer than a {@link Duration} can bear. */
    private static final int MAX_DOUBLINGS = 30;

    /** The pause after one more failure than these. */
    public Duration after(int failures) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /**
     * Whether it is too early for a try. A clock that was put back must not delay it for longer than any pause is.
     *
     * @param until when the next try is due
     */
    public boolean isOn(Instant until, Instant now) {
        return isOn(until, now, longest);
    }

    /** As {@link #isOn(Instant, Instant)}, where pauses are no longer than that. */
    public static boolean isOn(Instant until, Instant now, Duration longest) {
        return now.isBefore(until) && !until.isAfter(now.plus(longest));
    }

    /** The time that somebody has asked for, but not after so long: who asks for more is mistaken. */
    public static Instant within(Duration longest, Instant asked, Instant now) {
        Instant latest = now.plus(longest);
        return asked.isBefore(latest) ? asked : latest;
    }
}
