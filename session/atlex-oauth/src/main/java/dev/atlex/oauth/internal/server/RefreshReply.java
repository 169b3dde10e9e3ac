package dev.atlex.oauth.internal.server;

import dev.atlex.client.transport.TransportException;
import dev.atlex.oauth.OAuthResponseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a refresh. A refresh token works once, so the outcomes differ in the state of the token that was
 * sent.
 */
public sealed interface RefreshReply {
    /** The server issued new tokens, and the old ones are dead. */
    record Rotated(TokenReply tokens) implements RefreshReply {}

    /**
     * The server refused, and didn't use the refresh token.
     *
     * @param endsSession whether the refresh token is invalid, so that the session has ended, unless another process
     *     has refreshed it. Any other refusal leaves the session alive
     * @param failure the server's response
     */
    record Refused(boolean endsSession, OAuthResponseException failure) implements RefreshReply {
        /** Returns when the server allows the next request, or null if it doesn't say. */
        public @Nullable Instant retryAt() {
            return failure.retryAt();
        }
    }

    /** No request reached the server, so the refresh token is unused. */
    record NotSent(TransportException failure) implements RefreshReply {}

    /**
     * The server may or may not have used the refresh token: there is no response, or none that shows the outcome.
     *
     * @param failure a broken connection, a 5xx, or an invalid success
     * @param retryAt when the server allows the next request; null if it doesn't say
     */
    record Unknown(RuntimeException failure, @Nullable Instant retryAt) implements RefreshReply {}
}
