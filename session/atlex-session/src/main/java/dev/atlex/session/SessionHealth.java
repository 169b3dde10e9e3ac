package dev.atlex.session;

import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.state.Snapshot;
import dev.atlex.session.store.EntryStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The health of a session, as known without contacting its server. */
public final class SessionHealth {
    private final Did did;
    private final Handle handle;
    private final URI service;
    private final @Nullable URI pds;
    private final @Nullable Instant refreshExpiresAt;
    private final Status status;
    private final @Nullable String accountStatus;
    private final @Nullable Instant accessExpiresAt;
    private final @Nullable Instant lastRefresh;
    private final @Nullable Instant retryAt;
    private final @Nullable RuntimeException failure;
    private final boolean saved;

    /** Describes whether a session can be used. */
    public enum Status {
        /** The session can be used. */
        ACTIVE,
        /** The last refresh failed for a transient reason. */
        FAILING,
        /** The account is deactivated, suspended or taken down. */
        INACTIVE,
        /** The session has ended. */
        ENDED
    }

    private SessionHealth(Builder builder) {
        this.did = builder.did;
        this.service = builder.service;
        this.handle = builder.handle;
        this.pds = builder.pds;
        this.refreshExpiresAt = builder.refreshExpiresAt;
        this.accessExpiresAt = builder.ended == null ? builder.accessExpiresAt : null;
        this.lastRefresh = builder.lastRefresh;
        this.retryAt = builder.ended == null ? builder.retryAt : null;
        this.failure = builder.ended == null ? builder.failure : builder.ended;
        this.saved = builder.saved;
        boolean inactive = builder.failure instanceof AccountInactiveException
                || builder.failure == null && builder.accountStatus != null;
        this.status = builder.ended != null
                ? Status.ENDED
                : inactive ? Status.INACTIVE : builder.failure != null ? Status.FAILING : Status.ACTIVE;
        this.accountStatus = builder.accountStatus;
    }

    static SessionHealth of(Snapshot session) {
        Snapshot.Active facts = session.facts();
        RuntimeException inactive = facts.inactive();
        return of(facts.data(), inactive == null ? facts.retry().failure() : inactive)
                .accessExpiresAt(facts.tokens().expiry())
                .lastRefresh(facts.refreshedAt())
                .retryAt(facts.retry().notBefore())
                .ended(session instanceof Snapshot.Ended over ? over.reason() : null)
                .saved(facts.saving().isSaved())
                .build();
    }

    /**
     * Returns the health of a stored session, based only on its entry. Its {@link #lastRefresh} is the time at which
     * the entry was saved.
     *
     * @throws SessionStoreException if the entry is corrupt or isn't a session
     */
    public static SessionHealth of(EntryStore.Entry entry) {
        SessionData data = SessionRecord.of(entry).data();
        return of(data, null)
                .accessExpiresAt(TokenTimes.of(data.accessJwt()).expires())
                .lastRefresh(entry.savedAt())
                .build();
    }

    private static Builder of(SessionData data, @Nullable RuntimeException problem) {
        String status = data.status();
        return builder(data.did(), data.service())
                .handle(data.handle())
                .pds(data.pds())
                .refreshExpiresAt(TokenTimes.of(data.refreshJwt()).expires())
                .accountStatus(data.active() ? null : status == null ? "inactive" : status)
                .failure(problem);
    }

