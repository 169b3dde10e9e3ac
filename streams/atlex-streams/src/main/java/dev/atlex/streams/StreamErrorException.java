package dev.atlex.streams;

import org.jspecify.annotations.Nullable;

/** Describes an error frame, such as {@code ConsumerTooSlow}, after which the server closes the connection. */
public final class StreamErrorException extends StreamException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final @Nullable String serverMessage;

    /** Creates an exception. */
    public StreamErrorException(String message, String error, @Nullable String serverMessage) {
        super(message, null);
        this.error = error;
        this.serverMessage = serverMessage;
    }

    /** Returns the error's name. */
    public String error() {
        return error;
    }

    /** Returns the server's message, or null if there is none. */
    public @Nullable String serverMessage() {
        return serverMessage;
    }
}
