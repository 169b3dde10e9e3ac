package dev.atlex.testkit.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what clients do within windows of time that begin with the first of them. */
final class RateLimits {
    /** So many points within so many seconds. */
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

    /** Where a count stands after a request. */
    private record Standing(Limit limit, int remaining, long endsAtMillis) {}

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    void clear() {
        windows.clear();
    }

    /** What a request costs at one limit. */
    record Cost(Limit limit, String key, int points) {}

    /**
     * Counts a request.
     *
     * @param headers gets the headers of the limit that is nearest to its end
     * @return the refusal, or null where no limit is passed
     */
    @Nullable
    Response count(List<Cost> costs, Map<String, String> headers) {
        List<Standing> standings = new ArrayList<>();
        for (Cost cost : costs) {
            Standing standing = count(cost);
            if (standing.remaining() < 0) {
                long left = standing.endsAtMillis() - clock.millis();
                return refusal(
                        cost.limit().points(),
                        cost.limit().seconds(),
                        standing.endsAtMillis() / 1000,
                        (left + 999) / 1000);
            }
            standings.add(standing);
        }
        Standing nearest = standings.get(0);
        for (Standing standing : standings) {
            if (standing.remaining() < nearest.remaining()) {
                nearest = standing;
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

    private Standing count(Cost cost) {
        long now = clock.millis();
        Window window = windows.computeIfAbsent(cost.limit().name() + " " + cost.key(), k -> new Window());
        if (window.endsAtMillis <= now) {
            window.endsAtMillis = now + cost.limit().seconds() * 1000L;
            window.used = 0;
        }
        window.used += cost.points();
        return new Standing(cost.limit(), cost.limit().points() - window.used, window.endsAtMillis);
    }

    /** Status 429, as the reference server words it. */
    static Response refusal(int points, int windowSeconds, long resetEpochSeconds, long retryAfterSeconds) {
        Response answer = Response.error(new XrpcError(429, "RateLimitExceeded", "Rate Limit Exceeded"));
        answer.with("access-control-expose-headers", "Retry-After");
        put(answer.headers, points, 0, resetEpochSeconds, windowSeconds);
        return answer.with("Retry-After", Long.toString(retryAfterSeconds));
    }

    private static void put(Map<String, String> headers, int points, int remaining, long reset, int windowSeconds) {
        headers.put("RateLimit-Limit", Integer.toString(points));
        headers.put("RateLimit-Reset", Long.toString(reset));
        headers.put("RateLimit-Remaining", Integer.toString(remaining));
        headers.put("RateLimit-Policy", points + ";w=" + windowSeconds);
    }
}
