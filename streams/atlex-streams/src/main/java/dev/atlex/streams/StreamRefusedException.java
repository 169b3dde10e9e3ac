package dev.atlex.streams;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server refuses the WebSocket handshake with an HTTP error, such as 400 {@code CursorTooOld}. Ends the
 * stream only if no handshake has succeeded before and a retry can't help; see {@link #retryable}.
 */
public final class StreamRefusedException extends StreamException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final @Nullable String serverMessage;
    private final @Nullable Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param message the whole message
     * @param status the HTTP status
     * @param error the error's name
     * @param serverMessage the server's message, or null
     * @param retryAfter how long the server asked the client to wait, or null
     */
    public StreamRefusedException(
            String message,
            int status,
            String error,
            @Nullable String serverMessage,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.error = error;
        this.serverMessage = serverMessage;
        this.retryAfter = retryAfter;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the name of the XRPC error, or one that describes the status if the body isn't an XRPC error. */
    public String error() {
        return error;
    }

    /** Returns the {@code message} of the XRPC error, or null if there is none. */
    public @Nullable String serverMessage() {
        return serverMessage;
    }

    /** Returns how long the server asked the client to wait, at most a day, or null if it didn't. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * Returns whether the same handshake may succeed later. That is true of every status except 501 and 400 to 499, but
     * including 408, 425 and 429.
     */
    public boolean retryable() {
        return status == 408 || status == 425 || status == 429 || status != 501 && (status < 400 || status >= 500);
    }
}
