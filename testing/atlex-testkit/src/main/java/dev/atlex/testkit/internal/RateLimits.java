package dev.atlex.testkit.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts requests in fixed windows, each starting with its first request. */
final class RateLimits {
    /** A number of points within a window. */
    record Limit(String name, int points, int seconds) {
        static final Limit ALL = new Limit("global-ip", 3000, 300);
        static final Limit CREATE_SESSION_DAY = new Limit("createSession-day", 300, 86400);
        static final Limit CREATE_SESSION = new Limit("createSession", 30, 300);
        static final Limit CREATE_ACCOUNT = new Limit("createAccount", 100, 300);
        static final Limit WRITES_HOUR = new Limit("repo-write-hour", 5000, 3600);
        static final Limit WRITES_DAY = new Limit("repo-write-day", 35000, 86400);
        static final Limit UPLOADS = new Limit("uploadBlob", 1000, 86400);
    }

    private static final class Window {
        long endsAtMillis;
        int used;
    }

    /** The state of a limit after a request. */
    private record LimitState(Limit limit, int remaining, long endsAtMillis) {}

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    void clear() {
        windows.clear();
    }

    /** The points that a request costs under one limit. */
    record Cost(Limit limit, String key, int points) {}

    /**
     * Counts a request.
     *
     * @param headers receives the headers of the limit with the fewest points left
     * @return the response with status 429, or null if no limit is exceeded
     */
    @Nullable
    Response count(List<Cost> costs, Map<String, String> headers) {
        List<LimitState> states = new ArrayList<>();
        for (Cost cost : costs) {
            LimitState state = count(cost);
            if (state.remaining() < 0) {
                long left = state.endsAtMillis() - clock.millis();
                return exceeded(
                        cost.limit().points(),
                        cost.limit().seconds(),
                        state.endsAtMillis() / 1000,
                        (left + 999) / 1000);
            }
            states.add(state);
        }
        LimitState nearest = states.get(0);
        for (LimitState state : states) {
            if (state.remaining() < nearest.remaining()) {
                nearest = state;
            }
        }
        headers.put(
                "access-control-expose-headers",
                "RateLimit-Limit, RateLimit-Reset, RateLimit-Remaining, RateLimit-Policy");
        put(
                headers,
                nearest.limit().points(),
                nearest.remaining(),
                nearest.endsAtMillis() / 1000,
                nearest.limit().seconds());
        return null;
    }

    private LimitState count(Cost cost) {
        long now = clock.millis();
        Window window = windows.computeIfAbsent(cost.limit().name() + " " + cost.key(), k -> new Window());
        if (window.endsAtMillis <= now) {
            window.endsAtMillis = now + cost.limit().seconds() * 1000L;
            window.used = 0;
        }
        window.used += cost.points();
        return new LimitState(cost.limit(), cost.limit().points() - window.used, window.endsAtMillis);
    }

    /** Returns a response with status 429 like that of the reference server. */
    static Response exceeded(int points, int windowSeconds, long resetEpochSeconds, long retryAfterSeconds) {
        Response response = Response.error(new XrpcError(429, "RateLimitExceeded", "Rate Limit Exceeded"));
        response.with("access-control-expose-headers", "Retry-After");
        put(response.headers, points, 0, resetEpochSeconds, windowSeconds);
        return response.with("Retry-After", Long.toString(retryAfterSeconds));
    }

    private static void put(Map<String, String> headers, int points, int remaining, long reset, int windowSeconds) {
        headers.put("RateLimit-Limit", Integer.toString(points));
        headers.put("RateLimit-Reset", Long.toString(reset));
        headers.put("RateLimit-Remaining", Integer.toString(remaining));
        headers.put("RateLimit-Policy", points + ";w=" + windowSeconds);
    }
}
