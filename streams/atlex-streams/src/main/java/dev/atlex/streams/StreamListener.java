package dev.atlex.streams;

import java.time.Duration;

/**
 * Receives notifications about a stream's connection, for logs and metrics. The methods are called on the stream's own
 * thread and should be fast. Their exceptions are logged and don't affect the stream.
 */
public interface StreamListener {
    /** Ignores everything. */
    StreamListener NONE = new StreamListener() {};

    /** Called when the stream is connected. */
    default void connected() {}

    /**
     * Called when a connection is lost, is refused, or can't be established.
     *
     * @param cause the reason
     * @param retryIn the time until the next attempt
     */
    default void disconnected(StreamException cause, Duration retryIn) {}

    /** Called when events are lost or may be lost, after the policy has decided. */
    default void gap(StreamGap gap, Gap decision) {}
}
