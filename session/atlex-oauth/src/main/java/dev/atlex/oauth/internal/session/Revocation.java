package dev.atlex.oauth.internal.session;

import dev.atlex.data.LexException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt to revoke a session at its server. */
sealed interface Revocation {
    /** The server has no such session any more. */
    record Confirmed() implements Revocation {}

    /**
     * The session may still be alive.
     *
     * @param left the session that has to be revoked
     * @param failure why
     * @param retryAt when the server allows the next attempt; null if it doesn't say
     */
    record Failed(
            OAuthRecord left,
            LexException failure,
            @Nullable Instant retryAt) implements Revocation {}

    /**
     * Trying again doesn't help.
     *
     * @param failure why
     */
    record Impossible(LexException failure) implements Revocation {}
}
