package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;

/**
 * Thrown when the server doesn't know an account with this identifier and password. It doesn't say which one is wrong.
 */
public final class InvalidCredentialsException extends SessionException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a server's refusal. */
    public InvalidCredentialsException(XrpcResponseException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
