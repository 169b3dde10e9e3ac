package dev.atlex.streams.internal.socket;

import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;

/** Receives the messages from a WebSocket. Calls never overlap, except that {@link #closed} may be called at any time. */
public interface SocketListener {
    /** Called once, before any message. The first message has already been requested. */
    void opened(StreamSocket socket);

    /**
     * Called with a complete message.
     *
     * @return whether the next message may arrive; if false, {@link StreamSocket#request} must be called later
     */
    boolean message(byte[] message, boolean text);

    /**
     * Called instead of {@link #message} for a message that exceeds the limit or can't be decompressed.
     *
     * @return as for {@link #message}
     */
    boolean invalid(InvalidFrameException invalid);

    /** Called when any bytes have arrived, including a pong or part of a message. */
    void activity();

    /** Called once, when the connection has ended. */
    void closed(StreamException cause);
}
