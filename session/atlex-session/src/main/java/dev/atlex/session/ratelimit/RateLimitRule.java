package dev.atlex.session.ratelimit;

import java.time.Duration;
import java.util.Objects;

/**
 * So many points within a window of time, which begins with the first of them. Requests cost one point each, writes what
 * {@link RateLimiter} says.
 *
 * @param points 1 at least
 * @param window a second at least
 */
public record RateLimitRule(long points, Duration window) {
    /** @throws IllegalArgumentException if there are no points, or the window is shorter than a second */
    public RateLimitRule {
        Objects.requireNonNull(window, "window");
        if (points < 1 || window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a limit of " + points + " points in " + window);
        }
    }
}
