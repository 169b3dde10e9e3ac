package dev.atlex.client;

import dev.atlex.syntax.AtIdentifier;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options for listing records. The setters document the defaults. */
public final class ListOptions {
    /** The defaults: the first page of the client's own repository. */
    public static final ListOptions DEFAULTS = new Builder().build();

    private final @Nullable AtIdentifier repo;
    private final @Nullable Integer limit;
    private final @Nullable String cursor;
    private final @Nullable Boolean reverse;
    private final CallOptions call;

    private ListOptions(Builder builder) {
        this.repo = builder.repo;
        this.limit = builder.limit;
        this.cursor = builder.cursor;
        this.reverse = builder.reverse;
        this.call = builder.call;
    }

    /** Returns options configured by the function. */
    public static ListOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.repo = repo;
        builder.limit = limit;
        builder.cursor = cursor;
        builder.reverse = reverse;
        builder.call = call;
        return builder;
    }

    /** Returns the repository, or null for the client's own. */
    public @Nullable AtIdentifier repo() {
        return repo;
    }

    /** Returns the maximum number of records on a page, or null for the server's default. */
    public @Nullable Integer limit() {
        return limit;
    }

    /** Returns the cursor of the page, or null for the first one. */
    public @Nullable String cursor() {
        return cursor;
    }

    /** Returns whether the oldest records come first, or null for the server's default. */
    public @Nullable Boolean reverse() {
        return reverse;
    }

    /** Returns the options for the call itself. */
    public CallOptions call() {
        return call;
    }

    /** Returns these options with a different cursor and other call options. */
    ListOptions with(@Nullable String cursor, CallOptions call) {
        Builder next = toBuilder().call(call);
        next.cursor = cursor;
        return next.build();
    }

    /** Returns the options that are set. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "ListOptions[", "]");
        CallSettings.add(text, "repo", repo);
        CallSettings.add(text, "limit", limit);
        CallSettings.add(text, "cursor", cursor);
        CallSettings.add(text, "reverse", reverse);
        return text.add("call=" + call).toString();
    }

    /** Builds {@link ListOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable AtIdentifier repo;
        private @Nullable Integer limit;
        private @Nullable String cursor;
        private @Nullable Boolean reverse;
        private CallOptions call = CallOptions.DEFAULTS;

        private Builder() {}

        /** Sets the repository. The default is the repository of the client's own account. */
        public Builder repo(AtIdentifier repo) {
            this.repo = Objects.requireNonNull(repo, "repo");
            return this;
        }

        /** Sets the maximum number of records on a page, from 1 to 100. The server's default is 50. */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /** Sets the cursor from the previous page. By default, the first page is listed. */
        public Builder cursor(String cursor) {
            this.cursor = Objects.requireNonNull(cursor, "cursor");
            return this;
        }

        /**
         * Sets whether records are sorted by key in ascending order, so that the oldest TIDs come first. By default,
         * the newest come first.
         */
        public Builder reverse(boolean reverse) {
            this.reverse = reverse;
            return this;
        }

        /** Sets the options for the call itself. The client's defaults for proxying and labelers don't apply. */
        public Builder call(CallOptions call) {
            this.call = Objects.requireNonNull(call, "call");
            return this;
        }

        /** Like {@link #call(CallOptions)}, but configures the options inline. */
        public Builder call(Consumer<? super CallOptions.Builder> options) {
            return call(CallOptions.of(options));
        }

        /** Builds the options. */
        public ListOptions build() {
            return new ListOptions(this);
        }
    }
}
