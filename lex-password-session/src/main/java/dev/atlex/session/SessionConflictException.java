package dev.atlex.session;

import dev.atlex.syntax.Did;

/** A server answered a session with the tokens of another account. Nothing of them was kept. */
public final class SessionConflictException extends SessionException {
    private static final long serialVersionUID = 1L;

    SessionConflictException(Did expected, Did found) {
        super("the server answered the session of " + expected + " with one of " + found, null);
    }
}
