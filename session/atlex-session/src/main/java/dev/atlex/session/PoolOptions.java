package dev.atlex.session;

import dev.atlex.session.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How an {@link AccountPool} behaves. What is not set is as documented at each setter. */
public final class PoolOptions {
    /** Nothing set. */
    public static final PoolOptions DEFAULTS = of(options -> {});

    private final SessionOptions session;
    private final @Nullable RateLimiter rateLimiter;
    private final int maxOpen;
    private final int parallelism;
    private final @Nullable Duration maintainEvery;
    private final Duration closeWithin;

    private PoolOptions(Builder builder) {
        this.session = builder.session;
        this.rateLimiter = builder.rateLimiter;
        this.maxOpen = builder.maxOpen;
        this.parallelism = builder.parallelism;
        this.maintainEvery = builder.maintainEvery;
        this.closeWithin = builder.closeWithin;
    }

    /** The options that the function sets. */
    public static PoolOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new PoolOptions(builder);
    }

    SessionOptions session() {
        return session;
    }

    @Nullable
    RateLimiter rateLimiter() {
        return rateLimiter;
    }

    int maxOpen() {
        return maxOpen;
    }

    int parallelism() {
        return parallelism;
    }

    @Nullable
    Duration maintainEvery() {
        return maintainEvery;
    }

    Duration closeWithin() {
        return closeWithin;
    }

    /** Makes {@link PoolOptions}. */
    public static final class Builder {
        private SessionOptions session = SessionOptions.DEFAULTS;
        private @Nullable RateLimiter rateLimiter;
        private int maxOpen = Integer.MAX_VALUE;
        private int parallelism = 4;
        private @Nullable Duration maintainEvery;
        private Duration closeWithin = Duration.ofSeconds(10);

        private Builder() {}

        /** How each session behaves. All share the transport and the listener; the store is the pool's. */
        public Builder session(SessionOptions options) {
            this.session = Objects.requireNonNull(options, "options");
            return this;
        }

        /**
         * What keeps the pool's agents and clients, its refreshes in bulk and its maintenance within the servers' limits;
         * by default nothing.
         */
        public Builder rateLimiter(RateLimiter rateLimiter) {
            this.rateLimiter = Objects.requireNonNull(rateLimiter, "governor");
            return this;
        }

        /**
         * How many sessions stay in memory, 1 or more; those that were used least recently leave it first, unless they
         * are in use or not saved. By default all.
         */
        public Builder maxOpen(int sessions) {
            this.maxOpen = positive(sessions);
            return this;
        }

        /** How many accounts maintenance renews at the same time, 1 or more; by default 4. */
        public Builder parallelism(int accounts) {
            this.parallelism = positive(accounts);
            return this;
        }

        /**
         * Lets a daemon thread call {@link AccountPool#maintain} that long after it was last done, a millisecond at least;
         * by default there is none.
         */
        public Builder maintainEvery(Duration interval) {
            if (interval.toMillis() < 1) {
                throw new IllegalArgumentException("an interval of " + interval);
            }
            this.maintainEvery = interval;
            return this;
        }

        /** How long {@link AccountPool#close} waits for what is under way, 0 or more; by default 10 seconds. */
        public Builder closeWithin(Duration limit) {
            if (limit.isNegative()) {
                throw new IllegalArgumentException("a negative limit: " + limit);
            }
            this.closeWithin = limit;
            return this;
        }

        private static int positive(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("less than 1: " + number);
            }
            return number;
        }
    }
}
