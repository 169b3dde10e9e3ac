package dev.atlex.client;

import dev.atlex.syntax.AtIdentifier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How records are listed. What is not set is as documented at each setter. */
public final class ListOptions {
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

    /** The options that the function sets. */
    public static ListOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new ListOptions(builder);
    }

    public @Nullable AtIdentifier repo() {
        return repo;
    }

    public @Nullable Integer limit() {
        return limit;
    }

    public @Nullable String cursor() {
        return cursor;
    }

    public @Nullable Boolean reverse() {
        return reverse;
    }

    public CallOptions call() {
        return call;
    }

    ListOptions with(@Nullable String next, CallOptions how) {
        return of(builder -> {
            builder.repo = repo;
            builder.limit = limit;
            builder.cursor = next;
            builder.reverse = reverse;
            builder.call = how;
        });
    }

    /** Makes {@link ListOptions}. */
    public static final class Builder {
        private @Nullable AtIdentifier repo;
        private @Nullable Integer limit;
        private @Nullable String cursor;
        private @Nullable Boolean reverse;
        private CallOptions call = CallOptions.DEFAULTS;

        private Builder() {}

        /** The repository; by default that of the client's own account. */
        public Builder repo(AtIdentifier repo) {
            this.repo = repo;
            return this;
        }

        /** How many records a page has, from 1 to 100; by default 50. */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /** Where to go on: the cursor of the page before. */
        public Builder cursor(String cursor) {
            this.cursor = cursor;
            return this;
        }

        /** Whether the order is that of the keys, oldest TIDs first; by default the newest come first. */
        public Builder reverse(boolean reverse) {
            this.reverse = reverse;
            return this;
        }

        /** How the call itself is made. The client's defaults for proxying and labelers do not apply. */
        public Builder call(CallOptions call) {
            this.call = call;
            return this;
        }
    }
}
