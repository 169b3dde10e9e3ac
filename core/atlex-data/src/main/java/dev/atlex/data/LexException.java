package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * The superclass of the exceptions that Atlex throws for reasons outside the program: invalid data, an error response,
 * a broken connection, an ended session. Incorrect use of the API, such as a null argument, throws the JDK's
 * exceptions, and a few methods that read files throw {@link java.io.UncheckedIOException}.
 */
public class LexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public LexException(String message) {
        super(message);
    }

    /** Creates an exception with a cause, which may be null. */
    public LexException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates an exception, optionally without a stack trace, for failures that may occur thousands of times. */
    LexException(String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, true, withStackTrace);
    }
}
