package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests through real proxies to a TLS server. No system property is set for them. */
class ProxyTest {
    private static final String SECRET = "s3cr3t:@/#p";
    private static final String ENCODED_SECRET = "s3cr3t%3A%40%2F%23p";
    private static final Queue<Headers> RECEIVED = new ConcurrentLinkedQueue<>();
    private static SSLContext tls;
    private static HttpsServer server;

    @BeforeAll
    static void startServer(@TempDir Path folder) throws Exception {
        Path key = new TestTls(folder).key("server");
        tls = TestTls.context(key, List.of(key));
        server = TestTls.server(tls, false, exchange -> {
            RECEIVED.add(exchange.getRequestHeaders());
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        RECEIVED.clear();
    }

    private static URI url(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/xrpc/x?secret=1");
    }

    private static JdkTransport transport(Consumer<ProxyOptions.Builder> proxy) {
        return JdkTransport.builder()
                .sslContext(tls)
                .proxy(ProxyOptions.of(proxy))
                .build();
    }

    private static int get(Transport transport, URI url) {
        try (TransportResponse response =
                transport.send(TransportRequest.get(url).build())) {
            response.readAll();
            return response.status();
        }
    }

    private static ProxyException failure(Transport transport, URI url) {
        ProxyException failure = catchThrowableOfType(ProxyException.class, () -> get(transport, url));
        assertThat(failure).isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(SECRET, ENCODED_SECRET, "secret=1", "Basic ");
        assertThat(failure.requestMayHaveBeenProcessed()).isFalse();
        return failure;
    }

    @Nested
    class WithCredentials {
        @Test
        void httpsRequest_passesThroughATunnel() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                Transport transport = transport(o -> o.url(proxy.url("alice:" + ENCODED_SECRET)));

                assertThat(get(transport, url("localhost"))).isEqualTo(200);
                assertThat(proxy.heads).hasSize(1);
                assertThat(proxy.heads.peek())
                        .startsWith("CONNECT localhost:" + server.getAddress().getPort() + " HTTP/1.1\r\n")
                        .contains("\r\nUser-Agent: " + UserAgent.DEFAULT + "\r\n");
            }
        }

        @Test
        void server_seesNoProxyHeader() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                get(transport(o -> o.url(proxy.url()).credentials("alice", SECRET)), url("localhost"));

                assertThat(RECEIVED.element().keySet())
                        .noneMatch(name -> name.toLowerCase().startsWith("proxy"));
            }
        }

        @Test
        void connections_areReused() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                Transport transport = transport(o -> o.url(proxy.url()).credentials("alice", SECRET));
                get(transport, url("localhost"));
                get(transport, url("localhost"));

                assertThat(RECEIVED).hasSize(2);
                assertThat(proxy.heads).hasSize(1);
            }
        }

        @Test
        void largeBodies_arriveWhole() throws IOException {
            byte[] large = new byte[3_000_000];
            new Random(1).nextBytes(large);
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                Transport transport = transport(o -> o.url(proxy.url()).credentials("alice", SECRET));
                TransportRequest request = TransportRequest.post(url("localhost"))
                        .body(RequestBody.of(large))
                        .build();
                try (TransportResponse response = transport.send(request)) {
                    assertThat(response.readAll()).isEqualTo(large);
                }
            }
        }

        @Test
        void httpRequest_hasTheCredentials() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                Transport transport = transport(o -> o.url(proxy.url()).credentials("alice", SECRET));

                assertThat(get(transport, URI.create("http://pds.test/x"))).isEqualTo(200);
                assertThat(proxy.heads.peek()).startsWith("GET http://pds.test/x HTTP/1.1\r\n");
            }
        }

        @Test
        void wrongPassword_isReportedWithoutIt() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", "other")) {
                Transport transport = transport(o -> o.url(proxy.url()).credentials("alice", SECRET));

                for (URI url : List.of(url("localhost"), URI.create("http://pds.test/x"))) {
                    ProxyException failure = failure(transport, url);
                    assertThat(failure.status()).isEqualTo(407);
                    assertThat(failure.retryable()).isFalse();
                    assertThat(failure)
                            .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port()
                                    + " rejects the user name or password (status 407)");
                }
            }
        }

        @Test
        void relay_refusesOtherPrograms() throws Exception {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                ProxyRoutes routes = new ProxyRoutes(
                        ProxyOptions.of(o -> o.url(proxy.url()).credentials("alice", SECRET)),
                        Duration.ofSeconds(10),
                        UserAgent.DEFAULT);
                InetSocketAddress relay = (InetSocketAddress)
                        routes.select(url("localhost")).get(0).address();
                for (String header : List.of("", "Proxy-Authorization: Atlex-Relay 00\r\n")) {
                    try (Socket other = new Socket(relay.getAddress(), relay.getPort())) {
                        other.getOutputStream()
                                .write(("CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n" + header + "\r\n")
                                        .getBytes(StandardCharsets.ISO_8859_1));
                        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                                .startsWith("HTTP/1.1 403 ");
                    }
                }
                assertThat(proxy.heads).isEmpty();
                routes.close();
            }
        }
    }

    @Nested
    class Failing {
        @Test
        void missingCredentials_areReported() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                assertThat(failure(transport(o -> o.url(proxy.url())), url("localhost")))
                        .hasMessage("GET localhost:" + server.getAddress().getPort() + "/xrpc/x: the proxy 127.0.0.1:"
                                + proxy.port() + " requires a user name and password; set them with"
                                + " JdkTransport.Builder.proxy (status 407)");
            }
        }

        @Test
        void refusedTunnel_isReportedWithItsStatus() throws IOException {
            try (TestProxy proxy = TestProxy.refusing(403)) {
                for (Transport transport : List.of(
                        transport(o -> o.url(proxy.url())), transport(o -> o.url(proxy.url("alice:" + SECRET))))) {
                    ProxyException failure = failure(transport, url("localhost"));
                    assertThat(failure.status()).isEqualTo(403);
                    assertThat(failure).hasMessageContaining("refused to connect to the server (status 403)");
                }
            }
        }

        /** As Tinyproxy does. */
        @Test
        void status401_rejectsTheCredentialsToo() throws IOException {
            try (TestProxy proxy = TestProxy.refusing(401)) {
                ProxyException failure = failure(transport(o -> o.url(proxy.url("alice:" + SECRET))), url("localhost"));
                assertThat(failure.retryable()).isFalse();
                assertThat(failure).hasMessageContaining("rejects the user name or password (status 401)");
            }
        }

        @Test
        void unreachableProxy_isNamed() throws IOException {
            int closed;
            try (ServerSocket socket = new ServerSocket(0)) {
                closed = socket.getLocalPort();
            }
            for (String user : List.of("", "alice:" + SECRET + "@")) {
                ProxyException failure =
                        failure(transport(o -> o.url("http://" + user + "127.0.0.1:" + closed)), url("localhost"));
                assertThat(failure.status()).isZero();
                assertThat(failure.retryable()).isTrue();
                assertThat(failure).hasMessageContaining("could not connect to the proxy 127.0.0.1:" + closed);
            }
        }

        @Test
        void unknownProxy_isNamed() {
            assertThat(failure(transport(o -> o.url("http://proxy.invalid:3128")), url("localhost")))
                    .hasMessageContaining("unknown host of the proxy proxy.invalid:3128");
        }

        /** Servers should not send 407, but a few may. */
        @Test
        void status407WithoutProxy_isAResponse() throws IOException {
            try (RawServer odd = RawServer.responding("HTTP/1.1 407 Odd\r\nContent-Length: 0\r\n\r\n")) {
                assertThat(get(JdkTransport.builder().build(), odd.uri("/"))).isEqualTo(407);
            }
        }
    }

    @Nested
    class Routing {
        @Test
        void noProxy_contactsTheServerDirectly() throws IOException {
            try (TestProxy proxy = TestProxy.open()) {
                JdkTransport transport =
                        transport(o -> o.url(proxy.url("alice:x")).noProxy("localhost"));

                assertThat(get(transport, url("localhost"))).isEqualTo(200);
                assertThat(proxy.heads).isEmpty();
                assertThat(get(transport, url("127.0.0.1"))).isEqualTo(200);
                assertThat(proxy.heads).hasSize(1);
                assertThat(transport.isProxied(url("localhost"))).isFalse();
                assertThat(transport.isProxied(url("127.0.0.1"))).isTrue();
            }
        }

        @Test
        void environment_selectsTheProxy() throws IOException {
            try (TestProxy proxy = TestProxy.authenticating("alice", SECRET)) {
                ProxyOptions options =
                        ProxyOptions.fromEnvironment(Map.of("HTTPS_PROXY", proxy.url("alice:" + ENCODED_SECRET)));
                Transport transport =
                        JdkTransport.builder().sslContext(tls).proxy(options).build();

                assertThat(get(transport, url("localhost"))).isEqualTo(200);
                assertThat(proxy.heads).hasSize(1);
            }
        }

        @Test
        void selector_isStillPossible() throws IOException {
            try (TestProxy proxy = TestProxy.open()) {
                JdkTransport transport = JdkTransport.builder()
                        .sslContext(tls)
                        .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())))
                        .build();

                assertThat(get(transport, url("localhost"))).isEqualTo(200);
                assertThat(proxy.heads).hasSize(1);
                assertThat(transport.isProxied(url("localhost"))).isTrue();
            }
        }

        @Test
        void defaults_useNoProxy() {
            assertThat(Transport.jdk().isProxied(url("localhost"))).isFalse();
            assertThat(transport(o -> {}).isProxied(url("localhost"))).isFalse();
        }
    }
}
