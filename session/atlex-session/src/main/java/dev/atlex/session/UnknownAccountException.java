package dev.atlex.session;

import dev.atlex.data.LexException;
import dev.atlex.syntax.Did;

/** The store has no session of an account: it was never signed in, or its session is over. Signing in makes one. */
public final class UnknownAccountException extends LexException {
    private static final long serialVersionUID = 1L;

    private final Did did;

    public UnknownAccountException(Did did) {
        super("the store has no session of " + did + "; sign in");
        this.did = did;
    }

    /** The account. */
    public Did did() {
        return did;
    }
}
