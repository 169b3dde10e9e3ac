package dev.atlex.bluesky.internal.notification;

import dev.atlex.client.RateLimit;
import dev.atlex.client.internal.ExponentialBackoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides how long to wait after a failure. */
final class Backoff {
    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** The maximum length of a rate-limit window. */
    private static final Duration LONGEST_LIMIT = Duration.ofDays(1);

    private final Timing timing;

    Backoff(Timing timing) {
        this.timing = timing;
    }

    /**
     * Returns the pause after a failure.
     *
     * @param failures the number of failures before this one
     * @param retryAt the time that the server asked for, or null
     */
    Duration after(int failures, @Nullable Instant retryAt) {
        Duration own = PAUSES.after(failures, timing.random());
        return retryAt == null ? own : longer(own, until(retryAt));
    }

    /** Returns the time until the next poll. */
    Duration untilNextPoll(Duration interval, @Nullable RateLimit limit) {
        return limit == null || limit.remaining() > 0 ? interval : longer(interval, until(limit.reset()));
    }

    private Duration until(Instant time) {
        Duration until = Duration.between(timing.clock().instant(), time);
        return until.compareTo(LONGEST_LIMIT) < 0 ? until : LONGEST_LIMIT;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
