package dev.atlex.session.ratelimit;

import dev.atlex.data.LexException;
import java.time.Instant;

/**
 * A {@link RateLimiter} did not send a request: it would pass a limit, and its caller does not want to wait, or has no
 * time to. The server was not asked.
 */
public final class RateLimitedException extends LexException {
    private static final long serialVersionUID = 1L;

    private final Instant retryAt;

    RateLimitedException(String limit, Instant retryAt) {
        super(limit + " are used up; the next request is possible at " + retryAt);
        this.retryAt = retryAt;
    }

    /** When the request may be sent, as far as is known now. Others may be faster then. */
    public Instant retryAt() {
        return retryAt;
    }
}
