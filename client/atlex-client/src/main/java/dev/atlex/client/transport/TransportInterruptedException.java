package dev.atlex.client.transport;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the calling thread is interrupted. The call is abandoned, and the thread's interrupt flag is set again.
 */
public final class TransportInterruptedException extends TransportException {
    private static final long serialVersionUID = 1L;

    /** Like {@link TransportException#TransportException}. */
    public TransportInterruptedException(
            String message, @Nullable Throwable cause, boolean requestMayHaveBeenProcessed) {
        super(message, cause, requestMayHaveBeenProcessed);
    }
}
