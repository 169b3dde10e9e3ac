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
        /** {@link PasswordSession#logout} or {@code OAuthSession.logout} was called. */
        LOGGED_OUT,
        /**
         * The OAuth refresh token was used twice. The second use was by a program that doesn't share this store, or had
         * a copy of the session.
         */
        REPLAYED,
        /**
         * The response to an OAuth refresh was lost, or the process that received it was killed before it could save the
         * new tokens. The old ones no longer work.
         */
        REFRESH_LOST
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
                    case EXPIRED -> "the session for " + did + " has expired; sign in again";
                    case REVOKED -> "the session for " + did + " was revoked by the server; sign in again";
                    case REFUSED -> "the server rejects the session for " + did + "; sign in again";
                    case LOGGED_OUT -> "the session for " + did + " is logged out";
                    case REPLAYED ->
                        "the refresh token of " + did
                                + " was used by another program, which ended the session; sign in again";
                    case REFRESH_LOST ->
                        "the new tokens of " + did + " were lost on their way, which ended the session; sign in again";
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
