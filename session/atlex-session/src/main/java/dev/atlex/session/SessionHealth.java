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

    private SessionHealth(
            SessionData data,
            @Nullable Instant accessExpiresAt,
            @Nullable Instant lastRefresh,
            @Nullable Instant retryAt,
            @Nullable RuntimeException problem,
            @Nullable SessionException ended,
            boolean saved) {
        this.did = data.did();
        this.handle = data.handle();
        this.service = data.service();
        this.pds = data.pds();
        this.refreshExpiresAt = TokenTimes.of(data.refreshJwt()).expires();
        this.accessExpiresAt = accessExpiresAt;
        this.lastRefresh = lastRefresh;
        this.retryAt = retryAt;
        this.failure = ended == null ? problem : ended;
        this.saved = saved;
        AccountInactiveException inactive = problem instanceof AccountInactiveException known ? known : null;
        this.status = ended != null
                ? Status.ENDED
                : inactive != null || problem == null && !data.active()
                        ? Status.INACTIVE
                        : problem != null ? Status.FAILING : Status.ACTIVE;
        this.accountStatus = inactive == null ? accountStatus(data) : inactive.status();
    }

    private static @Nullable String accountStatus(SessionData data) {
        String status = data.status();
        return data.active() ? null : status == null ? "inactive" : status;
    }

    static SessionHealth of(Snapshot session) {
        Snapshot.Active facts = session.facts();
        SessionException ended = session instanceof Snapshot.Ended over ? over.reason() : null;
        RuntimeException inactive = facts.inactive();
        return new SessionHealth(
                facts.data(),
                ended == null ? facts.tokens().expiry() : null,
                facts.refreshedAt(),
                ended == null ? facts.retry().notBefore() : null,
                inactive == null ? facts.retry().failure() : inactive,
                ended,
                facts.saving().isSaved());
    }

    /**
     * Returns the health of a stored session, based only on its entry. Its {@link #lastRefresh} is the time at which
     * the entry was saved.
     *
     * @throws SessionStoreException if the entry is corrupt or isn't a session
     */
    public static SessionHealth of(EntryStore.Entry entry) {
        SessionData data = SessionRecord.of(entry).data();
        return new SessionHealth(
                data, TokenTimes.of(data.accessJwt()).expires(), entry.savedAt(), null, null, null, true);
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
}
