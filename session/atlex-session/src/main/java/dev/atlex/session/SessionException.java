package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call fails because of the session, not because of the call itself. It isn't an {@link XrpcException},
 * so {@code Client.attempt} throws it too.
 */
public abstract class SessionException extends LexException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Public only because Atlex's session classes are in more than one module.
     *
     * @param message a description of the operation and the problem; must not contain secrets
     * @param cause the server's response or another exception that caused it, or null
     */
    protected SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns an exception to throw to another caller: a copy with the current thread's stack trace if the subclass
     * supports copies, otherwise this one.
     */
    public SessionException again() {
        return this;
    }

    /** Returns the server's response, or null if no response caused this exception. */
    public final @Nullable XrpcException response() {
        return getCause() instanceof XrpcException failure ? failure : null;
    }

    /**
     * Returns the server's name for the error, such as {@code ExpiredToken}, or null if no response caused this
     * exception.
     */
    public @Nullable String error() {
        XrpcException response = response();
        return response == null ? null : response.error();
    }

    /** Returns the HTTP status of the response that caused this exception, or 0 if there is none. */
    public int httpStatus() {
        return getCause() instanceof XrpcResponseException response ? response.status() : 0;
    }
}
