package dev.atlex.oauth.internal.server;

import dev.atlex.client.transport.TransportException;
import dev.atlex.oauth.OAuthResponseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a refresh. A refresh token works once, so each outcome describes the state of the token that was sent.
 */
public sealed interface RefreshReply {
    /** The server issued new tokens, and the old ones no longer work. */
    record Rotated(TokenReply tokens) implements RefreshReply {}

    /**
     * The server refused, and didn't use the refresh token.
     *
     * @param endsSession whether the refresh token is invalid, so that the session has ended, unless another process
     *     has refreshed it. After any other refusal, the session stays valid
     * @param failure the server's response
     */
    record Refused(boolean endsSession, OAuthResponseException failure) implements RefreshReply {
        /** Returns the time at which the server allows the next request, or null if it doesn't specify one. */
        public @Nullable Instant retryAt() {
            return failure.retryAt();
        }
    }

    /** No request reached the server, so the refresh token is unused. */
    record NotSent(TransportException failure) implements RefreshReply {}

    /**
     * The server may or may not have used the refresh token, because there is no response, or the response doesn't show
     * the outcome.
     *
     * @param failure a broken connection, a 5xx response, or an invalid successful response
     * @param retryAt the time at which the server allows the next request; null if it doesn't specify one
     */
    record Unknown(RuntimeException failure, @Nullable Instant retryAt) implements RefreshReply {}
}
