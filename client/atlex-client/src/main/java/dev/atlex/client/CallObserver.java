package dev.atlex.client;

import dev.atlex.schema.Method;

/**
 * Observes calls, for metrics and traces. Each {@link Agent} has an observer, and all clients of the agent report their
 * calls to it. A session also reports its own calls, such as sign-ins and refreshes.
 *
 * <p>Implementations must be thread-safe and fast, because they run on the thread of each call. Exceptions that they
 * throw are logged and don't affect the call. {@code atlex-micrometer} has an implementation for Micrometer.
 */
@FunctionalInterface
public interface CallObserver {
    /** An observer that does nothing. */
    CallObserver NONE = method -> CallObservation.NONE;

    /**
     * Called before the first attempt of a call, on the thread that makes the call.
     *
     * @return an object that receives the events of the call, on the same thread
     */
    CallObservation start(Method<?> method);
}
