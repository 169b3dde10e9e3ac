package dev.atlex.testkit;

import dev.atlex.data.LexException;
import java.util.Objects;

/** Thrown by a {@link MethodHandler} to send an error response. */
public final class MethodException extends LexException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final String text;

    private MethodException(int status, String error, String text) {
        super(status + " " + error + ": " + text);
        this.status = status;
        this.error = error;
        this.text = text;
    }

    /**
     * Creates an error response.
     *
     * @param status the HTTP status, from 400 to 599
     * @param error the name of the error, such as {@code NotFound}
     * @param message the text for developers
     * @throws IllegalArgumentException if the status is out of range
     */
    public static MethodException of(int status, String error, String message) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException(
                    "MethodException.of: status must be from 400 to 599 (got " + status + ")");
        }
        return new MethodException(
                status, Objects.requireNonNull(error, "error"), Objects.requireNonNull(message, "message"));
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the name of the error: the {@code error} field of the response. */
    public String error() {
        return error;
    }

    /** Returns the {@code message} field of the response. */
    public String text() {
        return text;
    }
}
