package dev.atlex.client.transport;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no response, or only a part of it: the connection couldn't be established or broke, the time
 * limit was reached, or the response wasn't HTTP. An error status isn't a transport failure.
 *
 * <p>Messages give the reason, and usually the method, the host and the path, but neither the query nor headers.
 */
public class TransportException extends LexException {
    private static final long serialVersionUID = 1L;

    private final boolean requestMayHaveBeenProcessed;

    /**
     * Creates an exception.
     *
     * @param message a description of the failed request and the reason; must not contain secrets
     * @param cause the exception that the HTTP client threw, or null
     * @param requestMayHaveBeenProcessed whether the server may have processed the request; true if unknown
     */
    public TransportException(String message, @Nullable Throwable cause, boolean requestMayHaveBeenProcessed) {
        super(message, cause);
        this.requestMayHaveBeenProcessed = requestMayHaveBeenProcessed;
    }

    /**
     * Returns whether the server may have processed the request. False only if it can't have reached the server, for
     * example because no connection was established. In that case, it is safe to send the request again.
     */
    public boolean requestMayHaveBeenProcessed() {
        return requestMayHaveBeenProcessed;
    }
}
