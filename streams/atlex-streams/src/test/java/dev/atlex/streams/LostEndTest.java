package dev.atlex.streams;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.streams.internal.socket.JdkSockets;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the ends of connections that the JDK's WebSocket doesn't report; {@link JdkSockets} explains them. */
@Timeout(30)
class LostEndTest {
    private static final class Listener implements SocketListener {
        final CompletableFuture<StreamSocket> opened = new CompletableFuture<>();
        final CountDownLatch received = new CountDownLatch(1);
        final CompletableFuture<StreamException> closed = new CompletableFuture<>();

        @Override
        public void opened(StreamSocket socket) {
            opened.complete(socket);
        }

        @Override
        public boolean message(byte[] message, boolean text) {
            received.countDown();
            return false;
        }

        @Override
        public boolean invalid(InvalidFrameException invalid) {
            return false;
        }

        @Override
        public void activity() {}

        @Override
        public void closed(StreamException cause) {
            closed.complete(cause);
        }
    }

    private static Listener connect(StreamServer server) {
        Listener listener = new Listener();
        new JdkSockets(JdkTransport.shared(), "test", Duration.ofSeconds(10))
                .connect(URI.create(server.url()), List.of(), listener, listener.closed::complete);
        return listener;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endWhileNoMessageIsRequested_isFoundByPings(boolean reset) throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (StreamServer server = new StreamServer((connection, number) -> {
            connection.open();
            connection.binary(new byte[] {1});
            if (number == 1) {
                received.await();
                if (reset) {
                    connection.drop();
                } else {
                    connection.end();
                }
                ended.countDown();
            } else {
                connection.serve();
            }
        })) {
            Listener listener = connect(server);
            listener.received.await();
            received.countDown();
            ended.await();

            assertThat(ping(listener)).hasMessageStartingWith("the connection was lost (");
            Listener other = connect(server);
            assertThat(other.received.await(10, SECONDS))
                    .as("the client still works")
                    .isTrue();
            other.opened.join().abort();
        }
    }

    private static StreamException ping(Listener listener) throws Exception {
        while (true) {
            try {
                return listener.closed.get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                listener.opened.join().ping();
            }
        }
    }
}
