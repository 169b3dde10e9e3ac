package dev.atlex.session.ratelimit;

import dev.atlex.client.internal.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Which limits a {@link RateLimiter} keeps. What is not set is what Bluesky's servers allow. */
public final class RateLimiterOptions {
    /** Nothing set. */
    public static final RateLimiterOptions DEFAULTS = of(options -> {});

    private final List<RateLimitRule> writeLimits;
    private final List<RateLimitRule> hostLimits;
    private final Duration maxWait;
    private final TimeSource timing;

    private RateLimiterOptions(Builder builder) {
        this.writeLimits = builder.writeLimits;
        this.hostLimits = builder.hostLimits;
        this.maxWait = builder.maxWait;
        this.timing = builder.timing;
    }

    /** The options that the function sets. */
    public static RateLimiterOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new RateLimiterOptions(builder);
    }

    List<RateLimitRule> writeLimits() {
        return writeLimits;
    }

    List<RateLimitRule> hostLimits() {
        return hostLimits;
    }

    Duration maxWait() {
        return maxWait;
    }

    TimeSource timing() {
        return timing;
    }

    /** Makes {@link RateLimiterOptions}. */
    public static final class Builder {
        private List<RateLimitRule> writeLimits =
                List.of(new RateLimitRule(35_000, Duration.ofDays(1)), new RateLimitRule(5_000, Duration.ofHours(1)));
        private List<RateLimitRule> hostLimits = List.of(new RateLimitRule(3_000, Duration.ofMinutes(5)));
        private Duration maxWait = Duration.ofMinutes(5);
        private TimeSource timing = TimeSource.SYSTEM;

        private Builder() {}

        /**
         * What an account may write at its server, in points; by default 5,000 an hour and 35,000 a day. None where the
         * list is empty: then only what servers tell counts.
         */
        public Builder writeLimits(List<RateLimitRule> limits) {
            this.writeLimits = longestFirst(limits);
            return this;
        }

        /**
         * How many requests a server takes from all accounts together, as servers count them by address; by default
         * 3,000 in 5 minutes. None where the list is empty.
         */
        public Builder hostLimits(List<RateLimitRule> limits) {
            this.hostLimits = longestFirst(limits);
            return this;
        }

        /**
         * How long a request without a time limit of its own waits at most, 0 or more; by default 5 minutes. Others wait
         * within theirs.
         */
        public Builder maxWait(Duration wait) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException("a negative wait: " + wait);
            }
            this.maxWait = wait;
            return this;
        }

        Builder timing(TimeSource timing) {
            this.timing = Objects.requireNonNull(timing, "timing");
            return this;
        }

        /** Who has to wait for the longest window should not use up the others meanwhile. */
        private static List<RateLimitRule> longestFirst(List<RateLimitRule> limits) {
            return limits.stream()
                    .sorted((a, b) -> b.window().compareTo(a.window()))
                    .toList();
        }
    }
}
