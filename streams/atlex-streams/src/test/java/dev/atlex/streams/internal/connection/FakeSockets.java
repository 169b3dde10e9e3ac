package dev.atlex.streams.internal.connection;

import dev.atlex.streams.StreamException;
import dev.atlex.streams.internal.socket.SocketConnector;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Connections that a test opens, feeds and ends itself. */
final class FakeSockets implements SocketConnector {
    final List<Attempt> attempts = new ArrayList<>();

    @Override
    public void connect(
            URI uri, List<String> subprotocols, SocketListener listener, Consumer<? super StreamException> failed) {
        attempts.add(new Attempt(uri, listener, failed));
    }

    Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    static final class Attempt implements StreamSocket {
        final URI uri;
        final SocketListener listener;
        final Consumer<? super StreamException> failed;
        int requests;
        int pings;
        boolean aborted;

        Attempt(URI uri, SocketListener listener, Consumer<? super StreamException> failed) {
            this.uri = uri;
            this.listener = listener;
            this.failed = failed;
        }

        @Override
        public void request() {
            requests++;
        }

        @Override
        public CompletableFuture<?> send(String text) {
            throw new UnsupportedOperationException(text);
        }

        @Override
        public void ping() {
            pings++;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
