package dev.atlex.bluesky;

import dev.atlex.bluesky.internal.PostUris;
import dev.atlex.bluesky.internal.post.PostKeys;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Tid;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options for posting a thread. The setters document the defaults. */
public final class ThreadOptions {
    /** The default options. */
    public static final ThreadOptions DEFAULTS = new Builder().build();

    private final boolean numbered;
    private final @Nullable AtUri reply;
    private final @Nullable Tid key;
    private final Consumer<NewPost.Builder> first;
    private final Consumer<NewPost.Builder> each;

    private ThreadOptions(Builder builder) {
        this.numbered = builder.numbered;
        this.reply = builder.reply;
        this.key = builder.key;
        this.first = builder.first;
        this.each = builder.each;
    }

    /** Returns options configured by the function. */
    public static ThreadOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.numbered = numbered;
        builder.reply = reply;
        builder.key = key;
        builder.first = first;
        builder.each = each;
        return builder;
    }

    /** Returns whether each part ends with its number, if there are several. */
    public boolean numbered() {
        return numbered;
    }

    /** Returns the post that the thread replies to, or null if there is none. */
    public @Nullable AtUri reply() {
        return reply;
    }

    /** Returns the record key of the first post, or null to generate one. */
    public @Nullable Tid key() {
        return key;
    }

    /** Returns the function that completes the first post. */
    public Consumer<NewPost.Builder> first() {
        return first;
    }

    /** Returns the function that completes each post. */
    public Consumer<NewPost.Builder> each() {
        return each;
    }

    @Override
    public String toString() {
        return "ThreadOptions[numbered=" + numbered + ", reply=" + reply + ", key=" + key + "]";
    }

    /** Builds {@link ThreadOptions}. Not thread-safe. */
    public static final class Builder {
        private boolean numbered;
        private @Nullable AtUri reply;
        private @Nullable Tid key;
        private Consumer<NewPost.Builder> first = post -> {};
        private Consumer<NewPost.Builder> each = post -> {};

        private Builder() {}

        /** Sets whether each part of a long text ends with its number, such as {@code (2/5)}. The default is false. */
        public Builder numbered(boolean numbered) {
            this.numbered = numbered;
            return this;
        }

        /**
         * Makes the thread a reply to a post.
         *
         * @throws dev.atlex.data.InvalidSyntaxException if the URI isn't a post's URI
         */
        public Builder reply(AtUri parent) {
            this.reply = PostUris.parse(parent.toString());
            return this;
        }

        /** Like {@link #reply(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
        public Builder reply(String parent) {
            this.reply = PostUris.parse(parent);
            return this;
        }

        /**
         * Sets a key that the caller chooses. The account posts at most one thread with the same key.
         * {@link NewPost.Builder#key(String)} has the details.
         *
         * @throws IllegalArgumentException if the key is blank
         */
        public Builder key(String key) {
            this.key = PostKeys.of(key, null);
            return this;
        }

        /** Like {@link #key(String)}, with a time, as in {@link NewPost.Builder#key(String, Instant)}. */
        public Builder key(String key, Instant time) {
            this.key = PostKeys.of(key, Objects.requireNonNull(time, "time"));
            return this;
        }

        /** Sets a function that completes the first post, such as {@code p -> p.image(path, "A chart")}. */
        public Builder first(Consumer<NewPost.Builder> first) {
            this.first = Objects.requireNonNull(first, "first");
            return this;
        }

        /**
         * Sets a function that completes each post, such as {@code p -> p.langs("en")}. It runs before the function set
         * by {@link #first}.
         */
        public Builder each(Consumer<NewPost.Builder> each) {
            this.each = Objects.requireNonNull(each, "each");
            return this;
        }

        /** Builds the options. */
        public ThreadOptions build() {
            return new ThreadOptions(this);
        }
    }
}
