package dev.atlex.client.transport;

import org.jspecify.annotations.Nullable;

/** Thrown when the time limit of the call, or of connecting, is reached. */
public final class TransportTimeoutException extends TransportException {
    private static final long serialVersionUID = 1L;

    /** Like {@link TransportException#TransportException}. */
    public TransportTimeoutException(String message, @Nullable Throwable cause, boolean requestMayHaveBeenProcessed) {
        super(message, cause, requestMayHaveBeenProcessed);
    }
}
