package dev.atlex.oauth;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an authorization server refuses a request or sends an invalid response.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2</a>
 */
public class OAuthResponseException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final URI url;
    private final int status;
    private final @Nullable String error;
    private final @Nullable String errorDescription;
    private final @Nullable Instant retryAt;

    /**
     * Creates an exception.
     *
     * @param message a description of the operation and the problem; must not contain secrets
     * @param url the endpoint that sent the response
     * @param status the HTTP status
     * @param error the server's error code, or null if the response has none
     * @param errorDescription the server's explanation, without secrets, or null if the response has none
     * @param retryAt the time at which the server allows the next request, or null if it doesn't specify one
     */
    public OAuthResponseException(
            String message,
            URI url,
            int status,
            @Nullable String error,
            @Nullable String errorDescription,
            @Nullable Instant retryAt) {
        super(message);
        this.url = url;
        this.status = status;
        this.error = error;
        this.errorDescription = errorDescription;
        this.retryAt = retryAt;
    }

    /** Returns the endpoint that sent the response. */
    public URI url() {
        return url;
    }

    /** Returns the HTTP status. It is 2xx if the request succeeded but the response's content is invalid. */
    public int status() {
        return status;
    }

    @Override
    public int httpStatus() {
        return status;
    }

    /** Returns the server's error code, such as {@code invalid_grant}, or null if the response has none. */
    @Override
    public @Nullable String error() {
        return error;
    }

    /** Returns the server's explanation on one line, without secrets, or null if the response has none. */
    public @Nullable String errorDescription() {
        return errorDescription;
    }

    /** Returns the time at which the server allows the next request, or null if it doesn't specify one. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
