package dev.atlex.streams.internal.socket;

import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;

/** Passes all calls on to a different listener. Subclasses override the methods whose behavior they change. */
public abstract class ForwardingListener implements SocketListener {
    private final SocketListener listener;

    /** @param listener receives the calls */
    protected ForwardingListener(SocketListener listener) {
        this.listener = listener;
    }

    @Override
    public void opened(StreamSocket socket) {
        listener.opened(socket);
    }

    @Override
    public boolean message(byte[] message, boolean text) {
        return listener.message(message, text);
    }

    @Override
    public boolean invalid(InvalidFrameException invalid) {
        return listener.invalid(invalid);
    }

    @Override
    public void activity() {
        listener.activity();
    }

    @Override
    public void closed(StreamException cause) {
        listener.closed(cause);
    }
}
