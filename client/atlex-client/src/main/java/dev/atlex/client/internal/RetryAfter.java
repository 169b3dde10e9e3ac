package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads how long a server asks a client to wait. */
public final class RetryAfter {
    /** The longest wait to accept from a server; a longer one is a mistake or an attack. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * Returns the wait that a server asks for in {@code Retry-After} or, for status 429, {@code RateLimit-Reset}: at
     * most a day. Returns null if the server doesn't ask for a wait, or the headers are malformed. With other statuses,
     * {@code RateLimit-Reset} only describes a limit, which may be far from exhausted.
     */
    public static @Nullable Duration of(int status, HttpHeaders headers, Clock clock) {
        Duration after = retryAfter(headers.first("Retry-After"), clock);
        if (after != null && !after.isNegative() && !after.isZero()) {
            return min(after, LONGEST);
        }
        Long reset = status == 429 ? number(headers.first("RateLimit-Reset")) : null;
        if (reset == null) {
            return null;
        }
        Duration until = Duration.ofMillis(reset * 1000 - clock.millis());
        return until.isNegative() || until.isZero() ? null : min(until, LONGEST);
    }

    private static @Nullable Duration retryAfter(@Nullable String header, Clock clock) {
        if (header == null) {
            return null;
        }
        Long seconds = number(header);
        if (seconds != null) {
            return Duration.ofSeconds(seconds);
        }
        Instant date = HttpDates.parse(header);
        return date == null ? null : Duration.between(clock.instant(), date);
    }

    /** Accepts up to twelve digits, because more would overflow. */
    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.strip().matches("\\d{1,12}") ? Long.valueOf(text.strip()) : null;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
