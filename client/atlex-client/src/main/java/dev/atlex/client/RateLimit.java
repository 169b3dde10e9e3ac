package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server said of its limits, in the headers {@code RateLimit-Limit}, {@code -Remaining}, {@code -Reset} and
 * {@code -Policy}.
 *
 * @param limit how many requests a window allows
 * @param remaining how many are left in this one
 * @param reset when the next window begins
 * @param policy the limit in the server's words ({@code 30;w=300}), or null
 */
public record RateLimit(
        long limit, long remaining, Instant reset, @Nullable String policy) {
    /** The limit that the headers tell of, or null where they tell of none. */
    public static @Nullable RateLimit of(HttpHeaders headers) {
        Long limit = number(headers.first("RateLimit-Limit"));
        Long remaining = number(headers.first("RateLimit-Remaining"));
        Long reset = number(headers.first("RateLimit-Reset"));
        return limit == null || remaining == null || reset == null || reset > MAX_RESET
                ? null
                : new RateLimit(limit, remaining, Instant.ofEpochSecond(reset), headers.first("RateLimit-Policy"));
    }

    /** The year 9999: what is later is no time that anybody waits for. */
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
