package dev.atlex.streams.internal.zstd;

import dev.atlex.data.Bytes;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.ZstdDecoderProvider;
import dev.atlex.streams.internal.socket.JdkSockets;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;

/**
 * Decompresses binary messages and passes them on as text. A message that can't be decompressed is passed on unchanged,
 * so that it is reported as an invalid frame.
 */
final class ZstdListener implements SocketListener {
    private final SocketListener listener;
    private final ZstdDecoderProvider.Decoder decoder;

    ZstdListener(SocketListener listener, ZstdDecoderProvider.Decoder decoder) {
        this.listener = listener;
        this.decoder = decoder;
    }

    @Override
    public boolean message(byte[] message, boolean text) {
        byte[] decoded;
        try {
            decoded = text ? message : decoder.decode(message, JdkSockets.MAX_MESSAGE);
        } catch (IllegalArgumentException e) {
            return listener.message(message, false);
        }
        return listener.message(decoded, true);
    }

    @Override
    public void opened(StreamSocket socket) {
        listener.opened(socket);
    }

    @Override
    public boolean tooLarge(Bytes head) {
        return listener.tooLarge(head);
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
