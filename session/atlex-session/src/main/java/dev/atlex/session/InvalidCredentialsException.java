package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;

/** The server knows no account of that identifier and password. It does not say which of the two is wrong. */
public final class InvalidCredentialsException extends SessionException {
    private static final long serialVersionUID = 1L;

    public InvalidCredentialsException(XrpcResponseException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
