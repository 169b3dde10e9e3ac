package dev.atlex.session;

/**
 * Reported when a hook or the store throws an exception, for example because a session can't be saved. The session
 * continues. {@link #getCause()} is that exception. The cause's message isn't repeated here, because it may contain a
 * token.
 */
public final class SessionHookException extends SessionException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param what the name of the hook, or "the store"
     * @param cause the exception that it threw
     */
    public SessionHookException(String what, Throwable cause) {
        super(what + " threw " + cause.getClass().getName(), cause);
    }
}
