package dev.atlex.session.ratelimit;

import java.time.Duration;
import java.util.Objects;

/**
 * A number of points that may be used within a window of time. The window starts with the first use. A request costs
 * one point. {@link RateLimiter} defines the cost of a write.
 *
 * @param points the number of points, 1 or more
 * @param window the length of the window, one second or more
 */
public record RateLimitRule(long points, Duration window) {
    /** @throws IllegalArgumentException if there are no points, or the window is shorter than a second */
    public RateLimitRule {
        Objects.requireNonNull(window, "window");
        if (points < 1 || window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("RateLimitRule: expected at least 1 point in at least 1 second (got "
                    + points + " points in " + window + ")");
        }
    }
}
