package dev.atlex.session;

import dev.atlex.syntax.Did;

/** A server answered a session with the tokens of another account. Nothing of them was kept. */
public final class AccountMismatchException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did expected;
    private final Did found;

    public AccountMismatchException(Did expected, Did found) {
        super("the server answered the session of " + expected + " with one of " + found, null);
        this.expected = expected;
        this.found = found;
    }

    @Override
    public AccountMismatchException again() {
        return new AccountMismatchException(expected, found);
    }

    /** Whose session it is. */
    public Did expected() {
        return expected;
    }

    /** Whose tokens the server sent. */
    public Did found() {
        return found;
    }
}
