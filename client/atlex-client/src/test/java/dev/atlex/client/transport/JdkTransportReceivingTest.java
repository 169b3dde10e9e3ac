package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkTransportReceivingTest {
    private static final byte[] TEXT =
            "{\"feed\":[\"grüße an alle\"]}".repeat(5000).getBytes(StandardCharsets.UTF_8);

    private final Transport transport = Transport.jdk();

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static RawServer serving(String headers, byte[] body, boolean keepAlive) throws IOException {
        return new RawServer((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + headers + "\r\n").getBytes());
            out.write(body);
            return keepAlive;
        });
    }

    private static RawServer serving(String headers, byte[] body) throws IOException {
        return serving(headers + "Content-Length: " + body.length + "\r\n", body, true);
    }

    private static TransportRequest.Builder get(RawServer server) {
        return TransportRequest.get(server.uri("/xrpc/a.b.c?q=s3cret")).timeout(Duration.ofSeconds(20));
    }

    private TransportResponse send(RawServer server) {
        return transport.send(get(server).build());
    }

    @Test
    void plainBodyIsReadWithItsHeaders() throws Exception {
        try (RawServer server = serving("X-A: 1\r\nx-a: 2\r\n", TEXT)) {
            TransportResponse response = send(server);
            assertThat(response.headers().all("X-A")).containsExactly("1", "2");
            assertThat(response.headers().first("content-length")).isEqualTo("" + TEXT.length);
            assertThat(response.readAll()).isEqualTo(TEXT);
        }
    }

    /** Far more than the window that may arrive ahead of the reader. */
    @Test
    void longBodyIsReadAtOnceOrInPieces() throws Exception {
        byte[] body = new byte[5 << 20];
        new Random(7).nextBytes(body);
        try (RawServer server = serving("", body)) {
            assertThat(send(server).readAll()).isEqualTo(body);
            try (TransportResponse response = send(server)) {
                assertThat(response.body().readNBytes(700_001)).isEqualTo(Arrays.copyOf(body, 700_001));
                assertThat(response.body().readAllBytes()).isEqualTo(Arrays.copyOfRange(body, 700_001, body.length));
            }
            assertThat(send(server).readAll()).isEqualTo(body);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void chunkedBodyIsRead() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int at = 0; at < TEXT.length; at += 1000) {
            int size = Math.min(1000, TEXT.length - at);
            body.write((Integer.toHexString(size) + "\r\n").getBytes());
            body.write(TEXT, at, size);
            body.write("\r\n".getBytes());
        }
        body.write("0\r\n\r\n".getBytes());
        try (RawServer server = serving("Transfer-Encoding: chunked\r\n", body.toByteArray(), true)) {
            assertThat(send(server).readAll()).isEqualTo(TEXT);
            assertThat(send(server).readAll()).isEqualTo(TEXT);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void bodyDelimitedByConnectionCloseIsRead() throws Exception {
        try (RawServer server = serving("", TEXT, false)) {
            assertThat(send(server).readAll()).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
    void gzipIsDecompressedAndItsHeadersRemoved(String encoding) throws Exception {
        try (RawServer server = serving("Content-Encoding: " + encoding + "\r\nX-A: 1\r\n", gzip(TEXT))) {
            for (int i = 0; i < 2; i++) {
                TransportResponse response = send(server);
                assertThat(response.headers().names()).containsExactly("x-a");
                assertThat(response.readAll()).isEqualTo(TEXT);
            }
            assertThat(server.connections).as("kept alive").hasValue(1);
        }
    }

    @Test
    void otherEncodingsAreLeftToTheCaller() throws Exception {
        try (RawServer server = serving("Content-Encoding: br\r\n", TEXT)) {
            TransportResponse response = send(server);
            assertThat(response.headers().first("content-encoding")).isEqualTo("br");
            assertThat(response.readAll()).isEqualTo(TEXT);
        }
    }

    /** 160 KB of such members overflowed the stack. */
    @Test
    void manyEmptyMembersAreAnError() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        byte[] empty = gzip(new byte[0]);
        for (int i = 0; i < 8000; i++) {
            members.write(empty);
        }
        try (RawServer server = serving("Content-Encoding: gzip\r\n", members.toByteArray())) {
            assertThatThrownBy(() -> send(server).readAll())
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("empty members");
            try (InputStream body = send(server).body()) {
                assertThatThrownBy(body::read).isInstanceOf(TransportException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", "identity, gzip", " gzip ,identity"})
    void identityCodingIsIgnored(String coding) throws Exception {
        byte[] body = coding.contains("gzip") ? gzip(TEXT) : TEXT;
        try (RawServer server = serving("Content-Encoding: " + coding + "\r\n", body)) {
            TransportResponse response = send(server);
            assertThat(response.headers().first("content-encoding")).isNull();
            assertThat(response.readAll()).isEqualTo(TEXT);
        }
    }

    @Test
    void doubleCodingIsLeftToTheCaller() throws Exception {
        try (RawServer server = serving("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", gzip(gzip(TEXT)))) {
            TransportResponse response = send(server);
            assertThat(response.headers().all("content-encoding")).containsExactly("gzip", "gzip");
        }
    }

    @Test
    void emptyBodyDeclaredAsGzipIsEmpty() throws Exception {
        try (RawServer server = serving("Content-Encoding: gzip\r\n", new byte[0])) {
            assertThat(send(server).readAll()).isEmpty();
        }
    }

    @Test
    void errorThatClaimsToBeGzipIsRead() throws Exception {
        for (byte[] body : new byte[][] {TEXT, gzip(TEXT)}) {
            try (RawServer server = new RawServer((request, out) -> {
                out.write(("HTTP/1.1 502 Bad Gateway\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes());
                out.write(body);
                return true;
            })) {
                assertThat(send(server).readAll()).isEqualTo(TEXT);
            }
        }
    }

    /** The second member is sent only when the reader waits for it. The pause must not count as the end. */
    @Test
    void gzipOfTwoMembersIsReadCompletely() throws Exception {
        CountDownLatch waited = new CountDownLatch(1);
        byte[] member = gzip(TEXT);
        try (RawServer server = new RawServer((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + member.length * 2 + "\r\n\r\n")
                    .getBytes());
            out.write(member);
            out.flush();
            waited.await();
            out.write(member);
            return true;
        })) {
            try (InputStream body = send(server).body()) {
                assertThat(body.readNBytes(TEXT.length)).isEqualTo(TEXT);
                FutureTask<byte[]> rest = new FutureTask<>(body::readAllBytes);
                Thread reader = new Thread(rest);
                reader.start();
                while (!rest.isDone() && reader.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                waited.countDown();
                assertThat(rest.get(20, TimeUnit.SECONDS)).isEqualTo(TEXT);
            }
        }
    }

    @Test
    void truncatedGzipIsAnError() throws Exception {
        byte[] whole = gzip(TEXT);
        for (int length : new int[] {5, whole.length / 2, whole.length - 4}) {
            try (RawServer server = serving("Content-Encoding: gzip\r\n", Arrays.copyOf(whole, length))) {
                assertThatThrownBy(() -> send(server).readAll())
                        .isInstanceOf(TransportException.class)
                        .hasMessageContainingAll("GET 127.0.0.1:", "/xrpc/a.b.c", "gzip", "ends early")
                        .hasMessageNotContaining("s3cret");
            }
        }
    }

    @Test
    void corruptGzipIsAnError() throws Exception {
        byte[] corrupt = gzip(TEXT);
        corrupt[corrupt.length - 5] ^= 1;
        for (byte[] body : new byte[][] {corrupt, TEXT}) {
            try (RawServer server = serving("Content-Encoding: gzip\r\n", body)) {
                assertThatThrownBy(() -> send(server).readAll())
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("gzip stream of the response is invalid: ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 100\r\n\r\n{\"half\":", "Transfer-Encoding: chunked\r\n\r\n64\r\n{\"half\":"})
    void truncatedBodyIsAnError(String rest) throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + rest).getBytes());
            return false;
        })) {
            // If the JDK sees the end before it returns the response, send fails instead.
            assertThatThrownBy(() -> send(server).readAll())
                    .isInstanceOf(TransportException.class)
                    .hasMessageContainingAll("GET 127.0.0.1:", "/xrpc/a.b.c")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void bodyIsLimitedToMaxResponseBytes() throws Exception {
        String chunked = Integer.toHexString(TEXT.length) + "\r\n" + new String(TEXT, StandardCharsets.ISO_8859_1)
                + "\r\n0\r\n\r\n";
        try (RawServer plain = serving("", TEXT);
                RawServer unannounced =
                        serving("Transfer-Encoding: chunked\r\n", chunked.getBytes(StandardCharsets.ISO_8859_1), true);
                RawServer gzipped = serving("Content-Encoding: gzip\r\n", gzip(TEXT))) {
            for (RawServer server : new RawServer[] {plain, unannounced, gzipped}) {
                assertThat(transport
                                .send(get(server).maxResponseBytes(TEXT.length).build())
                                .readAll())
                        .isEqualTo(TEXT);
                TransportRequest bounded =
                        get(server).maxResponseBytes(TEXT.length - 1).build();
                assertThatThrownBy(() -> transport.send(bounded).readAll())
                        .isInstanceOfSatisfying(
                                ResponseTooLargeException.class,
                                e -> assertThat(e.maxResponseBytes()).isEqualTo(TEXT.length - 1))
                        .hasMessageContaining("more than " + (TEXT.length - 1) + " bytes");
            }
        }
    }

    @Test
    void compressionBombIsStoppedAtTheLimit() throws Exception {
        try (RawServer server = serving("Content-Encoding: gzip\r\n", gzip(new byte[50 << 20]))) {
            try (InputStream body = transport
                    .send(get(server).maxResponseBytes(100_000).build())
                    .body()) {
                assertThat(body.readNBytes(100_000)).hasSize(100_000);
                assertThatThrownBy(body::read).isInstanceOf(ResponseTooLargeException.class);
                assertThatThrownBy(body::read).isInstanceOf(IOException.class);
            }
        }
    }

    /** 64 MiB through a much smaller window: bytes beyond it must stay with the server until the reader requests them. */
    @Test
    void largeBodyIsStreamedAtTheReadersPace() throws Exception {
        int chunk = 1 << 16;
        int chunks = 1024;
        CountDownLatch allSent = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + chunk * chunks + "\r\n\r\n").getBytes());
            for (int i = 0; i < chunks; i++) {
                out.write(numbered(i, chunk));
            }
            allSent.countDown();
            return true;
        })) {
            TransportRequest request =
                    get(server).maxResponseBytes(Long.MAX_VALUE).build();
            try (InputStream body = transport.send(request).body()) {
                assertThat(allSent.await(1, TimeUnit.SECONDS))
                        .as("bytes received without a reader")
                        .isFalse();
                for (int i = 0; i < chunks; i++) {
                    assertThat(Arrays.equals(body.readNBytes(chunk), numbered(i, chunk)))
                            .as("chunk %s", i)
                            .isTrue();
                }
                assertThat(body.read()).isEqualTo(-1);
            }
        }
    }

    private static byte[] numbered(int number, int size) {
        return ByteBuffer.allocate(size).putInt(number).putInt(size - 4, number).array();
    }

    /** The connection must not stay busy with a discarded body. */
    @Test
    void closingAnUnreadBodyClosesItsConnection() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes());
            byte[] bytes = new byte[1 << 16];
            try {
                for (int i = 0; i < 10_000; i++) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                refused.countDown();
            }
            return false;
        })) {
            TransportResponse response =
                    transport.send(get(server).maxResponseBytes(Long.MAX_VALUE).build());
            response.close();
            assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> response.body().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void nonHttpResponseIsAnError() throws Exception {
        try (RawServer server = RawServer.responding("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            assertThatThrownBy(() -> send(server))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("GET 127.0.0.1:");
        }
    }
}
