package dev.atlex.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a refresh that failed is not tried again. Changed under the session's lock, read by anybody. */
final class BackOff {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofMinutes(5);

    /** No wait that a server asks for is kept longer than this, as a mistake of its would end the session. */
    private static final Duration MAX_ASKED_FOR = Duration.ofHours(1);

    private final Clock clock;

    private volatile Instant since = Instant.MIN;
    private volatile @Nullable Instant notBefore;
    private volatile @Nullable RuntimeException failure;
    private Duration next = MIN;

    BackOff(Clock clock) {
        this.clock = clock;
    }

    /** All is well. */
    void reset() {
        notBefore = null;
        failure = null;
        next = MIN;
    }

    /**
     * It has failed again.
     *
     * @param askedFor when the server wants to be asked, or null
     * @return when it may be tried again
     */
    Instant failed(RuntimeException why, @Nullable Instant askedFor) {
        Instant now = clock.instant();
        Instant latest = now.plus(MAX_ASKED_FOR);
        Instant until = askedFor == null ? now.plus(next) : askedFor.isBefore(latest) ? askedFor : latest;
        next = next.multipliedBy(2).compareTo(MAX) < 0 ? next.multipliedBy(2) : MAX;
        failure = why;
        since = now;
        notBefore = until;
        return until;
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
