package dev.atlex.client;

import dev.atlex.data.Cid;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.RecordKey;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options for creating, putting, updating and deleting records. The setters document the defaults. */
public final class WriteOptions {
    /** The defaults: no options set. */
    public static final WriteOptions DEFAULTS = new Builder().build();

    private final @Nullable AtIdentifier repo;
    private final @Nullable RecordKey rkey;
    private final @Nullable Cid swapCommit;
    private final @Nullable Cid swapRecord;
    private final boolean mustNotExist;
    private final @Nullable Boolean validate;
    private final CallOptions call;

    private WriteOptions(Builder builder) {
        this.repo = builder.repo;
        this.rkey = builder.rkey;
        this.swapCommit = builder.swapCommit;
        this.swapRecord = builder.swapRecord;
        this.mustNotExist = builder.mustNotExist;
        this.validate = builder.validate;
        this.call = builder.call;
    }

    /** Returns options configured by the function. */
    public static WriteOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.repo = repo;
        builder.rkey = rkey;
        builder.swapCommit = swapCommit;
        builder.swapRecord = swapRecord;
        builder.mustNotExist = mustNotExist;
        builder.validate = validate;
        builder.call = call;
        return builder;
    }

    /** Returns the repository, or null for the client's own. */
    public @Nullable AtIdentifier repo() {
        return repo;
    }

    /** Returns the record's key, or null if not set. */
    public @Nullable RecordKey rkey() {
        return rkey;
    }

    /** Returns the commit that the repository must be at, or null for any. */
    public @Nullable Cid swapCommit() {
        return swapCommit;
    }

    /** Returns the CID of the record to replace or delete, or null for any. */
    public @Nullable Cid swapRecord() {
        return swapRecord;
    }

    /** Returns whether a put fails if the record already exists. */
    public boolean mustNotExist() {
        return mustNotExist;
    }

    /** Returns whether the server must validate the record, or null to let it decide. */
    public @Nullable Boolean validate() {
        return validate;
    }

    /** Returns the options for the call itself. */
    public CallOptions call() {
        return call;
    }

    /** Returns the options that are set. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "WriteOptions[", "]");
        CallSettings.add(text, "repo", repo);
        CallSettings.add(text, "rkey", rkey);
        CallSettings.add(text, "swapCommit", swapCommit);
        CallSettings.add(text, "swapRecord", swapRecord);
        CallSettings.add(text, "mustNotExist", mustNotExist ? true : null);
        CallSettings.add(text, "validate", validate);
        return text.add("call=" + call).toString();
    }

    /** Builds {@link WriteOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable AtIdentifier repo;
        private @Nullable RecordKey rkey;
        private @Nullable Cid swapCommit;
        private @Nullable Cid swapRecord;
        private boolean mustNotExist;
        private @Nullable Boolean validate;
        private CallOptions call = CallOptions.DEFAULTS;

        private Builder() {}

        /** Sets the repository. The default is the repository of the client's own account. */
        public Builder repo(AtIdentifier repo) {
            this.repo = Objects.requireNonNull(repo, "repo");
            return this;
        }

        /** Sets the record's key. A new record doesn't need one if its type lets the server choose. */
        public Builder rkey(RecordKey rkey) {
            this.rkey = Objects.requireNonNull(rkey, "rkey");
            return this;
        }

        /**
         * Like {@link #rkey(RecordKey)}.
         *
         * @throws dev.atlex.data.InvalidSyntaxException if the text isn't a valid record key
         */
        public Builder rkey(String rkey) {
            return rkey(RecordKey.of(rkey));
        }

        /**
         * Writes only if this is the repository's last commit; otherwise the call fails with {@code InvalidSwap}. Not
         * applicable to updates.
         */
        public Builder swapCommit(Cid commit) {
            this.swapCommit = Objects.requireNonNull(commit, "commit");
            return this;
        }

        /**
         * Puts or deletes only if the record still has this CID; otherwise the call fails with {@code InvalidSwap}. Not
         * applicable to creates, updates and batches.
         */
        public Builder swapRecord(Cid record) {
            this.swapRecord = Objects.requireNonNull(record, "record");
            this.mustNotExist = false;
            return this;
        }

        /** Puts only if the record doesn't exist yet; otherwise the call fails with {@code InvalidSwap}. */
        public Builder mustNotExist() {
            this.swapRecord = null;
            this.mustNotExist = true;
            return this;
        }

        /**
         * Sets whether the server must validate the record against its schema. By default, it validates the types that
         * it knows.
         */
        public Builder validate(boolean validate) {
            this.validate = validate;
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
        public WriteOptions build() {
            return new WriteOptions(this);
        }
    }
}
