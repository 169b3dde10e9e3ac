package dev.atlex.oauth;

import dev.atlex.session.SessionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a sign-in, a refresh or a revocation with OAuth fails, or when the client's own configuration is invalid.
 */
public class OAuthException extends SessionException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message a description of the operation and the problem; must not contain secrets
     * @param cause the underlying failure, or null
     */
    public OAuthException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates an exception without a cause.
     *
     * @param message a description of the operation and the problem; must not contain secrets
     */
    public OAuthException(String message) {
        super(message, null);
    }
}
