package dev.atlex.testkit.internal.ws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the server's end of a WebSocket, with the bytes of both directions. */
class WebSocketTest {
    private final ByteArrayOutputStream in = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> received = new ArrayList<>();
    private int aborted;

    private final WebSocket.Listener listener = new WebSocket.Listener() {
        @Override
        public void onText(String text) {
            received.add(text);
        }

        @Override
        public void onBinary(byte[] message) {
            received.add("bytes:" + message.length);
        }
    };

    /** Adds a masked frame of the client. */
    private WebSocketTest client(int first, byte[] payload) {
        byte[] mask = {1, 2, 3, 4};
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        in.write(frame.array(), 0, frame.position());
        return this;
    }

    private WebSocketTest client(int first, String payload) {
        return client(first, payload.getBytes(UTF_8));
    }

    private WebSocket socket() {
        return socket("");
    }

    private WebSocket socket(String handshake) {
        return new WebSocket(
                () -> aborted++, new ByteArrayInputStream(in.toByteArray()), out, handshake.getBytes(UTF_8));
    }

    /** Reads all input and returns the frames that were sent: the first byte, and the payload as text. */
    private List<String> read() {
        socket().read(listener);
        return sent();
    }

    private List<String> sent() {
        List<String> frames = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
        while (bytes.hasRemaining()) {
            String first = Integer.toHexString(bytes.get() & 0xff);
            int length = bytes.get();
            length = length == 126 ? bytes.getShort() & 0xffff : length == 127 ? (int) bytes.getLong() : length;
            byte[] payload = new byte[length];
            bytes.get(payload);
            boolean close = first.equals("88") && length >= 2;
            String text = new String(payload, UTF_8);
            frames.add(first + " " + (close ? ByteBuffer.wrap(payload).getShort() + text.substring(2) : text));
        }
        return frames;
    }

