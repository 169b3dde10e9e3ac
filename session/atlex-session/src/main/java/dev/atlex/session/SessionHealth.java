package dev.atlex.session;

import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a session is, as far as that is known without asking its server.
 *
 * @param did the account
 * @param handle its handle when the server last told it
 * @param service the server that keeps the session
 * @param pds the server that holds the account's data; null where that is not known
 * @param status whether the session can be used
 * @param accountStatus why the account is not active: {@code deactivated}, {@code takendown}…; null where it is
 * @param accessExpiresAt when the access token expires and is renewed, by our clock; null where it does not say
 * @param refreshExpiresAt when the session ends if it is not used before that; null where the token does not say
 * @param lastRefresh when the tokens were last renewed or saved; null where that is not known
 * @param retryAt when a refresh that failed is tried again; null if none has
 * @param failure what that refresh met, or what ended the session; null if nothing did
 * @param saved whether store and hooks have the newest tokens
 */
public record SessionHealth(
        Did did,
        Handle handle,
        URI service,
        @Nullable URI pds,
        Status status,
        @Nullable String accountStatus,
        @Nullable Instant accessExpiresAt,
        @Nullable Instant refreshExpiresAt,
        @Nullable Instant lastRefresh,
        @Nullable Instant retryAt,
        @Nullable RuntimeException failure,
        boolean saved) {
    /** Whether a session can be used. */
    public enum Status {
        /** It can. */
        ACTIVE,
        /** Its last refresh failed for a reason that may pass. */
        FAILING,
        /** The account is deactivated, suspended or taken down. */
        INACTIVE,
        /** It is over. */
        ENDED
    }

    /** What the data alone tell. */
    static SessionHealth of(SessionData data) {
        String accountStatus = data.status();
        return new SessionHealth(
                data.did(),
                data.handle(),
                data.service(),
                data.pds(),
                data.active() ? Status.ACTIVE : Status.INACTIVE,
                data.active() ? null : accountStatus == null ? "inactive" : accountStatus,
                TokenTimes.of(data.accessJwt()).expires(),
                TokenTimes.of(data.refreshJwt()).expires(),
                null,
                null,
                null,
                true);
    }

    /**
     * How a stored session is, as far as its entry tells; {@code lastRefresh} is when it was saved.
     *
     * @throws SessionStoreException if the entry is damaged, or is of another kind
     */
    public static SessionHealth of(SessionStore.Entry entry) {
        SessionHealth health = of(SessionRecord.of(entry).data());
        return health.with(health.accessExpiresAt, entry.savedAt(), null, null, null);
    }

    SessionHealth with(
            @Nullable Instant expiry,
            @Nullable Instant refreshed,
            @Nullable Instant retry,
            @Nullable RuntimeException why,
            @Nullable SessionException ended) {
        Status now = ended != null
                ? Status.ENDED
                : why instanceof AccountInactiveException ? Status.INACTIVE : why != null ? Status.FAILING : status;
        return new SessionHealth(
                did,
                handle,
                service,
                pds,
                now,
                why instanceof AccountInactiveException inactive ? inactive.status() : accountStatus,
                expiry,
                refreshExpiresAt,
                refreshed,
                retry,
                ended == null ? why : ended,
                saved);
    }

    SessionHealth withSaved(boolean isSaved) {
        return new SessionHealth(
                did,
                handle,
                service,
                pds,
                status,
                accountStatus,
                accessExpiresAt,
                refreshExpiresAt,
                lastRefresh,
                retryAt,
                failure,
                isSaved);
    }
}
