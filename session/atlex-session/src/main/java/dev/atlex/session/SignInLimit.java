package dev.atlex.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often one identifier may sign in at one server. Servers have such limits too, and lock out who exceeds them, whether
 * the sign-ins succeed or not; a program that runs into them by mistake should do so here, where nothing is lost.
 *
 * @param perFiveMinutes 1 at least
 * @param perDay 1 at least
 */
public record SignInLimit(int perFiveMinutes, int perDay) {
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);

    /** 25 in five minutes and 250 a day: a little less than the 30 and 300 of the reference server. */
    public static final SignInLimit DEFAULT = new SignInLimit(25, 250);

    /** @throws IllegalArgumentException if a number is below 1 */
    public SignInLimit {
        if (perFiveMinutes < 1 || perDay < 1) {
            throw new IllegalArgumentException("a login budget of less than 1");
        }
    }

    /**
     * When the next sign-in may be, or null if now.
     *
     * @param signIns when there were some, the oldest first
     */
    @Nullable
    Instant nextAfter(List<Instant> signIns, Instant now) {
        Instant soon = next(signIns, now, SHORT, perFiveMinutes);
        Instant later = next(signIns, now, LONG, perDay);
        return soon == null || later != null && later.isAfter(soon) ? later : soon;
    }

    private static @Nullable Instant next(List<Instant> signIns, Instant now, Duration window, int most) {
        List<Instant> within = within(signIns, now, window);
        return within.size() < most ? null : within.get(within.size() - most).plus(window);
    }

    /** Those that still count for something. */
    List<Instant> relevant(List<Instant> signIns, Instant now) {
        List<Instant> within = within(signIns, now, LONG);
        return within.subList(Math.max(0, within.size() - Math.max(perDay, perFiveMinutes)), within.size());
    }

    /** A clock that was wrong, and is put back, must not lock anybody out: what is in the future does not count. */
    private static List<Instant> within(List<Instant> signIns, Instant now, Duration window) {
        Instant start = now.minus(window);
        return signIns.stream()
                .filter(at -> at.isAfter(start) && !at.isAfter(now))
                .sorted()
                .toList();
    }
}
