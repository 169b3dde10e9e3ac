package dev.atlex.client.transport;

import org.jspecify.annotations.Nullable;

/** The time limit of the call, or that of making a connection, was reached. */
public final class TransportTimeoutException extends TransportException {
    private static final long serialVersionUID = 1L;

    /** As {@link TransportException#TransportException}. */
    public TransportTimeoutException(String message, @Nullable Throwable cause, boolean requestMayHaveBeenProcessed) {
        super(message, cause, requestMayHaveBeenProcessed);
    }
}
