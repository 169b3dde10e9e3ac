package dev.atlex.streams;

import org.jspecify.annotations.Nullable;

/** Thrown when a Tap refuses a request, or its response can't be read. */
public final class TapException extends StreamException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String serverMessage;

    /**
     * Creates an exception.
     *
     * @param message the whole message
     * @param status the HTTP status
     * @param serverMessage the server's message, or null
     */
    public TapException(String message, int status, @Nullable String serverMessage, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.serverMessage = serverMessage;
    }

    /** Returns the HTTP status: 401 if the password is missing or wrong; 200 if the response can't be read. */
    public int status() {
        return status;
    }

    /** Returns the server's message, or null if there is none. */
    public @Nullable String serverMessage() {
        return serverMessage;
    }
}
