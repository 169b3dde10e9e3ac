package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;

/** Thrown when the server rejects the identifier and the password. The server doesn't report which of them is wrong. */
public final class InvalidCredentialsException extends SessionException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a server's error response. */
    public InvalidCredentialsException(XrpcResponseException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
