package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Atlex throws for reasons outside the program: bad data, a refusing server, a broken
 * connection, a session that ended. Wrong use of the API (a null where none may be) throws the JDK's own exceptions.
 */
public class LexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LexException(String message) {
        super(message);
    }

    public LexException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates one without a stack trace, if it is not wanted: of failures that come by the thousand. */
    LexException(String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, true, withStackTrace);
    }
}
