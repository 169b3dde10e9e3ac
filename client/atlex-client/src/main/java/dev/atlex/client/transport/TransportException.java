package dev.atlex.client.transport;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * There is no response, or no whole one: the connection could not be made or broke, the time was up, the answer was not
 * HTTP. What a server says by a status is no transport failure.
 *
 * <p>Messages name the method, the host, the path and the reason; neither query nor headers.
 */
public class TransportException extends LexException {
    private static final long serialVersionUID = 1L;

    private final boolean requestMayHaveBeenProcessed;

    /**
     * @param message what failed and why, without secrets
     * @param cause what the HTTP client threw, if anything
     * @param requestMayHaveBeenProcessed see {@link #requestMayHaveBeenProcessed()}; true where not known
     */
    public TransportException(String message, @Nullable Throwable cause, boolean requestMayHaveBeenProcessed) {
        super(message, cause);
        this.requestMayHaveBeenProcessed = requestMayHaveBeenProcessed;
    }

    /**
     * False only if the request can't have reached the server, because no connection could be made; sending it again is
     * safe then, whatever it does. True if the server may have acted on it.
     */
    public boolean requestMayHaveBeenProcessed() {
        return requestMayHaveBeenProcessed;
    }
}