    /**
     * Returns a builder. Intended for implementations of {@link Session}.
     *
     * @param service the service that issued the session
     */
    public static Builder builder(Did did, URI service) {
        return new Builder(did, service);
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the account's handle as the server last reported it. */
    public Handle handle() {
        return handle;
    }

    /** Returns the service that issued the session. */
    public URI service() {
        return service;
    }

    /** Returns the server that holds the account's data, or null if that is unknown. */
    public @Nullable URI pds() {
        return pds;
    }

    /** Returns whether the session can be used. */
    public Status status() {
        return status;
    }

    /** Returns why the account is inactive ({@code deactivated}, {@code takendown}…), or null if it is active. */
    public @Nullable String accountStatus() {
        return accountStatus;
    }

    /**
     * Returns when the access token expires according to this machine's clock, or null if its expiry can't be read or
     * the session has ended.
     */
    public @Nullable Instant accessExpiresAt() {
        return accessExpiresAt;
    }

    /**
     * Returns when the session will end unless it is refreshed, or null if the refresh token's expiry can't be read.
     */
    public @Nullable Instant refreshExpiresAt() {
        return refreshExpiresAt;
    }

    /** Returns when the tokens were last refreshed or saved, or null if that is unknown. */
    public @Nullable Instant lastRefresh() {
        return lastRefresh;
    }

    /** Returns when a failed refresh is retried, or null if the last refresh didn't fail. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }

    /** Returns the failure of the last refresh or the exception that ended the session, or null if there is neither. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /** Returns whether the store and the hooks have the latest tokens. */
    public boolean saved() {
        return saved;
    }

    @Override
    public String toString() {
        return "SessionHealth[" + did + ", " + handle + ", " + status
                + (failure == null ? "" : ", failure=" + failure)
                + (retryAt == null ? "" : ", retry at " + retryAt)
                + (saved ? "" : ", not saved") + "]";
    }

    /** Builds a {@link SessionHealth}. By default, the session is active and saved, and everything else is unknown. */
    public static final class Builder {
        private final Did did;
        private final URI service;
        private Handle handle = Handle.unchecked("handle.invalid");
        private @Nullable URI pds;
        private @Nullable Instant refreshExpiresAt;
        private @Nullable Instant accessExpiresAt;
        private @Nullable Instant lastRefresh;
        private @Nullable Instant retryAt;
        private @Nullable RuntimeException failure;
        private @Nullable SessionException ended;
        private @Nullable String accountStatus;
        private boolean saved = true;

        private Builder(Did did, URI service) {
            this.did = did;
            this.service = service;
        }

        /** Sets the account's handle. The default is {@code handle.invalid}. */
        public Builder handle(Handle known) {
            this.handle = known;
            return this;
        }

        /** Sets the server that holds the account's data, or null. */
        public Builder pds(@Nullable URI server) {
            this.pds = server;
            return this;
        }

        /** Sets when the session ends unless it is refreshed, or null. */
        public Builder refreshExpiresAt(@Nullable Instant at) {
            this.refreshExpiresAt = at;
            return this;
        }

        /** Sets when the access token expires by this machine's clock, or null. */
        public Builder accessExpiresAt(@Nullable Instant at) {
            this.accessExpiresAt = at;
            return this;
        }

        /** Sets when the tokens were last refreshed or saved, or null. */
        public Builder lastRefresh(@Nullable Instant at) {
            this.lastRefresh = at;
            return this;
        }

        /** Sets when a failed refresh is retried, or null. */
        public Builder retryAt(@Nullable Instant at) {
            this.retryAt = at;
            return this;
        }

        /**
         * Sets the failure of the last refresh, or null. An {@link AccountInactiveException} also sets the account's
         * status.
         */
        public Builder failure(@Nullable RuntimeException problem) {
            this.failure = problem;
            return problem instanceof AccountInactiveException inactive ? accountStatus(inactive.status()) : this;
        }

        /** Sets why the session has ended, or null if it hasn't. */
        public Builder ended(@Nullable SessionException reason) {
            this.ended = reason;
            return this;
        }

        /** Sets why the account is inactive, such as {@code takendown}; null if it is active. */
        public Builder accountStatus(@Nullable String status) {
            this.accountStatus = status;
            return this;
        }

        /** Sets whether the store and the hooks have the latest tokens. */
        public Builder saved(boolean whether) {
            this.saved = whether;
            return this;
        }

        /** Returns the health. */
        public SessionHealth build() {
            return new SessionHealth(this);
        }
    }
}
