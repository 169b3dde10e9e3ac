package dev.atlex.oauth.internal.session;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.dpop.DpopProofs;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a session's tokens. Tokens are opaque: nothing is decoded. Immutable.
 *
 * @param generation a number that is unique among the sets of tokens of one session object
 * @param data the session's data, including the tokens
 * @param key the DPoP key
 * @param proofs the creator of the key's proofs
 * @param expiry the time at which the access token expires by our clock; null if that is unknown
 * @param due the time from which to refresh, although the token still works; null if its lifetime is unknown
 * @param old the time at which half of the token's lifetime is over; null if its lifetime is unknown
 * @param margin the time before its expiry at which the token is no longer used
 * @param fresh whether the server issued the tokens to this session object, rather than to another process
 * @param refusedAt the time at which the server refused these tokens even though they were fresh; null if it didn't
 */
record Tokens(
        long generation,
        OAuthSessionData data,
        P256PrivateKey key,
        DpopProofs proofs,
        @Nullable Instant expiry,
        @Nullable Instant due,
        @Nullable Instant old,
        Duration margin,
        boolean fresh,
        @Nullable Instant refusedAt) {
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** The assumed lifetime of tokens of which only the expiry is known. Most servers issue them for an hour. */
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    /** The smallest fraction of a token's lifetime that is left when the token is refreshed. */
    private static final double LEAD = 0.05;

    /** The largest fraction that is added to it at random, so that sessions don't refresh together. */
    private static final double JITTER = 0.10;

    /** The time for which refused fresh tokens aren't refreshed, because new ones would be refused too. */
    private static final Duration FUTILE = Duration.ofMinutes(5);

    /** Returns the first tokens of a session object. */
    static Tokens first(OAuthRecord record, TimeSource timing) {
        P256PrivateKey key = SessionKeys.of(record.data());
        return of(0, record, key, new DpopProofs(key), false, timing);
    }

    /** Returns the tokens that follow these. */
    Tokens next(OAuthRecord record, boolean isFresh, TimeSource timing) {
        boolean same = OAuthRecord.of(data).isSameSession(record);
        P256PrivateKey nextKey = same ? key : SessionKeys.of(record.data());
        DpopProofs nextProofs = same ? proofs : new DpopProofs(nextKey);
        return of(generation + 1, record, nextKey, nextProofs, isFresh, timing);
    }

    private static Tokens of(
            long generation,
            OAuthRecord record,
            P256PrivateKey key,
            DpopProofs proofs,
            boolean fresh,
            TimeSource timing) {
        OAuthSessionData data = record.data();
        Instant expiry = data.expiresAt();
        if (expiry == null) {
            return new Tokens(generation, data, key, proofs, null, null, null, MARGIN, fresh, null);
        }
        Instant issued = record.issuedAt();
        Duration life = issued == null || !issued.isBefore(expiry) ? USUAL_LIFE : Duration.between(issued, expiry);
        Duration fifth = life.dividedBy(5);
        Duration margin = fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN;
        double lead = life.toMillis() * (LEAD + JITTER * timing.random().getAsDouble());
        Instant due = expiry.minusMillis(Math.round(lead));
        return new Tokens(
                generation, data, key, proofs, expiry, due, expiry.minus(life.dividedBy(2)), margin, fresh, null);
    }

    /** Returns whether both are the same generation of tokens. */
    boolean isSame(Tokens other) {
        return generation == other.generation;
    }

    /** Returns the key's thumbprint, which identifies the session across refreshes. */
    String thumbprint() {
        return proofs.thumbprint();
    }

    /** Returns whether the access token has expired, or is about to. */
    boolean isExpired(Instant now) {
        return expiry != null && !now.plus(margin).isBefore(expiry);
    }

    /**
     * Returns whether at least half of the lifetime is over. A rejection is then plausible, because the token may have
     * expired in transit, and servers may round its expiry down.
     */
    boolean isOld(Instant now) {
        return old != null && !now.isBefore(old);
    }

    /** Returns whether it is time to refresh, although the tokens may still work. */
    boolean isDue(Instant now) {
        return due != null && !now.isBefore(due);
    }

    /** Returns the tokens after the server has refused them even though they are fresh. */
    Tokens refused(Instant now) {
        return new Tokens(generation, data, key, proofs, expiry, due, old, margin, fresh, now);
    }

    /** Returns whether refreshing has just failed to help. */
    boolean isRefreshFutile(Instant now) {
        return refusedAt != null && now.isBefore(refusedAt.plus(FUTILE)) && !now.isBefore(refusedAt);
    }

    /** Returns the generation and times, without tokens or keys. */
    @Override
    public String toString() {
        return "Tokens[generation=" + generation + ", expiry=" + expiry + ", due=" + due + "]";
    }
}
