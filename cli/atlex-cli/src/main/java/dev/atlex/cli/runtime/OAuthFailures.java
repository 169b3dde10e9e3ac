package dev.atlex.cli.runtime;

import dev.atlex.client.transport.TransportException;
import dev.atlex.oauth.AuthorizationExpiredException;
import dev.atlex.oauth.DiscoveryException;
import dev.atlex.oauth.LoopbackException;
import dev.atlex.oauth.OAuthException;
import dev.atlex.oauth.ScopeMissingException;
import dev.atlex.oauth.SessionBusyException;
import dev.atlex.session.SessionException;
import org.jspecify.annotations.Nullable;

/** Converts OAuth exceptions to failures. This is a separate class so that it is loaded only if one is thrown. */
final class OAuthFailures {
    private OAuthFailures() {}

    /** Returns the failure for an exception, or null if it isn't one of OAuth. */
    static @Nullable Failure of(SessionException e) {
        if (!(e instanceof OAuthException)) {
            return null;
        }
        String name = e.getClass().getSimpleName().replaceFirst("Exception$", "");
        if (e instanceof DiscoveryException discovery && discovery.retryable() || isUnreachable(e)) {
            return new Failure(Failure.NETWORK, "Network", e.getMessage(), e);
        } else if (e instanceof AuthorizationExpiredException) {
            return new Failure(Failure.NOT_SIGNED_IN, name, e.getMessage(), e);
        } else if (e instanceof LoopbackException) {
            return new Failure(Failure.WRONG_USE, name, e.getMessage(), e);
        }
        String error = e instanceof ScopeMissingException ? null : e.error();
        return new Failure(Failure.REFUSED, error == null ? name : error, e.getMessage(), e);
    }

    /** Returns whether a session can't be refreshed because its server can't be reached. */
    private static boolean isUnreachable(SessionException e) {
        return e instanceof SessionBusyException && e.getCause() instanceof TransportException;
    }
}
