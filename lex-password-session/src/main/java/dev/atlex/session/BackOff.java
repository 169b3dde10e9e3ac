package dev.atlex.session;

import dev.atlex.session.internal.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a refresh that failed is not tried again. Changed under the session's lock, read by anybody. */
final class BackOff {
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** No wait that a server asks for is kept longer than this, as a mistake of its would end the session. */
    private static final Duration MAX_ASKED_FOR = Duration.ofHours(1);

    private final Clock clock;

    private volatile Instant since = Instant.MIN;
    private volatile @Nullable Instant notBefore;
    private volatile @Nullable RuntimeException failure;
    private int failures;
    private volatile long attempts;

    BackOff(Clock clock) {
        this.clock = clock;
    }

    /** All is well. */
    void reset() {
        notBefore = null;
        failure = null;
        failures = 0;
    }

    /**
     * It has failed again.
     *
     * @param askedFor when the server wants to be asked, or null
     * @return when it may be tried again
     */
    Instant failed(RuntimeException why, @Nullable Instant askedFor) {
        Instant now = clock.instant();
        Duration own = PAUSES.after(failures++);
        Instant until = askedFor == null ? now.plus(own) : Pauses.within(MAX_ASKED_FOR, askedFor, now);
        failure = why;
        attempts++;
        since = now;
        notBefore = until;
        return until;
    }

    /** How often it has failed since there is this object. */
    long attempts() {
        return attempts;
    }

    boolean isWaiting() {
        Instant until = notBefore;
        Instant now = clock.instant();
        // A clock that is put back must not make anybody wait.
        return until != null && now.isBefore(until) && !now.isBefore(since);
    }

    @Nullable
    Instant notBefore() {
        return notBefore;
    }

    /** What the last try met, or null if it went well. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }
}
