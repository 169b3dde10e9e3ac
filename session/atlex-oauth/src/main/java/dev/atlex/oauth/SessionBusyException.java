package dev.atlex.oauth;

import dev.atlex.syntax.Did;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the access token has expired, and another process is refreshing it or the outcome of a refresh is unknown.
 * A refresh token works once, so this process doesn't send it as well. The session stays valid; try again later.
 */
public final class SessionBusyException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final Did did;
    private final Instant retryAt;

    /**
     * Creates the exception.
     *
     * @param did the account
     * @param retryAt the time from which the next refresh may be tried
     * @param cause the failure whose outcome is unknown, or null
     */
    public SessionBusyException(Did did, Instant retryAt, @Nullable Throwable cause) {
        super(
                "the session for " + did + " is being refreshed, or the outcome of a refresh is unknown; try again at "
                        + retryAt,
                cause);
        this.did = did;
        this.retryAt = retryAt;
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the time at which to try again. */
    public Instant retryAt() {
        return retryAt;
    }

    @Override
    public SessionBusyException again() {
        return new SessionBusyException(did, retryAt, getCause());
    }
}
