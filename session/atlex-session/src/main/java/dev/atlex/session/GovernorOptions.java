package dev.atlex.session;

import dev.atlex.client.internal.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Which limits a {@link RateGovernor} keeps. What is not set is what Bluesky's servers allow. */
public final class GovernorOptions {
    /** Nothing set. */
    public static final GovernorOptions DEFAULTS = of(options -> {});

    private final List<PointLimit> writeLimits;
    private final List<PointLimit> hostLimits;
    private final Duration maxWait;
    private final Timing timing;

    private GovernorOptions(Builder builder) {
        this.writeLimits = builder.writeLimits;
        this.hostLimits = builder.hostLimits;
        this.maxWait = builder.maxWait;
        this.timing = builder.timing;
    }

    /** The options that the function sets. */
    public static GovernorOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new GovernorOptions(builder);
    }

    List<PointLimit> writeLimits() {
        return writeLimits;
    }

    List<PointLimit> hostLimits() {
        return hostLimits;
    }

    Duration maxWait() {
        return maxWait;
    }

    Timing timing() {
        return timing;
    }

    /** Makes {@link GovernorOptions}. */
    public static final class Builder {
        private List<PointLimit> writeLimits =
                List.of(new PointLimit(35_000, Duration.ofDays(1)), new PointLimit(5_000, Duration.ofHours(1)));
        private List<PointLimit> hostLimits = List.of(new PointLimit(3_000, Duration.ofMinutes(5)));
        private Duration maxWait = Duration.ofMinutes(5);
        private Timing timing = Timing.SYSTEM;

        private Builder() {}

        /**
         * What an account may write at its server, in points; by default 5,000 an hour and 35,000 a day. None where the
         * list is empty: then only what servers tell counts.
         */
        public Builder writeLimits(List<PointLimit> limits) {
            this.writeLimits = longestFirst(limits);
            return this;
        }

        /**
         * How many requests a server takes from all accounts together, as servers count them by address; by default
         * 3,000 in 5 minutes. None where the list is empty.
         */
        public Builder hostLimits(List<PointLimit> limits) {
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

        Builder timing(Timing timing) {
            this.timing = Objects.requireNonNull(timing, "timing");
            return this;
        }

        /** Who has to wait for the longest window should not use up the others meanwhile. */
        private static List<PointLimit> longestFirst(List<PointLimit> limits) {
            return limits.stream()
                    .sorted((a, b) -> b.window().compareTo(a.window()))
                    .toList();
        }
    }
}
