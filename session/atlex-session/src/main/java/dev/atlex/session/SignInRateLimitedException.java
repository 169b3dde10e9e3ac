package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown after too many sign-ins. Servers allow few, such as 30 in five minutes and 300 a day. Resume sessions instead,
 * as {@link PasswordSession#open} does. It throws this without asking the server if the store shows that the server
 * would refuse; then {@link #response()} is null.
 */
public final class SignInRateLimitedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Instant retryAt;

    /**
     * Creates the exception for a server's refusal.
     *
     * @param retryAt when the server accepts the next sign-in; null if it doesn't say
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

    /** Returns when the server accepts the next sign-in, or null if it didn't say. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
