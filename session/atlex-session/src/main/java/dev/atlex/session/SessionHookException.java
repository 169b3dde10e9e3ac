package dev.atlex.session;

/**
 * Reported when a hook or the store threw, so that a session isn't saved, for example. The session continues.
 * {@link #getCause()} is the exception that was thrown; the message shows nothing of it, as it may quote a session.
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
