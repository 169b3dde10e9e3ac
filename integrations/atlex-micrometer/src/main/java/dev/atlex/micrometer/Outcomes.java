package dev.atlex.micrometer;

import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionException;
import dev.atlex.session.ratelimit.RateLimitedException;

/**
 * Provides names for the outcomes of failed calls. There are only a few, because each one becomes the value of a tag.
 */
final class Outcomes {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final String SCOPE_MISSING = "ScopeMissingError";

    private Outcomes() {}

    static String of(Throwable failure) {
        if (failure instanceof XrpcTransportException lost) {
            return transport(lost.failure());
        } else if (failure instanceof TransportException lost) {
            return transport(lost);
        } else if (failure instanceof XrpcResponseException refusal) {
            return refusal.status() == TOO_MANY_REQUESTS
                    ? "rate_limited"
                    : refusal.status() >= SERVER_ERROR ? "server_error" : "refused";
        } else if (failure instanceof XrpcInvalidResponseException) {
            return "invalid_response";
        } else if (failure instanceof RateLimitedException) {
            return "limiter";
        } else if (failure instanceof SessionEndedException || failure instanceof AccountMigratedException) {
            return "session_ended";
        } else if (failure instanceof SessionException session) {
            // The session is fine; the server refuses this call.
            return SCOPE_MISSING.equals(session.error()) ? "refused" : "session";
        }
        return "other";
    }

    private static String transport(TransportException failure) {
        if (failure instanceof TransportInterruptedException) {
            return "interrupted";
        }
        return failure instanceof TransportTimeoutException ? "timeout" : "network";
    }
}
