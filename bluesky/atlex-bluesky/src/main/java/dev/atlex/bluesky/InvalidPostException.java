package dev.atlex.bluesky;

import dev.atlex.data.LexException;

/** Thrown when a post isn't valid on Bluesky. Nothing has been sent. */
public class InvalidPostException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public InvalidPostException(String message) {
        super(message);
    }

    /** Creates an exception with the failure that revealed the problem. */
    public InvalidPostException(String message, Throwable cause) {
        super(message, cause);
    }
}
