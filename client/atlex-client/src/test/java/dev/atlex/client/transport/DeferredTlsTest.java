package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transports without TLS settings of their own, in a JVM whose default context trusts only one private certificate. */
class DeferredTlsTest {
    @TempDir
    static Path folder;

    private static HttpsServer server;
    private static SSLContext trusting;

    @BeforeAll
    static void startServer() throws Exception {
        TestTls tls = new TestTls(folder);
        Path serverStore = tls.key("server");
        Path clientStore = tls.key("client");
        trusting = TestTls.context(clientStore, List.of(serverStore));
        server = TestTls.server(TestTls.context(serverStore, List.of(clientStore)), true, exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    private static int status(Transport transport) {
        URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        try (TransportResponse response =
                transport.send(TransportRequest.get(url).build())) {
            return response.status();
        }
    }

    @Test
    void firstTlsConnection_usesTheJvmsDefaultContext() throws Exception {
        Transport transport = JdkTransport.builder().build();
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(trusting);
        try {
            assertThat(status(transport)).isEqualTo(204);
        } finally {
            SSLContext.setDefault(before);
        }
        assertThat(status(transport)).as("the context stays").isEqualTo(204);
        assertThatThrownBy(() -> status(JdkTransport.builder().build()))
                .as("a new transport asks for the default again")
                .isInstanceOf(TransportException.class);
    }

    @Test
    void protocolsOfTheJvmsSettings_areRespected() {
        String before = System.getProperty("jdk.tls.client.protocols");
        System.setProperty("jdk.tls.client.protocols", "TLSv1.2");
        try {
            assertThat(DeferredTls.context()).isNull();
        } finally {
            if (before == null) {
                System.clearProperty("jdk.tls.client.protocols");
            } else {
                System.setProperty("jdk.tls.client.protocols", before);
            }
        }
    }

    @Test
    void enabledProtocols_areThoseOfTheJdksClient() throws Exception {
        assertThat(DeferredTls.context().getDefaultSSLParameters().getProtocols())
                .containsExactlyInAnyOrder(
                        SSLContext.getDefault().getDefaultSSLParameters().getProtocols());
    }
}
