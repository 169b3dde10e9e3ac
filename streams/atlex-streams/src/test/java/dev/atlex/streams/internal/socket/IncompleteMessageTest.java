package dev.atlex.streams.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that begin a message and never complete it, but keep the connection busy. Uses virtual time. */
class IncompleteMessageTest {
    private final List<StreamException> ends = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final FakeSocket socket = new FakeSocket();
    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // nanoTime may overflow
    private final JdkSocketListener listener =
            new JdkSocketListener(new Recorder(), 1000, () -> now, UnaryOperator.identity());

    /** What arrives every ten seconds, after the first part of a message. */
    enum Drip {
        BYTES((listener, socket) -> listener.onBinary(socket, ByteBuffer.allocate(1), false)),
        EMPTY_PARTS((listener, socket) -> listener.onBinary(socket, ByteBuffer.allocate(0), false)),
        BEYOND_THE_LIMIT((listener, socket) -> listener.onBinary(socket, ByteBuffer.allocate(900), false)),
        TEXT((listener, socket) -> listener.onText(socket, "x", false)),
        PINGS((listener, socket) -> listener.onPing(socket, ByteBuffer.allocate(0))),
        PONGS((listener, socket) -> listener.onPong(socket, ByteBuffer.allocate(0)));

        private final BiConsumer<JdkSocketListener, WebSocket> action;

        Drip(BiConsumer<JdkSocketListener, WebSocket> action) {
            this.action = action;
        }
    }

    @ParameterizedTest
    @EnumSource
    void incompleteMessage_endsTheConnectionAfterAMinute(Drip drip) {
        listener.onBinary(socket, ByteBuffer.allocate(1), false);
        for (int i = 1; i <= 6; i++) {
            assertThat(ends).isEmpty();
            assertThat(socket.requests).as("asks for the next part").isEqualTo(i);
            now += Duration.ofSeconds(10).toNanos();
            drip.action.accept(listener, socket);
        }
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0)).hasMessage("a message from the server was still incomplete after 60 s");
        assertThat(socket.aborted).isTrue();
        assertThat(socket.requests).as("asks for nothing more").isEqualTo(6);
        assertThat(messages).isEmpty();
    }

    @Test
    void quietTimeBetweenMessages_doesNotCount() {
        for (int i = 0; i < 3; i++) {
            listener.onBinary(socket, ByteBuffer.allocate(1), false);
            listener.onBinary(socket, ByteBuffer.allocate(1), true);
            now += Duration.ofHours(1).toNanos();
            listener.onPong(socket, ByteBuffer.allocate(0));
        }
        assertThat(ends).isEmpty();
        assertThat(messages).containsExactly("2 bytes", "2 bytes", "2 bytes");
    }

    private final class Recorder implements SocketListener {
        @Override
        public void opened(StreamSocket opened) {}

        @Override
        public boolean message(byte[] message, boolean text) {
            return messages.add(message.length + " bytes");
        }

        @Override
        public boolean invalid(InvalidFrameException invalid) {
            return messages.add("too large");
        }

        @Override
        public void activity() {}

        @Override
        public void closed(StreamException cause) {
            ends.add(cause);
        }
    }

    private static final class FakeSocket implements WebSocket {
        int requests;
        boolean aborted;

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void request(long n) {
            requests++;
        }

        @Override
        public String getSubprotocol() {
            return "";
        }

        @Override
        public boolean isOutputClosed() {
            return aborted;
        }

        @Override
        public boolean isInputClosed() {
            return aborted;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
