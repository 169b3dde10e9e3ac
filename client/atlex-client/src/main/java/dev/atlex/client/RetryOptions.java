package dev.atlex.client;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options for retrying failed calls.
 *
 * <p>Queries are retried if the {@linkplain XrpcException#retryable() failure may be temporary}. Procedures are retried
 * only if the request certainly had no effect: the server returned 429 or was never reached. Creates of records are
 * also retried if they are {@linkplain CallOptions.Builder#idempotentCreates idempotent}. {@link Builder#when}
 * overrides these rules, but a body that can't be sent again is never retried.
 *
 * @see <a href="https://github.com/bluesky-social/atproto/tree/main/packages/lex/lex-client">Upstream's client, which
 *     retries every call once retries are enabled</a>
 */
public final class RetryOptions {
    /** The defaults: no retries. */
    public static final RetryOptions DEFAULTS = new Builder().build();

    private final int maxRetries;
    private final Duration minDelay;
    private final Duration maxDelay;
    private final double factor;
    private final boolean respectRetryAfter;
    private final @Nullable BiPredicate<? super XrpcException, Integer> when;

    private RetryOptions(Builder builder) {
        this.maxRetries = builder.maxRetries;
        this.minDelay = builder.minDelay;
        this.maxDelay = builder.maxDelay;
        this.factor = builder.factor;
        this.respectRetryAfter = builder.respectRetryAfter;
        this.when = builder.when;
    }

    /**
     * Returns options configured by the function.
     *
     * @throws IllegalArgumentException unless maxRetries &gt;= 0, 0 &lt;= minDelay &lt;= maxDelay and factor &gt;= 1
     */
    public static RetryOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /**
     * Returns options for up to this many retries, with the default delays.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static RetryOptions of(int maxRetries) {
        return of(options -> options.maxRetries(maxRetries));
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxRetries = maxRetries;
        builder.minDelay = minDelay;
        builder.maxDelay = maxDelay;
        builder.factor = factor;
        builder.respectRetryAfter = respectRetryAfter;
        builder.when = when;
        return builder;
    }

    /** Returns the maximum number of retries, not counting the first attempt. */
    public int maxRetries() {
        return maxRetries;
    }

    /** Returns the delay before the first retry, before jitter. */
    public Duration minDelay() {
        return minDelay;
    }

    /** Returns the maximum delay before a retry. */
    public Duration maxDelay() {
        return maxDelay;
    }

    /** Returns the factor by which the delay grows with each retry. */
    public double factor() {
        return factor;
    }

    /**
     * Returns whether a server's {@code Retry-After} or, for status 429, {@code RateLimit-Reset} replaces the computed
     * delay.
     */
    public boolean respectRetryAfter() {
        return respectRetryAfter;
    }

    /** Returns the function that decides whether to retry, or null for the default rules. */
    public @Nullable BiPredicate<? super XrpcException, Integer> when() {
        return when;
    }

    /** Returns the option values. */
    @Override
    public String toString() {
        return "RetryOptions[maxRetries=" + maxRetries + ", minDelay=" + minDelay + ", maxDelay=" + maxDelay
                + ", factor=" + factor + ", respectRetryAfter=" + respectRetryAfter + (when == null ? "" : ", when=set")
                + "]";
    }

    /** Builds {@link RetryOptions}. Not thread-safe. */
    public static final class Builder {
        private int maxRetries;
        private Duration minDelay = Duration.ofMillis(500);
        private Duration maxDelay = Duration.ofSeconds(30);
        private double factor = 2;
        private boolean respectRetryAfter = true;
        private @Nullable BiPredicate<? super XrpcException, Integer> when;

        private Builder() {}

        /** Sets the maximum number of retries, not counting the first attempt; 0 or more. The default is 0. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** Sets the delay before the first retry, 0 or more. The default is 0.5 s. Jitter reduces delays to 50–100%. */
        public Builder minDelay(Duration minDelay) {
            this.minDelay = Objects.requireNonNull(minDelay, "minDelay");
            return this;
        }

        /** Sets the maximum delay, even if the server asks for a longer one. The default is 30 s. */
        public Builder maxDelay(Duration maxDelay) {
            this.maxDelay = Objects.requireNonNull(maxDelay, "maxDelay");
            return this;
        }

        /** Sets the factor by which the delay grows with each retry, 1 or more. The default is 2. */
        public Builder factor(double factor) {
            this.factor = factor;
            return this;
        }

        /**
         * Sets whether a server's {@code Retry-After} or, for status 429, {@code RateLimit-Reset} replaces the computed
         * delay. The default is true.
         */
        public Builder respectRetryAfter(boolean respect) {
            this.respectRetryAfter = respect;
            return this;
        }

        /**
         * Sets a function that decides whether to retry. It overrides the default rules, so it can also repeat calls
         * that aren't safe to repeat. Its arguments are the failure and the number of attempts so far, starting at 1.
         * The default is the rules described at {@link RetryOptions}.
         */
        public Builder when(BiPredicate<? super XrpcException, Integer> when) {
            this.when = Objects.requireNonNull(when, "when");
            return this;
        }

        /**
         * Builds the options.
         *
         * @throws IllegalArgumentException unless maxRetries &gt;= 0, 0 &lt;= minDelay &lt;= maxDelay and
         *     factor &gt;= 1
         */
        public RetryOptions build() {
            if (maxRetries < 0 || minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0 || !(factor >= 1)) {
                throw new IllegalArgumentException(
                        "invalid retry options: expected maxRetries >= 0, 0 <= minDelay <= maxDelay and factor >= 1");
            }
            return new RetryOptions(this);
        }
    }
}
