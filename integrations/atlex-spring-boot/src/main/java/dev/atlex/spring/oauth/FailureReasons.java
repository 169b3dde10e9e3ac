package dev.atlex.spring.oauth;

import dev.atlex.client.transport.TransportException;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexException;
import dev.atlex.identity.IdentityException;
import dev.atlex.oauth.AuthorizationDeniedException;
import dev.atlex.oauth.AuthorizationExpiredException;
import dev.atlex.oauth.BrowserMismatchException;
import dev.atlex.oauth.ClientMetadataException;
import dev.atlex.oauth.DiscoveryException;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.OAuthUnsupportedException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.spring.oauth.SignInFailure.Reason;
import java.lang.System.Logger.Level;

/** Determines the reason to show to users for an exception, and logs the exception. */
final class FailureReasons {
    private static final System.Logger LOG = System.getLogger(FailureReasons.class.getName());

    private FailureReasons() {}

    /** Returns the reason for a failed sign-in. */
    static Reason of(LexException failure) {
        Reason reason = reason(failure);
        // Atlex's messages contain no secrets. The level is lower for failures that users can cause.
        Level level = reason == Reason.SITE_ERROR ? Level.ERROR : Level.DEBUG;
        LOG.log(level, "sign-in failed: {0}: {1}", failure.getClass().getSimpleName(), failure.getMessage());
        return reason;
    }

    private static Reason reason(LexException failure) {
        if (failure instanceof InvalidSyntaxException) {
            return Reason.INVALID_ACCOUNT;
        } else if (failure instanceof IdentityException identity) {
            return identity.retryable() ? Reason.SERVER_UNAVAILABLE : Reason.UNKNOWN_ACCOUNT;
        } else if (failure instanceof OAuthUnsupportedException) {
            return Reason.UNSUPPORTED_SERVER;
        } else if (failure instanceof DiscoveryException || failure instanceof TransportException) {
            return Reason.SERVER_UNAVAILABLE;
        } else if (failure instanceof AuthorizationDeniedException denied) {
            return denied.error().equals("access_denied") ? Reason.DENIED : Reason.SERVER_REFUSED;
        } else if (failure instanceof AuthorizationExpiredException) {
            return Reason.EXPIRED;
        } else if (failure instanceof BrowserMismatchException) {
            return Reason.OTHER_BROWSER;
        } else if (failure instanceof AccountMismatchException) {
            return Reason.OTHER_ACCOUNT;
        } else if (failure instanceof OAuthResponseException response) {
            return response.status() >= 500 ? Reason.SERVER_UNAVAILABLE : Reason.SERVER_REFUSED;
        } else if (failure instanceof ClientMetadataException) {
            return Reason.SITE_ERROR;
        }
        return failure instanceof dev.atlex.session.SessionStoreException ? Reason.SITE_ERROR : Reason.SERVER_REFUSED;
    }
}
