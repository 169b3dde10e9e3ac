package dev.atlex.session.ratelimit;

import dev.atlex.client.internal.TimeSource;
import java.util.function.Consumer;

/** Rate limiters whose clock and sleep a test sets. */
public final class TimedRateLimiter {
    private TimedRateLimiter() {}

    public static RateLimiter create(TimeSource timing, Consumer<RateLimiterOptions.Builder> options) {
        return RateLimiter.create(RateLimiterOptions.of(o -> {
            options.accept(o);
            o.timing(timing);
        }));
    }
}
