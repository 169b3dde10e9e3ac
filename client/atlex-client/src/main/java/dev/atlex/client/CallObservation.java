package dev.atlex.client;

import java.time.Duration;

/**
 * Receives the events of one call, all on the thread that makes the call. The last event is either {@link #succeeded}
 * or {@link #failed}.
 */
public interface CallObservation {
    /** Ignores all events. */
    CallObservation NONE = new CallObservation() {};

    /**
     * Called when an attempt has failed and another one follows.
     *
     * @param failure the reason why the attempt failed
     * @param attempt the number of the attempt that failed, from 1
     * @param wait the time until the next attempt
     */
    default void retrying(XrpcException failure, int attempt, Duration wait) {}

    /** Called when the call has succeeded. If the response's body is streamed, it hasn't been read yet. */
    default void succeeded() {}

    /**
     * Called when the call has failed.
     *
     * @param failure an {@link XrpcException}, or another exception or error, such as a session's exception
     */
    default void failed(Throwable failure) {}
}
