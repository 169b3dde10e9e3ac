package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTransportSendingTest {
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final Transport transport = Transport.jdk();

    /** Sends a POST with the body, and returns the request as the server received it. */
    private RawServer.Received post(RequestBody body) throws IOException {
        try (RawServer server = RawServer.responding(EMPTY)) {
            transport
                    .send(TransportRequest.post(server.uri("/xrpc/a.b.c"))
                            .body(body)
                            .timeout(Duration.ofSeconds(20))
                            .build())
                    .readAll();
            return server.received.element();
        }
    }

    private static String lower(RawServer.Received request) {
        return request.head().toLowerCase(Locale.ROOT);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void hugeTimeoutsMeanNoLimit() throws Exception {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        Transport patient =
                JdkTransport.builder().connectTimeout(huge).defaultTimeout(huge).build();
        try (RawServer server = RawServer.responding(EMPTY)) {
            patient.send(TransportRequest.get(server.uri("/")).build()).close();
            patient.send(TransportRequest.get(server.uri("/")).timeout(huge).build())
                    .close();
            assertThat(server.received).hasSize(2);
        }
    }

    @Test
    void getSendsItsHeadersAndAsksForGzip() throws Exception {
        try (RawServer server = RawServer.responding(EMPTY)) {
            TransportResponse response = transport.send(TransportRequest.get(server.uri("/xrpc/a.b.c?x=1&x=%C3%A4"))
                    .headers(HttpHeaders.of("Authorization", "Bearer t", "X-Two", "1", "X-Two", "2"))
                    .build());

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.readAll()).isEmpty();
            String head = server.received.element().head();
            assertThat(head).startsWith("GET /xrpc/a.b.c?x=1&x=%C3%A4 HTTP/1.1\r\n");
            assertThat(head.toLowerCase(Locale.ROOT))
                    .contains(
                            "authorization: bearer t\r\n", "x-two: 1\r\n", "x-two: 2\r\n", "accept-encoding: gzip\r\n")
                    .doesNotContain("content-length: 1", "content-type", "transfer-encoding", "upgrade");
        }
    }

    @Test
    void callersAcceptEncodingReplacesTheDefault() throws Exception {
        try (RawServer server = RawServer.responding(EMPTY)) {
            transport
                    .send(TransportRequest.get(server.uri("/"))
                            .headers(HttpHeaders.of("accept-encoding", "identity"))
                            .build())
                    .close();
            assertThat(lower(server.received.element()))
                    .contains("accept-encoding: identity\r\n")
                    .doesNotContain("gzip");
        }
    }

    @Test
    void postWithoutBodyHasLengthZeroAndNoType() throws Exception {
        try (RawServer server = RawServer.responding(EMPTY)) {
            transport.send(TransportRequest.post(server.uri("/")).build()).close();
            assertThat(lower(server.received.element()))
                    .contains("content-length: 0\r\n")
                    .doesNotContain("content-type", "transfer-encoding");
        }
    }

    @Test
    void bytesOfKnownLengthAreSentWithContentLength(@TempDir Path folder) throws Exception {
        byte[] bytes = random(100_000);
        Path file = Files.write(folder.resolve("f"), bytes);

        for (RequestBody body : new RequestBody[] {
            RequestBody.of(bytes),
            RequestBody.ofFile(file),
            RequestBody.ofSupplier(() -> new ByteArrayInputStream(bytes), bytes.length)
        }) {
            RawServer.Received request = post(body);
            assertThat(request.body()).isEqualTo(bytes);
            assertThat(lower(request)).contains("content-length: 100000\r\n").doesNotContain("transfer-encoding");
        }
    }

    @Test
    void streamOfUnknownLengthIsSentInChunks() throws Exception {
        byte[] bytes = random(100_000);
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream = new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        RawServer.Received request = post(RequestBody.ofStream(stream));

        assertThat(request.body()).isEqualTo(bytes);
        assertThat(lower(request)).contains("transfer-encoding: chunked\r\n").doesNotContain("content-length");
        assertThat(closed).isTrue();
    }

    @Test
    void emptyBodiesAreSentEmpty(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("f"));
        for (RequestBody body : new RequestBody[] {
            RequestBody.of(""), RequestBody.ofFile(file), RequestBody.ofStream(InputStream.nullInputStream())
        }) {
            assertThat(post(body).body()).isEmpty();
        }
    }

    /** The JDK's own publisher mistakes the failure for the end, and uploads half of the picture. */
    @Test
    void failingStreamFailsTheCallWithItsCause() {
        IOException failure = new IOException("disk gone");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
        for (RequestBody body : new RequestBody[] {
            RequestBody.ofStream(new SequenceInputStream(new ByteArrayInputStream(random(50_000)), failing)),
            RequestBody.ofSupplier(() -> failing, 100_000)
        }) {
            assertThatThrownBy(() -> post(body))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContainingAll("body of the request", "disk gone", "/xrpc/a.b.c")
                    .hasCause(failure);
        }
    }

    @Test
    void errorInTheStreamFailsTheCallImmediately() {
        Error failure = new AssertionError("a mistake");
        for (RequestBody body : new RequestBody[] {
            RequestBody.ofSupplier(
                    () -> {
                        throw failure;
                    },
                    10),
            RequestBody.ofStream(new InputStream() {
                @Override
                public int read() {
                    throw failure;
                }

                @Override
                public void close() {
                    throw new IllegalStateException("and can't be closed");
                }
            })
        }) {
            assertThatThrownBy(() -> post(body))
                    .isInstanceOf(TransportException.class)
                    .hasCause(failure);
        }
    }

    @Test
    void blockedUploadsDoNotDelayOtherCalls() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<InputStream> stream = new CompletableFuture<>();
        RequestBody waiting = RequestBody.ofSupplier(
                () -> {
                    reading.countDown();
                    return stream.join();
                },
                1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (RawServer server = RawServer.responding(EMPTY)) {
            JdkTransport transport = JdkTransport.builder()
                    .executor(executor)
                    .defaultTimeout(Duration.ofSeconds(20))
                    .build();
            Future<TransportResponse> upload = caller.submit(() -> transport.send(
                    TransportRequest.post(server.uri("/slow")).body(waiting).build()));
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            transport.send(TransportRequest.get(server.uri("/quick")).build()).readAll();
            assertThat(upload).isNotDone();
            stream.complete(new ByteArrayInputStream(new byte[1]));
            assertThat(upload.get().status()).isEqualTo(200);
        } finally {
            caller.shutdownNow();
            executor.shutdownNow();
        }
    }

    @Test
    void streamOfAnotherLengthThanDeclaredFailsTheCall() {
        assertThatThrownBy(() -> post(RequestBody.ofSupplier(() -> new ByteArrayInputStream(random(40_000)), 30_000)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("more than the 30000 bytes");
        assertThatThrownBy(() -> post(RequestBody.ofSupplier(() -> new ByteArrayInputStream(random(40_000)), 50_000)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("40000 bytes instead of the declared 50000");
    }

    @Test
    void missingFileFailsTheCallBeforeAnythingIsSent(@TempDir Path folder) {
        assertThatThrownBy(() -> post(RequestBody.ofFile(folder.resolve("absent"))))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.requestMayHaveBeenProcessed()).isFalse())
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void streamCanNotBeSentTwice() throws Exception {
        RequestBody body = RequestBody.ofStream(new ByteArrayInputStream(random(10)));
        post(body);
        assertThatThrownBy(() -> post(body))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("only once");
    }

    @Test
    void connectionIsReusedForConsecutiveCalls() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\nhello")) {
            for (int i = 0; i < 5; i++) {
                TransportResponse response =
                        transport.send(TransportRequest.post(server.uri("/")).build());
                assertThat(response.status()).isEqualTo(401);
                assertThat(response.readAll()).hasSize(5);
            }
            assertThat(server.connections).hasValue(1);
        }
    }

    /** Simulates a server that closes an idle connection just as the next request is sent. */
    @Test
    void getOnAClosedIdleConnectionIsRepeatedButPostIsNot() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            if (request.connection() == 1 && request.head().contains("/second")) {
                return false;
            }
            out.write(EMPTY.getBytes());
            return true;
        })) {
            transport.send(TransportRequest.get(server.uri("/first")).build()).readAll();
            transport.send(TransportRequest.get(server.uri("/second")).build()).readAll();
            assertThat(server.connections).hasValue(2);
            assertThat(server.received).hasSize(3);
        }
        try (RawServer server = new RawServer((request, out) -> false)) {
            assertThatThrownBy(() -> transport.send(
                            TransportRequest.post(server.uri("/")).build()))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.requestMayHaveBeenProcessed()).isTrue());
            assertThat(server.received).hasSize(1);
        }
    }

    @Test
    void redirectIsReturnedToTheCaller() throws Exception {
        try (RawServer server =
                RawServer.responding("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")) {
            TransportResponse response =
                    transport.send(TransportRequest.get(server.uri("/")).build());
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.headers().first("location")).isEqualTo("/elsewhere");
            response.readAll();
            assertThat(server.received).hasSize(1);
        }
    }

    @Test
    void unsuitableHttpClientIsRefused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> JdkTransport.builder().httpClient(following))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdkTransport.builder()
                        .httpClient(HttpClient.newHttpClient())
                        .connectTimeout(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void existingClientIsUsed() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try (RawServer server = RawServer.responding(EMPTY)) {
            HttpClient client = HttpClient.newBuilder().executor(executor).build();
            JdkTransport.builder()
                    .httpClient(client)
                    .build()
                    .send(TransportRequest.get(server.uri("/")).build())
                    .readAll();
            assertThat(((java.util.concurrent.ThreadPoolExecutor) executor).getLargestPoolSize())
                    .isPositive();
        } finally {
            executor.shutdownNow();
        }
    }

    /** The start looks up the host, which would block all other calls on that executor. */
    @Test
    void callDoesNotStartOnTheGivenExecutor() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Set<Thread> givers = ConcurrentHashMap.newKeySet();
        try (RawServer server = RawServer.responding(EMPTY)) {
            JdkTransport transport = JdkTransport.builder()
                    .executor(task -> {
                        givers.add(Thread.currentThread());
                        executor.execute(task);
                    })
                    .build();
            URI named = URI.create("http://localhost:" + server.uri("/").getPort());
            transport.send(TransportRequest.get(named).build()).readAll();
            assertThat(givers).isNotEmpty().doesNotContain(Thread.currentThread());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void manyThreadsShareATransport() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(64);
        try (RawServer server = new RawServer((request, out) -> {
            byte[] echo = request.body();
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + echo.length + "\r\n\r\n").getBytes());
            out.write(echo);
            return true;
        })) {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < 640; i++) {
                byte[] sent = random(1000 + i * 100);
                calls.add(() -> {
                    assertThat(transport
                                    .send(TransportRequest.post(server.uri("/"))
                                            .body(RequestBody.of(sent))
                                            .build())
                                    .readAll())
                            .isEqualTo(sent);
                    return null;
                });
            }
            for (Future<Void> call : callers.invokeAll(calls)) {
                call.get();
            }
            assertThat(server.received).hasSize(640);
            assertThat(server.connections.get())
                    .as("connections, most of them reused")
                    .isLessThan(320);
        } finally {
            callers.shutdownNow();
        }
    }
}
