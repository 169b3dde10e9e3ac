package dev.atlex.session.ratelimit;

import dev.atlex.data.LexException;
import java.time.Instant;

/**
 * Thrown when a {@link RateLimiter} doesn't send a request because it would exceed a limit, and the limiter either
 * never waits or would have to wait longer than the request's time limit. The request never reaches the server.
 */
public final class RateLimitedException extends LexException {
    private static final long serialVersionUID = 1L;

    private final Instant retryAt;

    /**
     * Creates an exception.
     *
     * @param limit a description of the limit
     * @param retryAt the time at which the request may be sent
     */
    public RateLimitedException(String limit, Instant retryAt) {
        super("rate limit reached: " + limit + "; retry at " + retryAt);
        this.retryAt = retryAt;
    }

    /** Returns when the request may be sent, as far as is known. Other requests may use up the limit again by then. */
    public Instant retryAt() {
        return retryAt;
    }
}
