package dev.atlex.session;

/**
 * Thrown or reported when an {@link Error} such as {@link StackOverflowError} or {@link LinkageError} aborted an
 * operation for one account. The session isn't affected. {@link #getCause()} is the error.
 */
public final class UnexpectedErrorException extends SessionException {
    private static final long serialVersionUID = 1L;

    private UnexpectedErrorException(String what, Throwable error) {
        super(what + ": " + error.getClass().getName(), error);
    }

    /** Returns the failure itself if it is a {@link RuntimeException}; otherwise, an exception that wraps it. */
    public static RuntimeException of(String what, Throwable failure) {
        return failure instanceof RuntimeException known ? known : new UnexpectedErrorException(what, failure);
    }
}
