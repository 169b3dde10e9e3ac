package dev.atlex.streams.internal.socket;

import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Records the calls, and always accepts the next message. */
public final class RecordingListener implements SocketListener {
    public final BlockingQueue<StreamSocket> opened = new LinkedBlockingQueue<>();
    public final BlockingQueue<InvalidFrameException> invalid = new LinkedBlockingQueue<>();
    public final BlockingQueue<StreamException> ends = new LinkedBlockingQueue<>();

    @Override
    public void opened(StreamSocket socket) {
        opened.add(socket);
    }

    @Override
    public boolean message(byte[] message, boolean text) {
        return true;
    }

    @Override
    public boolean invalid(InvalidFrameException frame) {
        return invalid.add(frame);
    }

    @Override
    public void activity() {}

    @Override
    public void closed(StreamException cause) {
        ends.add(cause);
    }
}
