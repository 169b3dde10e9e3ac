package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown after too many sign-ins. Servers allow only a few, such as 30 in five minutes and 300 a day. Resume sessions
 * instead, as {@link PasswordSession#open} does. If the store shows that the server would reject the sign-in, or the
 * {@link SignInLimit} is reached, that method throws this exception without sending a request, and {@link #response()}
 * is null.
 */
public final class SignInRateLimitedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Instant retryAt;

    /**
     * Creates the exception for a server's error response.
     *
     * @param retryAt the time at which the server accepts the next sign-in; null if the response doesn't contain it
     */
    public SignInRateLimitedException(XrpcResponseException cause, @Nullable Instant retryAt) {
        super("too many sign-ins; the server allows the next " + (retryAt == null ? "later" : "at " + retryAt), cause);
        this.retryAt = retryAt;
    }

    /** Creates the exception for a limit that is known from earlier sign-ins. */
    public SignInRateLimitedException(String why, Instant retryAt) {
        super(why + "; the next sign-in is possible at " + retryAt, null);
        this.retryAt = retryAt;
    }

    /** Returns when the next sign-in is possible, or null if that is unknown. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
