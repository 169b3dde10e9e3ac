package dev.atlex.streams.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class JdkSocketListenerTest {
    private final List<StreamException> ends = new ArrayList<>();
    private final List<StreamSocket> sockets = new ArrayList<>();
    private final JdkSocketListener listener = new JdkSocketListener(
            new SocketListener() {
                @Override
                public void opened(StreamSocket socket) {
                    sockets.add(socket);
                }

                @Override
                public boolean message(byte[] message, boolean text) {
                    return true;
                }

                @Override
                public boolean invalid(InvalidFrameException invalid) {
                    return true;
                }

                @Override
                public void activity() {}

                @Override
                public void closed(StreamException cause) {
                    ends.add(cause);
                }
            },
            1_000,
            () -> 0);

    /** Opens a WebSocket whose pings fail. */
    private StreamSocket open(Throwable failure) {
        listener.onOpen((WebSocket) Proxy.newProxyInstance(
                WebSocket.class.getClassLoader(),
                new Class<?>[] {WebSocket.class},
                (proxy, method, arguments) ->
                        method.getName().equals("sendPing") ? CompletableFuture.failedFuture(failure) : null));
        return sockets.get(0);
    }

    @Test
    void pingThatCannotBeWritten_endsTheConnectionOnce() {
        StreamSocket socket = open(new CompletionException(new IOException("closed output")));
        socket.ping();
        socket.ping();

        assertThat(ends)
                .singleElement()
                .satisfies(end -> assertThat(end)
                        .hasMessage("the connection was lost (java.io.IOException: closed output)")
                        .hasCauseInstanceOf(IOException.class));
    }

    @Test
    void pingBehindAnotherOne_endsNothing() {
        open(new IllegalStateException("Send pending")).ping();

        assertThat(ends).isEmpty();
    }

    @Test
    void internalError_isReportedAsTheEndThatItMeans() {
        listener.onError(null, new InternalError());

        assertThat(ends)
                .singleElement()
                .satisfies(
                        end -> assertThat(end).hasMessage("the connection was lost (it ended without a close frame)"));
    }
}
