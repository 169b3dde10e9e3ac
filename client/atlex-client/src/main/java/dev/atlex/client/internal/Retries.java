package dev.atlex.client.internal;

import dev.atlex.client.RetryOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.schema.Method;
import dev.atlex.schema.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether a failed call is made again, and when. */
public final class Retries {
    /** A server that asks for more is mistaken, or wants to stop this program. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Retries() {}

    /**
     * How long to wait before the next attempt, or null if there is to be none.
     *
     * @param attempt how many attempts there were, from 1
     * @param settled whether the call is safe to repeat although it is no query
     */
    static @Nullable Duration delay(
            Method<?> method,
            XrpcException failure,
            RetryOptions options,
            int attempt,
            boolean settled,
            TimeSource timing) {
        if (attempt > options.maxRetries() || !wanted(method, failure, options, attempt, settled)) {
            return null;
        }
        Duration asked = options.respectRetryAfter() && failure instanceof XrpcResponseException refusal
                ? askedFor(refusal.headers(), timing.clock())
                : null;
        if (asked != null) {
            return min(asked, options.maxDelay());
        }
        double full = millis(options.minDelay()) * Math.pow(options.factor(), attempt - 1);
        double bounded = Math.min(full, millis(options.maxDelay()));
        return Duration.ofMillis(Math.round(bounded * (0.5 + timing.random().getAsDouble() / 2)));
    }

    /** Not {@link Duration#toMillis}, which fails for durations that mean "no bound". */
    private static double millis(Duration duration) {
        return duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
    }

    private static boolean wanted(
            Method<?> method, XrpcException failure, RetryOptions options, int attempt, boolean settled) {
        if (options.when() != null) {
            return options.when().test(failure, attempt);
        }
        if (settled) {
            return failure.retryable() || failure instanceof XrpcInvalidResponseException && mayHaveBeenDone(failure);
        }
        return failure.retryable() && (method instanceof Query || certainlyNotDone(failure));
    }

    static boolean certainlyNotDone(XrpcException failure) {
        return failure instanceof XrpcTransportException lost && !lost.requestMayHaveBeenProcessed()
                || failure instanceof XrpcResponseException refusal && refusal.status() == 429;
    }

    /** Whether nobody knows if the server did it: no answer came, one of a broken server, or one that makes no sense. */
    static boolean mayHaveBeenDone(XrpcException failure) {
        if (failure instanceof XrpcTransportException lost) {
            return lost.requestMayHaveBeenProcessed();
        }
        if (failure instanceof XrpcInvalidResponseException senseless) {
            return senseless.status() < 300 || senseless.status() >= 500;
        }
        return failure instanceof XrpcResponseException refusal && (refusal.status() == 408 || refusal.status() >= 500);
    }

    /**
     * The wait that a server asks for in {@code Retry-After} or {@code RateLimit-Reset}, a day at most, or null. Whatever
     * the headers say, this does not fail.
     */
    public static @Nullable Duration askedFor(HttpHeaders headers, Clock clock) {
        Duration after = retryAfter(headers.first("Retry-After"), clock);
        if (after != null && !after.isNegative() && !after.isZero()) {
            return min(after, LONGEST);
        }
        Long reset = number(headers.first("RateLimit-Reset"));
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

    /** Up to twelve digits: more is no time, and would overflow. */
    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.strip().matches("\\d{1,12}") ? Long.valueOf(text.strip()) : null;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
