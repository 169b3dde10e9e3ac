package dev.atlex.client;

import dev.atlex.data.Cid;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.RecordKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How records are created, put and deleted. What is not set is as documented at each setter. */
public final class WriteOptions {
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

    /** The options that the function sets. */
    public static WriteOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new WriteOptions(builder);
    }

    public @Nullable AtIdentifier repo() {
        return repo;
    }

    public @Nullable RecordKey rkey() {
        return rkey;
    }

    public @Nullable Cid swapCommit() {
        return swapCommit;
    }

    public @Nullable Cid swapRecord() {
        return swapRecord;
    }

    public boolean isMustNotExist() {
        return mustNotExist;
    }

    public @Nullable Boolean validate() {
        return validate;
    }

    public CallOptions call() {
        return call;
    }

    /** Makes {@link WriteOptions}. */
    public static final class Builder {
        private @Nullable AtIdentifier repo;
        private @Nullable RecordKey rkey;
        private @Nullable Cid swapCommit;
        private @Nullable Cid swapRecord;
        private boolean mustNotExist;
        private @Nullable Boolean validate;
        private CallOptions call = CallOptions.DEFAULTS;

        private Builder() {}

        /** The repository; by default that of the client's own account. */
        public Builder repo(AtIdentifier repo) {
            this.repo = repo;
            return this;
        }

        /** The record's key. Where the type leaves it open, a new record may do without, and the server chooses. */
        public Builder rkey(RecordKey rkey) {
            this.rkey = rkey;
            return this;
        }

        /**
         * As {@link #rkey(RecordKey)}.
         *
         * @throws dev.atlex.data.InvalidSyntaxException if it is no record key
         */
        public Builder rkey(String rkey) {
            return rkey(RecordKey.of(rkey));
        }

        /** Write only if the repository's last commit is this; otherwise the call fails with {@code InvalidSwap}. */
        public Builder swapCommit(Cid commit) {
            this.swapCommit = commit;
            return this;
        }

        /**
         * Put or delete only if the record is this one still; otherwise the call fails with {@code InvalidSwap}. Means
         * nothing to a create.
         */
        public Builder swapRecord(Cid record) {
            this.swapRecord = record;
            this.mustNotExist = false;
            return this;
        }

        /** Put only if there is no such record yet; otherwise the call fails with {@code InvalidSwap}. */
        public Builder mustNotExist() {
            this.swapRecord = null;
            this.mustNotExist = true;
            return this;
        }

        /**
         * Whether the server is to check the record against its schema: true asks it to, false not to. Left alone, it
         * checks what it has a schema of.
         */
        public Builder validate(boolean validate) {
            this.validate = validate;
            return this;
        }

        /** How the call itself is made. The client's defaults for proxying and labelers do not apply to writes. */
        public Builder call(CallOptions call) {
            this.call = call;
            return this;
        }
    }
}
