package dev.atlex.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the authorization server for an account or a PDS can't be determined, because metadata can't be fetched
 * or violates the specification. The message gives the URL and the problem.
 *
 * @see <a href="https://atproto.com/specs/oauth#server-metadata">AT Protocol: server metadata</a>
 */
public final class DiscoveryException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final URI url;
    private final boolean retryable;

    /**
     * Creates the exception.
     *
     * @param url the URL of the metadata
     * @param problem the failure or the violated rule
     * @param retryable whether a retry may succeed
     * @param cause the underlying failure, or null
     */
    public DiscoveryException(URI url, String problem, boolean retryable, @Nullable Throwable cause) {
        super("failed to find the authorization server: " + url + ": " + problem, cause);
        this.url = url;
        this.retryable = retryable;
    }

    /** Returns the URL of the metadata. */
    public URI url() {
        return url;
    }

    /** Returns whether a retry may succeed: true if the request failed, false if the metadata is invalid. */
    public boolean retryable() {
        return retryable;
    }
}
