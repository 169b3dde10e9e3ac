package dev.atlex.session.pool;

import dev.atlex.session.SessionOptions;
import dev.atlex.session.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options for an {@link AccountPool}. */
public final class PoolOptions {
    /** The defaults. */
    public static final PoolOptions DEFAULTS = of(options -> {});

    private final SessionOptions session;
    private final List<SessionSource> sources;
    private final @Nullable RateLimiter rateLimiter;
    private final int maxOpen;
    private final int parallelism;
    private final @Nullable Duration maintainEvery;
    private final Duration closeWithin;

    private PoolOptions(Builder builder) {
        this.session = builder.session;
        this.sources = List.copyOf(builder.sources);
        this.rateLimiter = builder.rateLimiter;
        this.maxOpen = builder.maxOpen;
        this.parallelism = builder.parallelism;
        this.maintainEvery = builder.maintainEvery;
        this.closeWithin = builder.closeWithin;
    }

    /**
     * Creates options.
     *
     * @param options the function that sets options on the builder
     * @throws IllegalArgumentException if an option is invalid
     */
    public static PoolOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.session = session;
        builder.sources.addAll(sources);
        builder.rateLimiter = rateLimiter;
        builder.maxOpen = maxOpen;
        builder.parallelism = parallelism;
        builder.maintainEvery = maintainEvery;
        builder.closeWithin = closeWithin;
        return builder;
    }

    /** Returns the options for each password session. The pool's store replaces theirs. */
    public SessionOptions session() {
        return session;
    }

    /** Returns the sources of other sessions. */
    public List<SessionSource> sources() {
        return sources;
    }

    /** Returns the rate limiter, or null if requests aren't limited. */
    public @Nullable RateLimiter rateLimiter() {
        return rateLimiter;
    }

    /** Returns how many sessions stay in memory. */
    public int maxOpen() {
        return maxOpen;
    }

    /** Returns how many accounts maintenance refreshes concurrently. */
    public int parallelism() {
        return parallelism;
    }

    /** Returns the interval of automatic maintenance, or null if there is none. */
    public @Nullable Duration maintainEvery() {
        return maintainEvery;
    }

    /** Returns how long {@link AccountPool#close} waits for calls in progress. */
    public Duration closeWithin() {
        return closeWithin;
    }

    @Override
    public String toString() {
        return "PoolOptions[session=" + session + ", sources=" + sources + ", rateLimiter=" + rateLimiter + ", maxOpen="
                + maxOpen
                + ", parallelism=" + parallelism + ", maintainEvery=" + maintainEvery + ", closeWithin=" + closeWithin
                + "]";
    }

    /** Builds {@link PoolOptions}. */
    public static final class Builder {
        private SessionOptions session = SessionOptions.DEFAULTS;
        private final List<SessionSource> sources = new ArrayList<>();
        private @Nullable RateLimiter rateLimiter;
        private int maxOpen = Integer.MAX_VALUE;
        private int parallelism = 4;
        private @Nullable Duration maintainEvery;
        private Duration closeWithin = Duration.ofSeconds(10);

        private Builder() {}

        /**
         * Sets the options for each password session. All of them share the transport and the listener. The
         * pool's store replaces the one in the options.
         */
        public Builder session(SessionOptions options) {
            this.session = Objects.requireNonNull(options, "options");
            return this;
        }

        /** Like {@link #session(SessionOptions)}, but configures the options inline. */
        public Builder session(Consumer<? super SessionOptions.Builder> options) {
            return session(SessionOptions.of(options));
        }

        /**
         * Adds a source of other stored sessions, such as {@code OAuthClient.sessions()}. These sessions keep their own
         * options. By default, the pool has only password sessions.
         */
        public Builder source(SessionSource sessions) {
            this.sources.add(Objects.requireNonNull(sessions, "sessions"));
            return this;
        }

        /**
         * Sets the rate limiter for the requests of the pool's agents and clients, bulk refreshes and logouts, and
         * maintenance refreshes. By default, requests aren't limited.
         */
        public Builder rateLimiter(RateLimiter rateLimiter) {
            this.rateLimiter = Objects.requireNonNull(rateLimiter, "rateLimiter");
            return this;
        }

        /**
         * Sets how many sessions stay in memory. The least recently used ones are dropped first; those in use or not
         * saved are kept. By default, all sessions stay.
         *
         * @param sessions the number of sessions, 1 or more
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxOpen(int sessions) {
            this.maxOpen = positive("maxOpen", sessions);
            return this;
        }

        /**
         * Sets how many accounts maintenance refreshes concurrently. The default is 4.
         *
         * @param accounts the number of accounts, 1 or more
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder parallelism(int accounts) {
            this.parallelism = positive("parallelism", accounts);
            return this;
        }

        /**
         * Starts a daemon thread that calls {@link AccountPool#maintain} repeatedly. By default, maintenance runs only
         * when the program calls that method.
         *
         * @param interval the time between the end of one run and the start of the next, a millisecond or more
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder maintainEvery(Duration interval) {
            if (interval.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException(
                        "maintainEvery: expected at least a millisecond (got " + interval + ")");
            }
            this.maintainEvery = interval;
            return this;
        }

        /**
         * Sets how long {@link AccountPool#close} waits for calls in progress. The default is 10 seconds.
         *
         * @param limit the longest wait, zero or more
         * @throws IllegalArgumentException if it is negative
         */
        public Builder closeWithin(Duration limit) {
            if (limit.isNegative()) {
                throw new IllegalArgumentException("closeWithin: expected zero or more (got " + limit + ")");
            }
            this.closeWithin = limit;
            return this;
        }

        /** Returns the options. */
        public PoolOptions build() {
            return new PoolOptions(this);
        }

        private static int positive(String option, int number) {
            if (number < 1) {
                throw new IllegalArgumentException(option + ": expected 1 or more (got " + number + ")");
            }
            return number;
        }
    }
}
