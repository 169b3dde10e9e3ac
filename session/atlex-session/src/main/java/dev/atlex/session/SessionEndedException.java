package dev.atlex.session;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** Thrown when the session is over. Only signing in again helps. */
public final class SessionEndedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did did;
    private final Reason reason;

    /** Why a session is over. */
    public enum Reason {
        /** Its refresh token has expired. */
        EXPIRED,
        /**
         * The server revoked it: it was logged out elsewhere, its app password was revoked, or its token was rotated
         * too long ago.
         */
        REVOKED,
        /** The server doesn't accept its refresh token, and doesn't say why. */
        REFUSED,
        /** {@link PasswordSession#logout} ended it. */
        LOGGED_OUT
    }

    /**
     * Creates the exception.
     *
     * @param did the account
     * @param cause the server's response, or null
     */
    public SessionEndedException(Did did, Reason reason, @Nullable Throwable cause) {
        super(
                switch (reason) {
                    case EXPIRED -> "the session of " + did + " has expired; sign in again";
                    case REVOKED -> "the session of " + did + " was revoked by the server; sign in again";
                    case REFUSED -> "the server rejects the session of " + did + "; sign in again";
                    case LOGGED_OUT -> "the session of " + did + " is logged out";
                },
                cause);
        this.did = did;
        this.reason = reason;
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns why the session is over. */
    public Reason reason() {
        return reason;
    }

    @Override
    public SessionEndedException again() {
        return new SessionEndedException(did, reason, getCause());
    }
}
