package dev.atlex.client.internal;

import dev.atlex.data.internal.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes the pauses between attempts. Each is twice as long as the previous one.
 *
 * @param first the pause after the first failure
 * @param longest the longest pause
 */
public record ExponentialBackoff(Duration first, Duration longest) {
    /** The maximum number of doublings: more than any pause needs, but too few to overflow a {@link Duration}. */
    private static final int MAX_DOUBLINGS = 30;

    /** Returns the pause after one more failure than this number. */
    public Duration after(int failures) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /**
     * Like {@link #after}, with {@linkplain #jitter jitter}.
     *
     * @param random returns numbers from 0 to 1
     */
    public Duration after(int failures, DoubleSupplier random) {
        return jitter(after(failures), random);
    }

    /**
     * Shortens a pause at random by up to half, so that clients that failed at the same moment don't all retry at the
     * same moment.
     *
     * @param random returns numbers from 0 to 1
     */
    public static Duration jitter(Duration pause, DoubleSupplier random) {
        return Duration.ofMillis(Math.round(Durations.nanos(pause) * (0.5 + random.getAsDouble() / 2) / 1e6));
    }

    /**
     * Returns the time of the next attempt: after the pause, or at the time that the server has asked for, whichever is
     * later.
     *
     * @param failures the number of failures before the current one
     * @param askedFor the time that the server has asked for, or null; a time beyond the longest pause is a mistake
     */
    public Instant next(int failures, @Nullable Instant askedFor, Instant now) {
        Instant own = now.plus(after(failures));
        return askedFor == null || askedFor.isBefore(own) ? own : within(longest, askedFor, now);
    }

    /**
     * Returns whether it is too early for an attempt. A clock that was set back must not delay it for longer than the
     * longest pause.
     *
     * @param until the time of the next attempt
     */
    public boolean isOn(Instant until, Instant now) {
        return isOn(until, now, longest);
    }

    /** Like {@link #isOn(Instant, Instant)}, with this longest pause. */
    public static boolean isOn(Instant until, Instant now, Duration longest) {
        return now.isBefore(until) && !until.isAfter(now.plus(longest));
    }

    /**
     * Returns the time that a server has asked for, limited by the longest pause, because a later time would be a
     * mistake.
     */
    public static Instant within(Duration longest, Instant asked, Instant now) {
        Instant latest = now.plus(longest);
        return asked.isBefore(latest) ? asked : latest;
    }
}
