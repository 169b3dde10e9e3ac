package dev.atlex.oauth.internal.session;

import dev.atlex.data.LexException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt to revoke a session at its server. */
sealed interface Revocation {
    /** The session no longer exists on the server. */
    record Confirmed() implements Revocation {}

    /**
     * The session may still be valid.
     *
     * @param left the session that has to be revoked
     * @param failure the reason
     * @param retryAt the time at which the server allows the next attempt; null if it doesn't specify one
     */
    record Failed(
            OAuthRecord left,
            LexException failure,
            @Nullable Instant retryAt) implements Revocation {}

    /**
     * Trying again doesn't help.
     *
     * @param failure the reason
     */
    record Impossible(LexException failure) implements Revocation {}
}
