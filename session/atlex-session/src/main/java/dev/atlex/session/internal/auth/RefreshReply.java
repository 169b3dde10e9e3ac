package dev.atlex.session.internal.auth;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A server's reply to a refresh. */
public sealed interface RefreshReply {
    /**
     * Returns whether the refresh token's state is known. If not, the server may have replaced it with an unknown
     * token.
     */
    boolean isSettled();

    /**
     * The server issued new tokens.
     *
     * @param data the session with the new tokens
     * @param isIncomplete whether the response lacks fields that {@code getSession} would return
     * @param clockOffset how far the server's clock is ahead of ours, or null if the response doesn't say
     */
    record Rotated(
            SessionData data,
            boolean isIncomplete,
            @Nullable Duration clockOffset) implements RefreshReply {
        @Override
        public boolean isSettled() {
            return true;
        }
    }

    /**
     * The server rejected the refresh token.
     *
     * @param refusal the server's response
     * @param retryAt the time at which the server allows the next request; null if it doesn't specify one
     */
    record Rejected(XrpcResponseException refusal, @Nullable Instant retryAt) implements RefreshReply {
        @Override
        public boolean isSettled() {
            return true;
        }
    }

    /**
     * The account is inactive, or the server replied with a different account's session. The tokens are unchanged.
     *
     * @param failure an {@link dev.atlex.session.AccountInactiveException} or an
     *     {@link dev.atlex.session.AccountMismatchException}
     */
    record Inactive(SessionException failure) implements RefreshReply {
        @Override
        public boolean isSettled() {
            return true;
        }
    }

    /**
     * There is no usable response, or the response doesn't show whether the token is valid.
     *
     * @param failure the cause
     * @param retryAt the time at which the server allows the next request; null if it doesn't specify one
     * @param isCallersLimit whether the cause was the caller's time limit or an interrupt, rather than the server
     * @param isSettled whether the server rejected the request with a client error, so it can't have replaced the
     *     refresh token
     */
    record Unavailable(RuntimeException failure, @Nullable Instant retryAt, boolean isCallersLimit, boolean isSettled)
            implements RefreshReply {}
}
