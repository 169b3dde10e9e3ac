package dev.atlex.session.internal.state;

import dev.atlex.client.internal.ExponentialBackoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records failed refreshes, and decides when the next one may be tried.
 *
 * @param attempts the number of failed refreshes since the session object was created
 * @param failures the number of consecutive failures
 * @param failure the last refresh's failure; null if it succeeded
 * @param pause the pause during which no refresh is tried; null if there is none
 */
public record Retry(
        long attempts,
        int failures,
        @Nullable RuntimeException failure,
        @Nullable Pause pause) {
    /** The state in which no refresh has failed. */
    public static final Retry NONE = new Retry(0, 0, null, null);

    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** The longest wait that a server may ask for. With a longer one, a server's mistake could end the session. */
    private static final Duration MAX_ASKED_FOR = Duration.ofHours(1);

    /**
     * A pause, measured both by the clock, for people, and by monotonic time, which can't be set. It ends as soon as
     * one of them reaches its end.
     *
     * @param since the time at which it began
     * @param until the time at which it ends
     * @param sinceNanos the time at which it began by {@link System#nanoTime}
     */
    public record Pause(Instant since, Instant until, long sinceNanos) {
        private boolean isOver(Instant now, long nanos) {
            Duration passed = Duration.ofNanos(nanos - sinceNanos);
            // A clock that is set back must not lengthen the pause, not even by the time that it was set back.
            return !now.isBefore(until) || now.isBefore(since) || passed.compareTo(Duration.between(since, until)) >= 0;
        }
    }

    /** Returns the state after a successful refresh. */
    public Retry succeeded() {
        return new Retry(attempts, 0, null, null);
    }

    /**
     * Returns the state after a failed refresh.
     *
     * @param askedFor the time at which the server allows the next request, or null if it doesn't specify one
     */
    public Retry failed(RuntimeException why, @Nullable Instant askedFor, Instant now, long nanos) {
        Instant until = askedFor == null
                ? now.plus(PAUSES.after(failures))
                : ExponentialBackoff.within(MAX_ASKED_FOR, askedFor, now);
        return new Retry(attempts + 1, failures + 1, why, new Pause(now, until, nanos));
    }

    /** Returns whether it is too early for another refresh. */
    public boolean isWaiting(Instant now, long nanos) {
        return pause != null && !pause.isOver(now, nanos);
    }

    /** Returns the time before which no refresh is tried, or null. */
    public @Nullable Instant notBefore() {
        return pause == null ? null : pause.until();
    }
}
