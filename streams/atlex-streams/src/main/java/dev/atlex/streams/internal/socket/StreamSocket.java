package dev.atlex.streams.internal.socket;

import java.util.concurrent.CompletableFuture;

/**
 * An open WebSocket. The methods may be called from any thread, don't block, and do nothing after the connection has
 * ended.
 */
public interface StreamSocket {
    /** Allows one more message to arrive. */
    void request();

    /**
     * Sends a text message. The caller must wait for the result before it sends the next one. If the connection turns out
     * to be lost, reports it to the listener.
     *
     * @return completes when the message has been passed to the operating system, and fails if the connection has ended
     */
    CompletableFuture<?> send(String text);

    /** Sends a ping. If the connection turns out to be lost, reports it to the listener. */
    void ping();

    /** Closes the connection at once, without a closing handshake, which has no time limit. */
    void abort();
}