    @Test
    @Timeout(30)
    void close_abortsIfTheClientDoesNotRead() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                writing.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("closed");
            }
        };
        WebSocket socket = new WebSocket(ended::countDown, InputStream.nullInputStream(), full, new byte[] {1});
        Thread sender = new Thread(() -> catchThrowable(() -> socket.sendText("x", 0)));
        sender.start();
        writing.await();
        socket.close(1001, "restarting");
        sender.join();
    }

    @Nested
    class Handshakes {
        /** The example of RFC 6455. */
        @Test
        void accept_isThatOfTheRfc() {
            assertThat(Handshake.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }

        @Test
        void request_mustAskForVersion13WithAKey() {
            Map<String, String> good = Map.of(
                    "upgrade", "WebSocket",
                    "connection", "keep-alive, Upgrade",
                    "sec-websocket-version", "13",
                    "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");

            assertThat(Handshake.isUpgrade(good)).isTrue();
            assertThat(Handshake.isSupported(good)).isTrue();
            assertThat(Handshake.isUpgrade(Map.of("upgrade", "websocket"))).isFalse();
            assertThat(Handshake.isSupported(Map.of("sec-websocket-version", "13", "sec-websocket-key", "c2hvcnQ=")))
                    .isFalse();
            assertThat(Handshake.isSupported(Map.of("sec-websocket-version", "13", "sec-websocket-key", "!")))
                    .isFalse();
            assertThat(Handshake.isSupported(Map.of("sec-websocket-version", "8")))
                    .isFalse();
        }

        @Test
        void firstSubprotocol_isAccepted() {
            assertThat(Handshake.response(Map.of("sec-websocket-protocol", "a, b")))
                    .containsEntry("sec-websocket-protocol", "a");
            assertThat(Handshake.response(Map.of())).doesNotContainKey("sec-websocket-protocol");
        }
    }

    @Nested
    class Opening {
        @Test
        void handshake_isWrittenOnceByOpen() throws IOException {
            WebSocket socket = socket("HTTP/1.1 101");
            assertThat(socket.isOpen()).isFalse();
            assertThat(out.size()).isZero();

            socket.open();
            socket.open();

            assertThat(socket.isOpen()).isTrue();
            assertThat(out.toString(UTF_8)).isEqualTo("HTTP/1.1 101");
        }

        @Test
        void handshake_precedesTheFirstFrame() throws IOException {
            WebSocket socket = socket("HTTP/1.1 101");
            socket.sendText("hi", 0);
            socket.open();

            assertThat(socket.isOpen()).isTrue();
            assertThat(out.toString(ISO_8859_1)).isEqualTo("HTTP/1.1 101\u0081\u0002hi");
        }

        @Test
        void reading_completesTheHandshake() {
            client(0x81, "hi");
            socket("HTTP/1.1 101").read(listener);

            assertThat(out.toString(UTF_8)).isEqualTo("HTTP/1.1 101");
            assertThat(received).containsExactly("hi");
        }
    }

    @Nested
    class Reading {
        @Test
        void messages_ofAllSizesArrive() {
            client(0x81, "hi").client(0x82, new byte[200]).client(0x82, new byte[70_000]);

            assertThat(read()).isEmpty();
            assertThat(received).containsExactly("hi", "bytes:200", "bytes:70000");
            assertThat(aborted).isEqualTo(1);
        }

        @Test
        void fragments_areJoinedAroundControlFrames() {
            client(0x01, "one ").client(0x89, "ping").client(0x00, "two ").client(0x80, "three");

            assertThat(read()).containsExactly("8a ping");
            assertThat(received).containsExactly("one two three");
        }

        @Test
        void close_isEchoedWithItsCode() {
            client(0x88, new byte[] {0x03, (byte) 0xe8, 'b', 'y', 'e'}).client(0x81, "too late");

            assertThat(read()).containsExactly("88 1000");
            assertThat(received).isEmpty();
        }

        @Test
        void emptyClose_isEchoed() {
            client(0x88, "");

            assertThat(read()).containsExactly("88 ");
        }

        @ParameterizedTest
        @ValueSource(ints = {0xc1, 0x83, 0x8b, 0x80, 0x09})
        void invalidFirstByte_closesWith1002(int first) {
            client(first, "x");

            assertThat(read()).singleElement().asString().startsWith("88 1002");
        }

        @Test
        void unmaskedFrame_closesWith1002() {
            in.writeBytes(new byte[] {(byte) 0x81, 1, 'x'});

            assertThat(read()).containsExactly("88 1002a client's frame must be masked");
        }

        @Test
        void messageWithinAMessage_closesWith1002() {
            client(0x01, "one").client(0x81, "two");

            assertThat(read()).singleElement().asString().startsWith("88 1002");
        }

        @Test
        void longControlFrame_closesWith1002() {
            client(0x89, new byte[126]);

            assertThat(read()).singleElement().asString().startsWith("88 1002");
        }

        @Test
        void truncatedCloseCode_closesWith1002() {
            client(0x88, "x");

            assertThat(read()).singleElement().asString().startsWith("88 1002");
        }

        @Test
        void invalidText_closesWith1007() {
            client(0x81, new byte[] {(byte) 0xff});

            assertThat(read()).containsExactly("88 1007invalid UTF-8");
        }

        @Test
        void hugeMessage_closesWith1009() {
            client(0x02, new byte[1 << 20]).client(0x80, new byte[1]);
            assertThat(read()).containsExactly("88 1009message too big");

            in.reset();
            out.reset();
            in.writeBytes(new byte[] {(byte) 0x82, (byte) 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0});
            assertThat(read()).containsExactly("88 1009message too big");
        }

        @Test
        void everyTruncation_endsTheConnection() {
            client(0x82, new byte[300]);
            byte[] all = in.toByteArray();
            for (int length = 0; length < all.length; length++) {
                in.reset();
                in.writeBytes(Arrays.copyOf(all, length));
                assertThat(read()).isEmpty();
            }
            assertThat(received).isEmpty();
        }

        @Test
        void silentSocket_answersNothing() {
            client(0x89, "ping").client(0x88, "").client(0x81, "text");
            WebSocket socket = socket();
            socket.silence(true);
            socket.read(listener);

            assertThat(sent()).isEmpty();
            assertThat(received).isEmpty();
        }
    }

    @Nested
    class Sending {
        @Test
        void messages_ofAllSizes() throws IOException {
            WebSocket socket = socket();
            socket.sendText("hi", 0);
            socket.sendBinary(new byte[126], 0);
            socket.sendBinary(new byte[65_536], 0);
            socket.sendBinary(new byte[0], 5);

            assertThat(out.size()).isEqualTo(2 + 2 + 4 + 126 + 10 + 65_536 + 2);
            assertThat(sent()).hasSize(4).first().isEqualTo("81 hi");
        }

        @Test
        void fragments_areFrames() throws IOException {
            socket().sendText("abcdefg", 3);

            assertThat(sent()).containsExactly("1 abc", "0 def", "80 g");
        }

        @Test
        void nothing_isSentAfterClose() {
            WebSocket socket = socket();
            socket.close(1008, "policy");
            socket.close(1000, "again");

            assertThatThrownBy(() -> socket.sendText("late", 0)).isInstanceOf(IOException.class);
            assertThat(sent()).containsExactly("88 1008policy");
        }
    }
}
