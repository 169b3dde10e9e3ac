package dev.atlex.client;

import java.time.Duration;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a failed call is made again.
 *
 * <p>Queries are repeated when the {@linkplain XrpcException#retryable() failure may pass}. Procedures are repeated only
 * when it is certain that the server did nothing: it answered 429, or was never reached; creates of records also where
 * {@linkplain CallOptions.Builder#idempotentCreates they are idempotent}. What else is to be repeated,
 * {@link #when} can say.
 *
 * @param maxRetries how many times at most, beside the first attempt; 0 for never, the default
 * @param minDelay before the second attempt; each further one waits {@code factor} times as long, jittered to between
 *     half and all of it
 * @param maxDelay the longest wait, also of those that a server asks for
 * @param factor at least 1
 * @param respectRetryAfter whether {@code Retry-After} and {@code RateLimit-Reset} decide the wait where a server sends them
 * @param when overrides what is repeated: is given the failure and the number of attempts so far, from 1; or null
 */
public record RetryOptions(
        int maxRetries,
        Duration minDelay,
        Duration maxDelay,
        double factor,
        boolean respectRetryAfter,
        @Nullable BiPredicate<? super XrpcException, Integer> when) {
    /** No call is made again. */
    public static final RetryOptions NEVER = of(0);

    public RetryOptions {
        if (maxRetries < 0 || minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0 || !(factor >= 1)) {
            throw new IllegalArgumentException(
                    "retries need maxRetries >= 0, 0 <= minDelay <= maxDelay and factor >= 1");
        }
    }

    /** Up to that many retries, waiting 0.5 s, 1 s, 2 s… and never longer than 30 s, or as the server asks. */
    public static RetryOptions of(int maxRetries) {
        return new RetryOptions(maxRetries, Duration.ofMillis(500), Duration.ofSeconds(30), 2, true, null);
    }

    /**
     * The same with other waits.
     *
     * @throws IllegalArgumentException unless 0 &lt;= minDelay &lt;= maxDelay and factor &gt;= 1
     */
    public RetryOptions delays(Duration minDelay, Duration maxDelay, double factor) {
        return new RetryOptions(maxRetries, minDelay, maxDelay, factor, respectRetryAfter, when);
    }

    /** The same, with or without regard to how long a server asks to wait. */
    public RetryOptions respectRetryAfter(boolean honour) {
        return new RetryOptions(maxRetries, minDelay, maxDelay, factor, honour, when);
    }

    /** The same, where the function decides what is repeated: procedures too, whether that is safe or not. */
    public RetryOptions when(BiPredicate<? super XrpcException, Integer> when) {
        return new RetryOptions(maxRetries, minDelay, maxDelay, factor, respectRetryAfter, when);
    }
}
