package dev.atlex.streams.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamRefusedException;
import dev.atlex.streams.StreamServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that violate HTTP or WebSocket. Each connection ends, once and in time, with a typed exception of one short
 * line, and the client closes the socket.
 */
@Timeout(60)
class HostileServerTest {
    private static final String ESCAPES = "\u001b[2J\r\n\u0085\u202eforged";

    /** What the server does after it has read the request. */
    enum Attack {
        NOT_HTTP("can't connect", c -> c.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
        ENDLESS_HEADERS("can't connect", c -> {
            c.raw("HTTP/1.1 101 Switching Protocols\r\n");
            while (true) {
                c.raw("X-Padding: " + "x".repeat(10_000) + "\r\n");
            }
        }),
        ENDLESS_REFUSAL("took longer than", c -> {
            c.raw("HTTP/1.1 503 Busy\r\nContent-Length: 1000000000\r\n\r\n");
            c.raw("x".repeat(1000));
        }),
        ENDLESS_CHUNKS("took longer than", c -> {
            c.raw("HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n");
            c.raw("4\r\nxxxx\r\n");
        }),
        SILENT_HANDSHAKE("can't connect", c -> {}),
        REDIRECT_TO_HTTP(
                "302",
                c -> c.raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n" + "Content-Length: 0\r\n\r\n")),
        REDIRECT_LOOP("307", c -> c.raw("HTTP/1.1 307 Again\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")),
        OK_INSTEAD_OF_UPGRADE("200", c -> c.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")),
        REFUSAL_WITH_ESCAPES(
                "503",
                c -> c.raw("HTTP/1.1 503 Busy\r\nContent-Length: 60\r\n\r\n"
                        + String.format(
                                "%-60s", "{\"error\":\"\\u001b[2J\\nforged\",\"message\":\"\\u001b]0;x\\u0007\"}"))),
        NO_ACCEPT("Sec-WebSocket-Accept", c -> c.raw(switching(""))),
        WRONG_ACCEPT("Sec-WebSocket-Accept", c -> c.raw(switching("Sec-WebSocket-Accept: AAAA\r\n"))),
        TWO_ACCEPTS(
                "Sec-WebSocket-Accept",
                c -> c.raw(switching(
                        "Sec-WebSocket-Accept: " + c.accept() + "\r\nSec-WebSocket-Accept: " + c.accept() + "\r\n"))),
        WRONG_SUBPROTOCOL(
                "subprotocol",
                c -> c.raw(switching("Sec-WebSocket-Accept: " + c.accept() + "\r\nSec-WebSocket-Protocol: evil\r\n"))),
        EXTENSION_NOT_OFFERED(
                "Extensions",
                c -> c.raw(switching("Sec-WebSocket-Accept: " + c.accept()
                        + "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"))),

        CLOSE_WITH_ESCAPES("4000", c -> open(c).close(4000, ESCAPES)),
        CLOSE_WITHOUT_CODE("closed the connection", c -> open(c).frame(0x88, new byte[0])),
        CLOSE_WITH_HALF_A_CODE("connection was lost", c -> open(c).frame(0x88, new byte[] {3})),
        CLOSE_WITH_CODE_0("connection was lost", c -> open(c).close(0, "")),
        CLOSE_WITH_CODE_65535("", c -> open(c).close(65535, "")),
        CLOSE_WITH_RESERVED_CODE("connection was lost", c -> open(c).close(1005, "")),
        CLOSE_WITH_INVALID_UTF8("connection was lost", c -> open(c).raw("\u0088\u0003\u0003\u00e8\u00ff")),
        LONG_CONTROL_FRAME("connection was lost", c -> open(c).raw("\u0089\u007e\u0000\u007e" + "x".repeat(126))),
        FRAGMENTED_PING("connection was lost", c -> open(c).raw("\u0009\u0000")),
        MASKED_FRAME("connection was lost", c -> open(c).raw("\u0082\u0081\u0000\u0000\u0000\u0000x")),
        RESERVED_BITS("connection was lost", c -> open(c).raw("\u00f2\u0001x")),
        UNKNOWN_OPCODE("connection was lost", c -> open(c).raw("\u0083\u0001x")),
        NEGATIVE_LENGTH(
                "connection was lost",
                c -> open(c).raw("\u0082\u007f\u00ff\u0000\u0000\u0000\u0000\u0000\u0000\u0000")),
        CONTINUATION_OF_NOTHING("connection was lost", c -> open(c).frame(0x80, new byte[] {1})),
        MESSAGE_IN_A_MESSAGE("connection was lost", c -> {
            open(c).frame(0x02, new byte[] {1});
            c.frame(0x82, new byte[] {2});
        }),
        INVALID_UTF8("connection was lost", c -> open(c).frame(0x81, new byte[] {'{', (byte) 0xff, '}'})),
        TRUNCATED_UTF8("connection was lost", c -> open(c).frame(0x81, new byte[] {'{', (byte) 0xc3})),
        HALF_A_SURROGATE_PAIR(
                "connection was lost", c -> open(c).frame(0x81, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));

        private final String problem;
        private final Script script;

        Attack(String problem, Script script) {
            this.problem = problem;
            this.script = script;
        }

        private static String switching(String headers) {
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + headers
                    + "\r\n";
        }

        private static StreamServer.Connection open(StreamServer.Connection connection) throws Exception {
            connection.open();
            return connection;
        }

        /** Java's HTTP client never closes a connection whose response it can't parse, not even for a plain request. */
        boolean isLeftOpenByTheJdk() {
            return this == NOT_HTTP || this == ENDLESS_HEADERS;
        }

        /** Returns whether only a time limit ends the connection. */
        boolean isSlow() {
            return this == ENDLESS_REFUSAL || this == ENDLESS_CHUNKS || this == SILENT_HANDSHAKE;
        }
    }

    private interface Script {
        void run(StreamServer.Connection connection) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void connection_endsWithAShortTypedException(Attack attack) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        RecordingListener events = new RecordingListener();
        try (StreamServer server = new StreamServer((connection, number) -> {
            try {
                attack.script.run(connection);
                connection.awaitEnd();
            } finally {
                closed.countDown();
            }
        })) {
            Duration timeout = attack.isSlow() ? Duration.ofMillis(300) : Duration.ofSeconds(20);
            new JdkSockets(JdkTransport.shared(), "com.example.subscribe", timeout)
                    .connect(URI.create(server.url()), List.of("xrpc.v1.json"), events, events.ends::add);

            StreamException cause = events.ends.take();
            assertThat(cause.getMessage())
                    .contains(attack.problem)
                    .hasSizeLessThan(1000)
                    .matches(text -> text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202e'));
            assertThat(cause instanceof StreamRefusedException)
                    .as("refusal")
                    .isEqualTo(attack.problem.matches("\\d{3}"));
            if (!attack.isLeftOpenByTheJdk()) {
                assertThat(closed.await(30, TimeUnit.SECONDS))
                        .as("client closes the socket")
                        .isTrue();
            }
            assertThat(events.ends).as("ends only once").isEmpty();
        }
    }
}
