package dev.atlex.session.internal.state;

import java.time.Instant;

/** The state of a session's access token at a given time. */
public enum Freshness {
    /** The token works. */
    FRESH,
    /** The token works but is in the last part of its lifetime, so the next call refreshes it. */
    STALE,
    /** The token has expired or will expire within seconds, or the session has ended. */
    EXPIRED,
    /** The token's expiration time is unknown. */
    UNKNOWN;

    /** Returns the freshness of a session. Depends only on its arguments. */
    public static Freshness of(Snapshot session, Instant now) {
        return session instanceof Snapshot.Active active ? of(active.tokens(), now) : EXPIRED;
    }

    /** Returns the freshness of tokens. Depends only on its arguments. */
    public static Freshness of(AccessTokens tokens, Instant now) {
        if (tokens.expiry() == null) {
            return UNKNOWN;
        }
        if (tokens.isExpired(now)) {
            return EXPIRED;
        }
        return tokens.isDue(now) ? STALE : FRESH;
    }
}
