package dev.atlex.session.internal.persist;

import dev.atlex.session.SignInLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts earlier sign-ins against a {@link SignInLimit}. */
final class SignInWindow {
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);

    private SignInWindow() {}

    /**
     * Returns the time at which the next sign-in is allowed, or null if it is allowed now.
     *
     * @param signIns the times of earlier sign-ins, oldest first
     */
    static @Nullable Instant nextAfter(SignInLimit limit, List<Instant> signIns, Instant now) {
        Instant soon = next(signIns, now, SHORT, limit.perFiveMinutes());
        Instant later = next(signIns, now, LONG, limit.perDay());
        return soon == null || later != null && later.isAfter(soon) ? later : soon;
    }

    private static @Nullable Instant next(List<Instant> signIns, Instant now, Duration window, int most) {
        List<Instant> within = within(signIns, now, window);
        return within.size() < most ? null : within.get(within.size() - most).plus(window);
    }

    /** Returns the sign-ins that a window still contains, as many as the limit can use. */
    static List<Instant> relevant(SignInLimit limit, List<Instant> signIns, Instant now) {
        List<Instant> within = within(signIns, now, LONG);
        int most = Math.max(limit.perDay(), limit.perFiveMinutes());
        return within.subList(Math.max(0, within.size() - most), within.size());
    }

    /**
     * Returns the sign-ins within a window. Times in the future don't count, because a clock that was wrong and is set
     * back must not lock anyone out.
     */
    private static List<Instant> within(List<Instant> signIns, Instant now, Duration window) {
        Instant start = now.minus(window);
        return signIns.stream()
                .filter(at -> at.isAfter(start) && !at.isAfter(now))
                .sorted()
                .toList();
    }
}
