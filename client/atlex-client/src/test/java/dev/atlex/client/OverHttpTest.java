package dev.atlex.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.repo.UploadBlob;
import com.atproto.server.CreateSession;
import com.atproto.server.GetSession;
import com.atproto.sync.GetBlob;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls over a real connection, in cases that depend on it. */
@Timeout(60)
class OverHttpTest {
    private static final String SESSION = "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\",\"x\":\"ü\"}";
    private static final String CID = "bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4";

    /** @param body the bytes as received, before decompression */
    private record Received(String method, String uri, HttpExchange exchange, byte[] body) {
        String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }
    }

    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<HttpHandler> handler = new AtomicReference<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange,
                    exchange.getRequestBody().readAllBytes()));
            handler.get().handle(exchange);
        });
        server.start();
        client = new Client(
                Agent.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void respond(int status, String type, byte[] body, String... headers) {
        handler.set(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private Received only() {
        assertThat(received).hasSize(1);
        return received.get(0);
    }

    @Test
    void compressedResponseIsDecompressed() throws IOException {
        respond(200, "application/json", gzip(SESSION.getBytes(UTF_8)), "Content-Encoding", "gzip");
        GetSession.Output output = client.call(GetSession.QUERY);
        assertThat(output.unknownFields()).hasToString("{x=ü}");
        assertThat(only().header("accept-encoding")).isEqualTo("gzip");
        assertThat(only().header("accept")).isEqualTo("application/json");
        assertThat(only().method()).isEqualTo("GET");
        assertThat(only().header("authorization")).isEqualTo("null");
    }

    @Test
    void compressedErrorIsDecompressed() throws IOException {
        respond(400, "application/json", gzip("{\"error\":\"Nope\"}".getBytes(UTF_8)), "Content-Encoding", "gzip");
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.call(GetSession.QUERY))
                .matches(e -> e.is("Nope"))
                .satisfies(
                        e -> assertThat(e.headers().first("content-encoding")).isNull());
    }

    @Test
    void jsonArrivesUnchanged() {
        respond(400, "application/json", "{\"error\":\"E\"}".getBytes(UTF_8));
        client.attempt(
                Call.of(CreateSession.PROCEDURE, i -> i.identifier("ü \u1F98").password("p")));
        assertThat(new String(only().body(), UTF_8)).isEqualTo("{\"identifier\":\"ü \u1F98\",\"password\":\"p\"}");
        assertThat(only().header("content-type")).isEqualTo("application/json");
        assertThat(only().header("content-length")).isEqualTo(String.valueOf(only().body().length));
    }

    @Test
    void blobIsUploadedWithItsLengthIfKnown(@TempDir Path folder) throws IOException {
        byte[] bytes = new byte[300_000];
        java.util.Arrays.fill(bytes, (byte) 7);
        respond(
                200,
                "application/json",
                ("{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID
                                + "\"},\"mimeType\":\"image/png\",\"size\":300000}}")
                        .getBytes(UTF_8));
        Path file = Files.write(folder.resolve("x"), bytes);
        for (RequestBody body : List.of(
                RequestBody.of(bytes),
                RequestBody.ofFile(file),
                RequestBody.ofStream(new ByteArrayInputStream(bytes)))) {
            received.clear();
            assertThat(client.uploadBlob(body, "image/png").size()).isEqualTo(300_000);
            assertThat(only().body()).isEqualTo(bytes);
            assertThat(only().header("content-type")).isEqualTo("image/png");
            assertThat(only().header("content-length"))
                    .isEqualTo(body.contentLength().isPresent() ? "300000" : "null");
        }
    }

    @Test
    void missingFileIsATransportExceptionWithoutEffect(@TempDir Path folder) {
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(
                        () -> client.call(Call.of(UploadBlob.PROCEDURE, RequestBody.ofFile(folder.resolve("nowhere")))))
                .matches(e -> !e.requestMayHaveBeenProcessed());
        assertThat(received).isEmpty();
    }

    @Test
    void responseWithoutContentCompletesACallWithoutOutput() {
        handler.set(exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        client.call(com.atproto.server.DeleteSession.PROCEDURE);
        assertThat(only().method()).isEqualTo("POST");
        assertThat(only().header("content-length")).isEqualTo("0");
        assertThat(only().header("content-type")).isEqualTo("null");
    }

    @Test
    void redirectOfAQueryIsFollowedButNotOfAProcedure() {
        respond(302, "text/html", new byte[0], "Location", "/elsewhere");
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.call(GetSession.QUERY))
                .withMessageContainingAll("/elsewhere", "loop")
                .matches(e -> e.status() == 302);
        assertThat(received).hasSize(2);
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.call(com.atproto.server.DeleteSession.PROCEDURE))
                .withMessageContainingAll("/elsewhere", "only queries");
        assertThat(received).hasSize(3);
    }

    @Test
    void responseOverTheLimitIsRefused() throws IOException {
        byte[] long5 = ("{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\",\"x\":\"" + "y".repeat(100_000) + "\"}")
                .getBytes(UTF_8);
        Client small = client.with(o -> o.maxResponseBytes(50_000).retries(3));
        respond(200, "application/json", long5);
        assertThatExceptionOfType(XrpcResponseTooLargeException.class)
                .isThrownBy(() -> small.call(GetSession.QUERY))
                .withMessageContainingAll("maxResponseBytes", "50000")
                .withCauseInstanceOf(ResponseTooLargeException.class);
        respond(200, "application/json", gzip(long5), "Content-Encoding", "gzip");
        assertThatExceptionOfType(XrpcResponseTooLargeException.class)
                .isThrownBy(() -> small.call(GetSession.QUERY))
                .withMessageContainingAll("maxResponseBytes", "50000")
                .withCauseInstanceOf(ResponseTooLargeException.class);
        assertThat(received).hasSize(2);
        assertThat(client.call(GetSession.QUERY).did()).hasToString("did:plc:alice");
    }

    @Test
    void streamIsReadAsItArrivesUpToTheLimit() throws IOException {
        respond(200, "image/png", new byte[100_000]);
        Call<?> call = Call.of(GetBlob.QUERY, p -> p.did("did:plc:alice").cid(CID));
        try (TransportResponse response = client.stream(call, CallOptions.DEFAULTS)) {
            assertThat(response.body().readAllBytes()).hasSize(100_000);
        }
        try (TransportResponse response = client.stream(call, CallOptions.of(o -> o.maxResponseBytes(99_999)))) {
            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(ResponseTooLargeException.class);
        }
    }

    @Test
    void silentServerReachesTheTimeLimit() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        hang(over);
        try {
            assertThatExceptionOfType(XrpcTransportException.class)
                    .isThrownBy(() -> client.with(
                                    o -> o.timeout(Duration.ofMillis(300)).retries(3))
                            .call(GetSession.QUERY))
                    .withCauseInstanceOf(TransportTimeoutException.class)
                    .withMessageNotContaining("?");
        } finally {
            over.countDown();
        }
        assertThat(received).hasSize(1);
    }

    @Test
    void unreachableServerIsReportedWithoutTheQuery() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Client anonymous = new Client(Agent.of("http://127.0.0.1:" + port));
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> anonymous.call(
                        GetBlob.QUERY, p -> p.did("did:plc:geheim").cid(CID)))
                .withMessageContaining("/xrpc/com.atproto.sync.getBlob")
                .withMessageNotContaining("geheim")
                .matches(e -> !e.requestMayHaveBeenProcessed() && e.retryable());
    }

    @Test
    void cancelOfAFutureEndsItsExchange() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch arrived = hang(over);
        AtomicReference<XrpcException> failure = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            AsyncClient async = client.async(one);
            CompletableFuture<?> future = async.submit(c -> {
                try {
                    return c.call(GetSession.QUERY);
                } catch (XrpcTransportException e) {
                    failure.set(e);
                    throw e;
                } finally {
                    ended.countDown();
                }
            });
            arrived.await();
            future.cancel(true);
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
            ended.await();
            assertThat(failure.get()).isNotNull();
            assertThat(failure.get().retryable()).isFalse();
            respond(200, "application/json", SESSION.getBytes(UTF_8));
            assertThat(async.call(Call.of(GetSession.QUERY)).get().did()).hasToString("did:plc:alice");
        } finally {
            over.countDown();
            one.shutdownNow();
        }
    }

    /** Delays the response until the latch opens. The returned latch opens when a request arrives. */
    private CountDownLatch hang(CountDownLatch over) {
        CountDownLatch arrived = new CountDownLatch(1);
        handler.set(exchange -> {
            arrived.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return arrived;
    }
}
