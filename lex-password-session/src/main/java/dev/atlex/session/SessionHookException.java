package dev.atlex.session;

/** A hook threw: what it should have done, to save a session say, is not done. The session goes on. */
public final class SessionHookException extends SessionException {
    private static final long serialVersionUID = 1L;

    SessionHookException(String hook, Throwable cause) {
        super("the hook " + hook + " threw " + cause.getClass().getName(), cause);
    }
}
