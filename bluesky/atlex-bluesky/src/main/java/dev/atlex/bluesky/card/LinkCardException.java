package dev.atlex.bluesky.card;

import dev.atlex.data.LexException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a page or its image can't be fetched. The message gives the URL and the cause. If the URL points into a
 * private network, the cause is a {@link dev.atlex.identity.ForbiddenHostException}.
 */
public final class LinkCardException extends LexException {
    private static final long serialVersionUID = 1L;

    private final URI uri;
    private final int status;
    private final boolean retryable;

    /**
     * Creates an exception.
     *
     * @param uri the URL of the page or image
     * @param status the HTTP status, or 0 if there was no response
     * @param retryable whether the failure may be temporary
     */
    public LinkCardException(URI uri, int status, boolean retryable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.uri = uri;
        this.status = status;
        this.retryable = retryable;
    }

    /** Returns the URL of the page or image that couldn't be fetched. */
    public URI uri() {
        return uri;
    }

    /** Returns the HTTP status, or 0 if there was no response. */
    public int status() {
        return status;
    }

    /** Returns whether another attempt may succeed: after a timeout, a broken connection, or a status such as 503. */
    public boolean retryable() {
        return retryable;
    }
}
