package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;

/**
 * The account wants a second factor: a code that the server has sent by e-mail, say. The message is the server's own, for
 * the person who has the code; {@link Credentials#withAuthFactorToken} takes it for the next try. App passwords need none.
 */
public final class AuthFactorRequiredException extends SessionException {
    private static final long serialVersionUID = 1L;

    public AuthFactorRequiredException(XrpcResponseException cause) {
        super(
                cause.serverMessage() == null
                        ? "A sign-in code is needed. An app password would need none."
                        : cause.serverMessage(),
                cause);
    }
}
