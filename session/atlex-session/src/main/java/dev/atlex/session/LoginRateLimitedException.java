package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Too many sign-ins: servers allow few, 30 in five minutes and 300 a day, say. Resume sessions instead;
 * {@link PasswordSession#open} does. It also throws this without asking the server, where the store remembers that it would
 * be in vain; {@link #response()} is null then.
 */
public final class LoginRateLimitedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Instant retryAt;

    public LoginRateLimitedException(XrpcResponseException cause, @Nullable Instant retryAt) {
        super("too many sign-ins; the server allows the next " + (retryAt == null ? "later" : "at " + retryAt), cause);
        this.retryAt = retryAt;
    }

    /** What a store remembers of earlier sign-ins is enough to know. */
    public LoginRateLimitedException(String why, Instant retryAt) {
        super(why + "; the next sign-in is possible at " + retryAt, null);
        this.retryAt = retryAt;
    }

    /** When the server will listen again, or null where it did not say. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
