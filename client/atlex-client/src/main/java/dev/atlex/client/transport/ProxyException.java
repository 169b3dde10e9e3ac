package dev.atlex.client.transport;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an HTTP proxy can't be reached or refuses to forward a request, for example because it rejects the user
 * name or password. The request didn't reach the server.
 */
public class ProxyException extends TransportException {
    private static final long serialVersionUID = 1L;

    /** The status with which a proxy asks for credentials, or for different ones. */
    static final int AUTHENTICATION_REQUIRED = 407;

    /** The status with which some proxies reject credentials. */
    static final int UNAUTHORIZED = 401;

    private static final int FORBIDDEN = 403;

    private final int status;

    /**
     * Creates an exception.
     *
     * @param message a description of the failed request, the proxy and the reason; must not contain secrets
     * @param cause the exception that the HTTP client threw, or null
     * @param status the status of the proxy's response, or 0 if there was none
     */
    public ProxyException(String message, @Nullable Throwable cause, int status) {
        super(message, cause, false);
        this.status = status;
    }

    /**
     * Returns the status of the proxy's response; 407 or 401 if it rejects the credentials, 0 if it can't be reached.
     */
    public int status() {
        return status;
    }

    /**
     * Returns whether a later attempt may succeed; false if the proxy rejects the credentials or forbids access to the
     * server.
     */
    public boolean retryable() {
        return status != AUTHENTICATION_REQUIRED && status != UNAUTHORIZED && status != FORBIDDEN;
    }
}
