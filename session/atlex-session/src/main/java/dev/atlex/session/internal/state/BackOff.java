package dev.atlex.session.internal.state;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.session.internal.ExponentialBackoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long a refresh that failed is not tried again. Changed under the session's lock, read by anybody. */
public final class BackOff {
    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** No wait that a server asks for is kept longer than this, as a mistake of its would end the session. */
    private static final Duration MAX_ASKED_FOR = Duration.ofHours(1);

    private final Clock clock;
    private final LongSupplier nanoTime;

    private volatile @Nullable Pause pause;
    private volatile @Nullable RuntimeException failure;
    private int failures;
    private volatile long attempts;

    public BackOff(TimeSource timing) {
        this.clock = timing.clock();
        this.nanoTime = timing.nanoTime();
    }

    /** A pause, both by the clock, for people, and by time that nobody sets: it ends with the first of them. */
    private record Pause(Instant since, Instant until, long sinceNanos) {}

    /** All is well. */
    public void reset() {
        pause = null;
        failure = null;
        failures = 0;
    }

    /**
     * It has failed again.
     *
     * @param askedFor when the server wants to be asked, or null
     * @return when it may be tried again
     */
    public Instant failed(RuntimeException why, @Nullable Instant askedFor) {
        Instant now = clock.instant();
        Duration own = PAUSES.after(failures++);
        Instant until = askedFor == null ? now.plus(own) : ExponentialBackoff.within(MAX_ASKED_FOR, askedFor, now);
        failure = why;
        attempts++;
        pause = new Pause(now, until, nanoTime.getAsLong());
        return until;
    }

    /** How often it has failed since there is this object. */
    public long attempts() {
        return attempts;
    }

    public boolean isWaiting() {
        Pause current = pause;
        if (current == null) {
            return false;
        }
        Instant now = clock.instant();
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - current.sinceNanos());
        // A clock that is put back must not make anybody wait, not even for as long as it was put back.
        return now.isBefore(current.until())
                && !now.isBefore(current.since())
                && passed.compareTo(Duration.between(current.since(), current.until())) < 0;
    }

    @Nullable
    public Instant notBefore() {
        Pause current = pause;
        return current == null ? null : current.until();
    }

    /** What the last try met, or null if it went well. */
    @Nullable
    public RuntimeException failure() {
        return failure;
    }
}
