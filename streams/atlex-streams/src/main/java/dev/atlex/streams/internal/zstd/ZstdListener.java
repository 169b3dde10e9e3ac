package dev.atlex.streams.internal.zstd;

import dev.atlex.data.Bytes;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.ZstdDecoderProvider;
import dev.atlex.streams.internal.socket.JdkSockets;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;

/**
 * Decompresses binary messages and passes them on as text. One that can't be decompressed is reported as an invalid
 * frame.
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
        } catch (RuntimeException e) { // The decoder may be the application's own.
            String problem = e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString();
            return listener.invalid(new InvalidFrameException("decompress frame: " + problem, Bytes.wrap(message), e));
        }
        return listener.message(decoded, true);
    }

    @Override
    public void opened(StreamSocket socket) {
        listener.opened(socket);
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
