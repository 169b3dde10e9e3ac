package dev.atlex.session;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** The session is over for certain; only signing in again helps. */
public final class SessionEndedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did did;
    private final Reason reason;

    /** Why a session is over. */
    public enum Reason {
        /** Its refresh token is too old. */
        EXPIRED,
        /** It was ended at the server: logged out elsewhere, its app password revoked, or superseded for too long. */
        REVOKED,
        /** The server does not take its refresh token. */
        REFUSED,
        /** {@link PasswordSession#logout} ended it. */
        LOGGED_OUT
    }

    public SessionEndedException(Did did, Reason reason, @Nullable Throwable cause) {
        super(
                switch (reason) {
                    case EXPIRED -> "the session of " + did + " has expired; sign in again";
                    case REVOKED -> "the session of " + did + " was ended at the server; sign in again";
                    case REFUSED -> "the server refuses the session of " + did + "; sign in again";
                    case LOGGED_OUT -> "the session of " + did + " is logged out";
                },
                cause);
        this.did = did;
        this.reason = reason;
    }

    /** Whose session it was. */
    public Did did() {
        return did;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public SessionEndedException again() {
        return new SessionEndedException(did, reason, getCause());
    }
}
