package dev.atlex.session.ratelimit;

/**
 * Observes requests that wait for a rate limit, for metrics. Implementations must be thread-safe. Exceptions that they
 * throw are logged and don't affect the request.
 */
@FunctionalInterface
public interface RateLimitListener {
    /** Ignores all waits. */
    RateLimitListener NONE = method -> () -> {};

    /**
     * Called when a request begins to wait, on the request's thread.
     *
     * @param method the NSID of the method that the request calls
     * @return a callback that is run on the same thread when the wait is over, whether or not the request may be sent
     */
    Runnable onWait(String method);
}
