package dev.atlex.bluesky;

import java.util.function.Consumer;

/** Limits on how much of a thread is read. The setters document the defaults. */
public final class ReadThreadOptions {
    /** The default options. */
    public static final ReadThreadOptions DEFAULTS = new Builder().build();

    private final int parents;
    private final int depth;
    private final int maxPosts;

    private ReadThreadOptions(Builder builder) {
        this.parents = builder.parents;
        this.depth = builder.depth;
        this.maxPosts = builder.maxPosts;
    }

    /** Returns options configured by the function. */
    public static ReadThreadOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.parents = parents;
        builder.depth = depth;
        builder.maxPosts = maxPosts;
        return builder;
    }

    /** Returns the maximum number of posts above the post. */
    public int parents() {
        return parents;
    }

    /** Returns the maximum number of levels of replies below the post. */
    public int depth() {
        return depth;
    }

    /** Returns the maximum number of nodes in the thread. */
    public int maxPosts() {
        return maxPosts;
    }

    @Override
    public String toString() {
        return "ReadThreadOptions[parents=" + parents + ", depth=" + depth + ", maxPosts=" + maxPosts + "]";
    }

    /** Builds {@link ReadThreadOptions}. Not thread-safe. */
    public static final class Builder {
        private int parents = Integer.MAX_VALUE;
        private int depth = Integer.MAX_VALUE;
        private int maxPosts = 10_000;

        private Builder() {}

        /** Sets the maximum number of posts above the post, 0 or more. By default, all are read. */
        public Builder parents(int parents) {
            this.parents = parents;
            return this;
        }

        /** Sets the maximum number of levels of replies below the post, 0 or more. By default, all are read. */
        public Builder depth(int depth) {
            this.depth = depth;
            return this;
        }

        /**
         * Sets the maximum number of posts that are read, 1 or more. The default is 10,000. A larger thread is cut off,
         * and {@link PostThread#complete} returns false.
         */
        public Builder maxPosts(int maxPosts) {
            this.maxPosts = maxPosts;
            return this;
        }

        /**
         * Builds the options.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public ReadThreadOptions build() {
            require("parents", parents, 0);
            require("depth", depth, 0);
            require("maxPosts", maxPosts, 1);
            return new ReadThreadOptions(this);
        }

        private static void require(String name, int value, int min) {
            if (value < min) {
                throw new IllegalArgumentException(name + ": expected " + min + " or more (got " + value + ")");
            }
        }
    }
}
