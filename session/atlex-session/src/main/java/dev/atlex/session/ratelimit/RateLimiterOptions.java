package dev.atlex.session.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Options for a {@link RateLimiter}. The defaults are the limits of Bluesky's servers. */
public final class RateLimiterOptions {
    /** The defaults. */
    public static final RateLimiterOptions DEFAULTS = of(options -> {});

    private final List<RateLimitRule> writeLimits;
    private final List<RateLimitRule> hostLimits;
    private final Duration maxWait;
    private final RateLimitListener listener;
    private final Clock clock;

    private RateLimiterOptions(Builder builder) {
        this.writeLimits = builder.writeLimits;
        this.hostLimits = builder.hostLimits;
        this.maxWait = builder.maxWait;
        this.listener = builder.listener;
        this.clock = builder.clock;
    }

    /**
     * Creates options.
     *
     * @param options the function that sets options on the builder
     * @throws IllegalArgumentException if an option is invalid
     */
    public static RateLimiterOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.writeLimits = writeLimits;
        builder.hostLimits = hostLimits;
        builder.maxWait = maxWait;
        builder.listener = listener;
        builder.clock = clock;
        return builder;
    }

    /** Returns the limits on each account's writes to its server, longest window first. */
    public List<RateLimitRule> writeLimits() {
        return writeLimits;
    }

    /** Returns the limits on the requests to each server, longest window first. */
    public List<RateLimitRule> hostLimits() {
        return hostLimits;
    }

    /** Returns the longest time that a request without a time limit waits. */
    public Duration maxWait() {
        return maxWait;
    }

    /** Returns the listener; {@link RateLimitListener#NONE} by default. */
    public RateLimitListener listener() {
        return listener;
    }

    /** Returns the clock; the system clock by default. */
    public Clock clock() {
        return clock;
    }

    @Override
    public String toString() {
        return "RateLimiterOptions[writeLimits=" + writeLimits + ", hostLimits=" + hostLimits + ", maxWait=" + maxWait
                + "]";
    }

    /** Builds {@link RateLimiterOptions}. */
    public static final class Builder {
        private List<RateLimitRule> writeLimits =
                List.of(new RateLimitRule(35_000, Duration.ofDays(1)), new RateLimitRule(5_000, Duration.ofHours(1)));
        private List<RateLimitRule> hostLimits = List.of(new RateLimitRule(3_000, Duration.ofMinutes(5)));
        private Duration maxWait = Duration.ofMinutes(5);
        private RateLimitListener listener = RateLimitListener.NONE;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets how many points an account's writes may cost. The default is 5,000 an hour and 35,000 a day. With an
         * empty list, only the limits that servers report apply.
         */
        public Builder writeLimits(List<RateLimitRule> limits) {
            this.writeLimits = longestFirst(limits);
            return this;
        }

        /**
         * Sets how many requests each server accepts from all accounts together, because servers count requests by IP
         * address. The default is 3,000 in 5 minutes. With an empty list, only the limits that servers report apply.
         */
        public Builder hostLimits(List<RateLimitRule> limits) {
            this.hostLimits = longestFirst(limits);
            return this;
        }

        /**
         * Sets the longest time that a request without a time limit waits. The default is 5 minutes. A request with a
         * time limit never waits longer than that limit.
         *
         * @param wait the longest wait, zero or more
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxWait(Duration wait) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException("maxWait: expected zero or more (got " + wait + ")");
            }
            this.maxWait = wait;
            return this;
        }

        /** Sets the listener for requests that wait, for metrics; none by default. */
        public Builder listener(RateLimitListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets the clock by which {@link RateLimitedException#retryAt} and {@link RateLimiter#nextAllowedAt} are
         * reported. The default is the system clock. Windows and waits are measured with {@link System#nanoTime}.
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Returns the options. */
        public RateLimiterOptions build() {
            return new RateLimiterOptions(this);
        }

        /** A request shouldn't use up the shorter windows while it waits for the longest one. */
        private static List<RateLimitRule> longestFirst(List<RateLimitRule> limits) {
            return limits.stream()
                    .sorted((a, b) -> b.window().compareTo(a.window()))
                    .toList();
        }
    }
}
