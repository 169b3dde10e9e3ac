package dev.atlex.streams.internal.socket;

/**
 * An open WebSocket. The methods may be called from any thread, don't block, and do nothing after the connection has
 * ended.
 */
public interface StreamSocket {
    /** Allows one more message to arrive. */
    void request();

    /** Sends a ping. If the connection turns out to be lost, reports it to the listener. */
    void ping();

    /** Closes the connection at once, without a closing handshake, which has no time limit. */
    void abort();
}
