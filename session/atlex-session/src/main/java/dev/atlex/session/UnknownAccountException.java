package dev.atlex.session;

import dev.atlex.data.LexException;
import dev.atlex.syntax.Did;

/**
 * Thrown when the store has no session for an account, because it never signed in or its session has ended. Sign in to
 * create one.
 */
public final class UnknownAccountException extends LexException {
    private static final long serialVersionUID = 1L;

    private final Did did;

    /** Creates the exception. */
    public UnknownAccountException(Did did) {
        super("the store has no session for " + did + "; sign in");
        this.did = did;
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }
}
