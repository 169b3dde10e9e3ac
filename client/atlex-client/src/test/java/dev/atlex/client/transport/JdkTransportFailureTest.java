package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JdkTransportFailureTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";

    /** A new transport, which has not looked up any host yet. */
    private final Transport transport = JdkTransport.builder().build();

    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void letServersEnd() {
        never.countDown();
    }

    private RawServer hangingAfter(String response) throws IOException {
        return new RawServer((request, out) -> {
            out.write(response.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            never.await();
            return false;
        });
    }

    private static TransportRequest.Builder get(RawServer server) {
        return TransportRequest.get(server.uri("/xrpc/a.b.c?q=s3cret"))
                .headers(HttpHeaders.of("Authorization", "Bearer s3cret"))
                .timeout(SHORT);
    }

    private static void assertIsTimeout(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(TransportTimeoutException.class)
                .hasMessageContainingAll("GET ", "/xrpc/a.b.c", "time limit")
                .hasMessageNotContaining("s3cret");
        assertThat(((TransportException) thrown).requestMayHaveBeenProcessed()).isTrue();
    }

    /** A name is looked up on another thread, an address is not: the limit applies to both. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void silentServerReachesTheTimeLimit(String host) throws Exception {
        for (String response : new String[] {"", "HTTP/1.1 200 OK\r\nContent-"}) {
            try (RawServer server = hangingAfter(response)) {
                assertIsTimeout(catchThrowableOfType(
                        TransportException.class,
                        () -> transport.send(
                                get(server).uri(server.uri(host, "/xrpc/a.b.c")).build())));
            }
        }
    }

    @Test
    void stalledBodyReachesTheTimeLimit() throws Exception {
        String startOfGzip =
                HALF.replace("Content-L", "Content-Encoding: gzip\r\nContent-L").replace("half", "\u001f\u008b\u0008");
        for (String head : new String[] {HALF, startOfGzip}) {
            try (RawServer server = hangingAfter(head)) {
                TransportResponse response = transport.send(get(server).build());
                assertThat(response.status()).isEqualTo(200);
                assertIsTimeout(catchThrowableOfType(TransportException.class, response::readAll));
            }
        }
    }

    /** Each byte arrives in time, so a time limit for a single read would never be reached. */
    @Test
    void tricklingBodyReachesTheTimeLimit() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes());
            do {
                out.write('x');
                out.flush();
            } while (!never.await(20, TimeUnit.MILLISECONDS));
            return false;
        })) {
            TransportResponse response = transport.send(get(server).build());
            assertIsTimeout(catchThrowableOfType(TransportException.class, response::readAll));
        }
    }

    @Test
    void defaultTimeLimitAppliesToRequestsWithoutOne() throws Exception {
        Transport impatient = JdkTransport.builder().defaultTimeout(SHORT).build();
        try (RawServer server = hangingAfter("")) {
            assertIsTimeout(catchThrowableOfType(
                    TransportException.class,
                    () -> impatient.send(get(server).timeout(null).build())));
        }
    }

    @Test
    void infiniteTimeLimitMeansNone() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            TransportRequest patient =
                    get(server).timeout(Duration.ofSeconds(Long.MAX_VALUE)).build();
            assertThat(transport.send(patient).readAll()).hasSize(2);
        }
    }

    /** The caller's stream hangs, which none of the JDK's timeouts covers. */
    @Test
    void hangingRequestBodyReachesTheTimeLimitAndIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream hanging = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (RawServer server = hangingAfter("")) {
            TransportRequest request = TransportRequest.post(server.uri("/"))
                    .body(RequestBody.ofStream(hanging))
                    .timeout(SHORT)
                    .build();
            assertThatThrownBy(() -> transport.send(request)).isInstanceOf(TransportTimeoutException.class);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusedConnectionReportsThatNothingWasSent() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        TransportRequest request = TransportRequest.post(
                        URI.create("http://127.0.0.1:" + port + "/xrpc/a.b.c?q=s3cret"))
                .headers(HttpHeaders.of("Authorization", "Bearer s3cret"))
                .build();

        assertThatThrownBy(() -> transport.send(request))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.requestMayHaveBeenProcessed()).isFalse())
                .hasMessageContainingAll("POST 127.0.0.1:" + port + "/xrpc/a.b.c", "could not connect")
                .hasMessageNotContaining("s3cret");
    }

    /** RFC 6761 reserves the name, so a resolver may refuse it without a query. */
    @Test
    void unknownHostIsReported() {
        TransportRequest request =
                TransportRequest.get(URI.create("http://host.invalid/")).build();
        assertThatThrownBy(() -> transport.send(request))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.requestMayHaveBeenProcessed()).isFalse())
                .hasMessage("GET host.invalid/: unknown host");
    }

    @Test
    void untrustedCertificateReportsThatNothingWasSent(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        String password = "changeit";
        Process keytool = new ProcessBuilder((Path.of(System.getProperty("java.home"), "bin", "keytool")
                                + " -genkeypair -alias a -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1 -storepass "
                                + password
                                + " -keystore " + store)
                        .split(" "))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);

        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        try {
            TransportRequest request = TransportRequest.post(URI.create(
                            "https://127.0.0.1:" + server.getAddress().getPort() + "/"))
                    .build();
            assertThatThrownBy(() -> transport.send(request))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.requestMayHaveBeenProcessed()).isFalse())
                    .hasMessageContainingAll("POST 127.0.0.1:", "TLS handshake failed");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void interruptEndsTheWaitForTheResponseAndStaysSet(String host) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> {
            asked.countDown();
            never.await();
            return false;
        })) {
            assertInterrupted(
                    asked,
                    () -> transport
                            .send(get(server).timeout(Duration.ofSeconds(25)).build())
                            .readAll());
        }
    }

    @Test
    void interruptEndsReadingTheBodyAndStaysSet() throws Exception {
        try (RawServer server = hangingAfter(HALF)) {
            TransportResponse response =
                    transport.send(get(server).timeout(Duration.ofSeconds(25)).build());
            CountDownLatch reading = new CountDownLatch(1);
            assertInterrupted(reading, () -> {
                reading.countDown();
                response.readAll();
            });
        }
    }

    private static void assertInterrupted(CountDownLatch ready, Runnable call) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            assertThatThrownBy(call::run).isInstanceOf(TransportInterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(task);
        thread.start();
        assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
