package dev.atlex.session;

import dev.atlex.syntax.Did;

/** Thrown when a server responds with tokens for a different account. The tokens are discarded. */
public final class AccountMismatchException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did expected;
    private final Did found;

    /**
     * Creates the exception.
     *
     * @param expected the session's account
     * @param found the account in the response
     */
    public AccountMismatchException(Did expected, Did found) {
        super("expected a session for " + expected + " (got one for " + found + ")", null);
        this.expected = expected;
        this.found = found;
    }

    @Override
    public AccountMismatchException again() {
        return new AccountMismatchException(expected, found);
    }

    /** Returns the session's account. */
    public Did expected() {
        return expected;
    }

    /** Returns the account whose tokens the server sent. */
    public Did found() {
        return found;
    }
}
