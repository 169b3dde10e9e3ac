package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;

/**
 * Thrown when signing in needs a second factor, such as a code that the server has sent by email. The message is the
 * server's own; show it to the person who has the code. Sign in again with {@link Credentials#withAuthFactorToken}, or
 * let {@link SessionOptions.Builder#authFactor} prompt for the code. App passwords need no second factor.
 */
public final class AuthFactorRequiredException extends SessionException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a server's error response. */
    public AuthFactorRequiredException(XrpcResponseException cause) {
        super(
                cause.serverMessage() == null
                        ? "A sign-in code is required. An app password needs none."
                        : cause.serverMessage(),
                cause);
    }
}
