package dev.atlex.session;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** Thrown when the session has ended. The account must sign in again. */
public final class SessionEndedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did did;
    private final Reason reason;

    /** The reason why a session has ended. */
    public enum Reason {
        /** The refresh token has expired. */
        EXPIRED,
        /**
         * The server revoked the session: it was logged out elsewhere, its app password was revoked, or its token was
         * rotated too long ago.
         */
        REVOKED,
        /** The server rejected the refresh token without giving a reason. */
        REFUSED,
        /** {@link PasswordSession#logout} was called. */
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

    /** Returns the reason why the session has ended. */
    public Reason reason() {
        return reason;
    }

    @Override
    public SessionEndedException again() {
        return new SessionEndedException(did, reason, getCause());
    }
}
