package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server's rate limit, from the headers {@code RateLimit-Limit}, {@code -Remaining}, {@code -Reset} and
 * {@code -Policy}.
 *
 * @param limit the number of requests that a window allows
 * @param remaining the number of requests left in this window
 * @param reset the time at which the next window begins
 * @param policy the server's policy ({@code 30;w=300}), or null
 * @see <a href="https://docs.bsky.app/docs/advanced-guides/rate-limits">Rate limits</a>
 */
public record RateLimit(
        long limit, long remaining, Instant reset, @Nullable String policy) {
    /** Returns the rate limit in the headers, or null if there is none or it is malformed. */
    public static @Nullable RateLimit of(HttpHeaders headers) {
        Long limit = number(headers.first("RateLimit-Limit"));
        Long remaining = number(headers.first("RateLimit-Remaining"));
        Long reset = number(headers.first("RateLimit-Reset"));
        return limit == null || remaining == null || reset == null || reset > MAX_RESET
                ? null
                : new RateLimit(limit, remaining, Instant.ofEpochSecond(reset), headers.first("RateLimit-Policy"));
    }

    /** The end of the year 9999, the last one that {@link Instant} prints in ISO format. A later time is a mistake. */
    private static final long MAX_RESET = 253_402_300_799L;

    private static @Nullable Long number(@Nullable String text) {
        try {
            Long number = text == null ? null : Long.valueOf(text.strip());
            return number == null || number < 0 ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
