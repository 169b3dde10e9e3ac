package dev.atlex.streams.internal.socket;

import dev.atlex.streams.StreamException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** Opens WebSockets. */
@FunctionalInterface
public interface SocketConnector {
    /**
     * Starts to open a WebSocket, and returns without waiting for the network.
     *
     * @param uri a ws or wss URL
     * @param subprotocols the subprotocols to offer, in order of preference; may be empty
     * @param listener receives the messages
     * @param failed receives the reason if the handshake fails; in that case, the listener is never called
     */
    void connect(URI uri, List<String> subprotocols, SocketListener listener, Consumer<? super StreamException> failed);
}
