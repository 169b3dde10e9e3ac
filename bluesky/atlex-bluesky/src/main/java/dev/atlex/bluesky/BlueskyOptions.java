package dev.atlex.bluesky;

import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.video.VideoOptions;
import dev.atlex.client.CallOptions;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options for {@link Bluesky}. The setters document the defaults. */
public final class BlueskyOptions {
    /** The default options. */
    public static final BlueskyOptions DEFAULTS = new Builder().build();

    private final @Nullable Function<? super Handle, @Nullable Did> mentionResolver;
    private final Clock clock;
    private final int parallelism;
    private final CallOptions call;
    private final LinkCards cards;
    private final VideoOptions video;

    private BlueskyOptions(Builder builder) {
        this.mentionResolver = builder.mentionResolver;
        this.clock = builder.clock;
        this.parallelism = builder.parallelism;
        this.call = builder.call;
        this.cards = builder.cards;
        this.video = builder.video;
    }

    /** Returns options configured by the function. */
    public static BlueskyOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.mentionResolver = mentionResolver;
        builder.clock = clock;
        builder.parallelism = parallelism;
        builder.call = call;
        builder.cards = cards;
        builder.video = video;
        return builder;
    }

    /** Returns the function that resolves mentioned handles, or null to ask the account's server. */
    public @Nullable Function<? super Handle, @Nullable Did> mentionResolver() {
        return mentionResolver;
    }

    /** Returns the clock for the creation time of posts. */
    public Clock clock() {
        return clock;
    }

    /** Returns how many lookups or uploads for a post may run concurrently. */
    public int parallelism() {
        return parallelism;
    }

    /** Returns the options for all calls. */
    public CallOptions call() {
        return call;
    }

    /** Returns the loader of link cards. */
    public LinkCards cards() {
        return cards;
    }

    /** Returns the default options for videos, which a post can change. */
    public VideoOptions video() {
        return video;
    }

    @Override
    public String toString() {
        return "BlueskyOptions[" + (mentionResolver == null ? "" : "mentionResolver=set, ") + "clock=" + clock
                + ", parallelism=" + parallelism + ", call=" + call + ", video=" + video + "]";
    }

    /** Builds {@link BlueskyOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Function<? super Handle, @Nullable Did> mentionResolver;
        private Clock clock = Clock.systemUTC();
        private int parallelism = 4;
        private CallOptions call = CallOptions.DEFAULTS;
        private LinkCards cards = LinkCards.create();
        private VideoOptions video = VideoOptions.DEFAULTS;

        private Builder() {}

        /**
         * Sets the function that resolves mentioned handles. Several threads may call it at once. If it returns null,
         * because no account has the handle, or throws an exception, the mention stays plain text. By default, the
         * account's server resolves handles.
         */
        public Builder mentionResolver(Function<? super Handle, @Nullable Did> resolver) {
            this.mentionResolver = Objects.requireNonNull(resolver, "resolver");
            return this;
        }

        /** Sets the clock for the creation time of posts. The default is the system's. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Sets how many lookups or uploads for a post may run concurrently, 1 or more. The default is 4. */
        public Builder parallelism(int parallelism) {
            this.parallelism = parallelism;
            return this;
        }

        /**
         * Sets the options for all calls. By default, invalid elements of arrays are skipped, and calls that are safe
         * to repeat are retried up to 3 times.
         */
        public Builder call(CallOptions call) {
            this.call = Objects.requireNonNull(call, "call");
            return this;
        }

        /** Like {@link #call(CallOptions)}, but configures the options inline. */
        public Builder call(Consumer<? super CallOptions.Builder> options) {
            return call(CallOptions.of(options));
        }

        /** Sets the loader of link cards. The default is {@link LinkCards#create()}. */
        public Builder cards(LinkCards cards) {
            this.cards = Objects.requireNonNull(cards, "cards");
            return this;
        }

        /** Sets the default options for videos, such as a different service. */
        public Builder video(VideoOptions video) {
            this.video = Objects.requireNonNull(video, "video");
            return this;
        }

        /**
         * Builds the options.
         *
         * @throws IllegalArgumentException if the parallelism isn't positive
         */
        public BlueskyOptions build() {
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism: expected 1 or more (got " + parallelism + ")");
            }
            return new BlueskyOptions(this);
        }
    }
}
