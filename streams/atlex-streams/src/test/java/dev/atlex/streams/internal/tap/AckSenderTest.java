package dev.atlex.streams.internal.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.streams.StreamException;
import dev.atlex.streams.internal.socket.RecordingListener;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the sender with connections that a test opens, and whose sends it completes. */
class AckSenderTest {
    private static final URI URL = URI.create("ws://example.com/channel");

    private final AckSender sender = new AckSender();
    private final List<SocketListener> listeners = new ArrayList<>();
    private final RecordingListener receiver = new RecordingListener();

    private SocketListener connect() {
        sender.over((uri, subprotocols, listener, failed) -> listeners.add(listener))
                .connect(URL, List.of(), receiver, cause -> {});
        return listeners.get(listeners.size() - 1);
    }

    private Socket open() {
        Socket socket = new Socket();
        connect().opened(socket);
        return socket;
    }

    private void acknowledge(long... ids) {
        for (long id : ids) {
            sender.add(id);
            sender.send();
        }
    }

    @Test
    void acknowledgments_areSentOneAfterTheOther() {
        Socket socket = open();
        acknowledge(1, 2, 3);
        assertThat(socket.sent).containsExactly("{\"type\":\"ack\",\"id\":1}");
        socket.complete();
        assertThat(socket.sent).last().isEqualTo("{\"type\":\"ack\",\"id\":2}");
        socket.complete();
        socket.complete();
        assertThat(socket.sent).hasSize(3);
    }

    @Test
    void manyThatCompleteAtOnce_dontOverflowTheStack() {
        for (long id = 0; id < 50_000; id++) {
            sender.add(id);
        }
        Socket socket = new Socket();
        socket.atOnce = true;
        connect().opened(socket);
        assertThat(socket.sent).hasSize(50_000);
    }

    @Test
    void withoutConnection_waitForTheNextOne() throws InterruptedException {
        acknowledge(1);
        sender.awaitSent(Duration.ofDays(1)); // doesn't wait without a connection
        Socket socket = open();
        assertThat(socket.sent).containsExactly("{\"type\":\"ack\",\"id\":1}");
    }

    @Test
    void endedConnection_isNotUsed() {
        Socket first = open();
        listeners.get(0).closed(new StreamException("cut", null));
        acknowledge(1);
        assertThat(first.sent).isEmpty();
        assertThat(open().sent).hasSize(1);
    }

    @Test
    void abortedConnection_isNotUsed() {
        Socket first = open();
        receiver.opened.remove().abort();
        acknowledge(1);
        assertThat(first.sent).isEmpty();
        assertThat(open().sent).hasSize(1);
    }

    @Test
    void failedSend_isNotRepeatedOnTheNextConnection() {
        Socket first = open();
        acknowledge(1, 2);
        first.fail();
        Socket second = open();
        second.complete();
        assertThat(second.sent).containsExactly("{\"type\":\"ack\",\"id\":2}");
    }

    @Test
    void sendThatCompletesAfterTheEnd_isNotRepeatedOnTheNextConnection() {
        Socket first = open();
        acknowledge(1);
        listeners.get(0).closed(new StreamException("restarted", null));
        first.complete(); // Tap has received it, and may use the id again
        assertThat(open().sent).isEmpty();
    }

    @Test
    void repeated_isDroppedWithItsConnection() {
        Socket first = open();
        acknowledge(1, 2);
        sender.addRepeated(1);
        listeners.get(0).closed(new StreamException("restarted", null));
        first.complete();
        Socket second = open();
        second.complete();
        assertThat(second.sent).containsExactly("{\"type\":\"ack\",\"id\":2}");
        sender.addRepeated(2);
        sender.send();
        assertThat(second.sent).hasSize(2);
    }

    @Test
    @Timeout(60)
    void awaitSent_waitsForTheOneThatIsBeingSent() throws InterruptedException {
        Socket socket = open();
        acknowledge(1);
        long before = System.nanoTime();
        sender.awaitSent(Duration.ofMillis(20));
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        socket.complete();
        sender.awaitSent(Duration.ofDays(1)); // doesn't wait, because all are sent
    }

    @Test
    void hangingSend_doesNotBlockTheNextConnection() {
        Socket first = open();
        acknowledge(1, 2);
        Socket second = open();
        assertThat(second.sent).containsExactly("{\"type\":\"ack\",\"id\":2}");
        first.complete(); // too late, and doesn't complete the other one
        acknowledge(3);
        assertThat(second.sent).hasSize(1);
        second.complete();
        assertThat(second.sent).last().isEqualTo("{\"type\":\"ack\",\"id\":3}");
    }

    @Test
    void lateHandshake_doesNotReplaceTheConnection() {
        SocketListener late = connect();
        Socket current = open();
        Socket aborted = new Socket();
        late.opened(aborted);
        acknowledge(1);
        assertThat(aborted.sent).isEmpty();
        assertThat(current.sent).hasSize(1);
    }

    @Test
    void tooMany_areDropped() {
        for (long id = 0; id < AckSender.MAX_WAITING + 10; id++) {
            sender.add(id);
        }
        Socket socket = new Socket();
        socket.atOnce = true;
        connect().opened(socket);
        assertThat(socket.sent).hasSize(AckSender.MAX_WAITING).last().isEqualTo("{\"type\":\"ack\",\"id\":99999}");
    }

    private static final class Socket implements StreamSocket {
        final List<String> sent = new ArrayList<>();
        boolean atOnce;
        private CompletableFuture<Object> last = new CompletableFuture<>();

        @Override
        public CompletableFuture<?> send(String text) {
            sent.add(text);
            last = atOnce ? CompletableFuture.completedFuture(this) : new CompletableFuture<>();
            return last;
        }

        void complete() {
            last.complete(this);
        }

        void fail() {
            last.completeExceptionally(new IOException("broken pipe"));
        }

        @Override
        public void request() {}

        @Override
        public void ping() {}

        @Override
        public void abort() {}
    }
}
