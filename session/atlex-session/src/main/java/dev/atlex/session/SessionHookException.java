package dev.atlex.session;

/**
 * A hook or the store threw: what it should have done, to save a session say, is not done. The session goes on. The
 * message shows nothing of what it threw, for that may hold what was to be saved; {@link #getCause()} is what it threw.
 */
public final class SessionHookException extends SessionException {
    private static final long serialVersionUID = 1L;

    public SessionHookException(String what, Throwable cause) {
        super(what + " threw " + cause.getClass().getName(), cause);
    }
}
