package dev.atlex.streams.internal.zstd;

import dev.atlex.data.Bytes;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.ZstdDecoderProvider;
import dev.atlex.streams.internal.socket.ForwardingListener;
import dev.atlex.streams.internal.socket.JdkSockets;
import dev.atlex.streams.internal.socket.SocketListener;

/**
 * Decompresses binary messages and passes them on as text. One that can't be decompressed is reported as an invalid
 * frame.
 */
final class ZstdListener extends ForwardingListener {
    private final ZstdDecoderProvider.Decoder decoder;

    ZstdListener(SocketListener listener, ZstdDecoderProvider.Decoder decoder) {
        super(listener);
        this.decoder = decoder;
    }

    @Override
    public boolean message(byte[] message, boolean text) {
        byte[] decoded;
        try {
            decoded = text ? message : decoder.decode(message, JdkSockets.MAX_MESSAGE);
        } catch (RuntimeException e) { // The decoder may be the application's own.
            String problem = e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString();
            return invalid(new InvalidFrameException("decompress frame: " + problem, Bytes.wrap(message), e));
        }
        return super.message(decoded, true);
    }
}
