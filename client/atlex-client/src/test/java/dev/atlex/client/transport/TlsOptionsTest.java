package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a server with a private certificate, which requires a client certificate. */
class TlsOptionsTest {
    @TempDir
    static Path folder;

    private static HttpsServer server;
    private static Path serverPem;
    private static Path clientStore;
    private static Path clientPem;
    private static Path clientKey;

    @BeforeAll
    static void startServer() throws Exception {
        TestTls tls = new TestTls(folder);
        Path serverStore = tls.key("server");
        clientStore = tls.key("client");
        serverPem = tls.pem("server");
        clientPem = tls.pem("client");
        Key key = KeyStore.getInstance(clientStore.toFile(), TestTls.PASSWORD.toCharArray())
                .getKey("client", TestTls.PASSWORD.toCharArray());
        clientKey = Files.writeString(
                folder.resolve("client-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        server = TestTls.server(TestTls.context(serverStore, List.of(clientStore)), true, exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    private static int status(TlsOptions tls) {
        URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        try (TransportResponse response = JdkTransport.builder()
                .tls(tls)
                .build()
                .send(TransportRequest.get(url).build())) {
            return response.status();
        }
    }

    /** The example of the Javadoc. */
    @Test
    void exampleOfTheJavadoc_namesTheMissingFile() {
        assertThatThrownBy(() -> {
                    TlsOptions tls = TlsOptions.of(o -> o.trust(Path.of("company-ca.pem"))
                            .clientCertificate(Path.of("client.pem"), Path.of("client-key.pem")));
                    Transport transport = JdkTransport.builder().tls(tls).build();
                    assertThat(transport).isNull();
                })
                .hasMessageContaining("company-ca.pem");
    }

    @Test
    void clientCertificateOfPem_isPresented() {
        assertThat(status(TlsOptions.of(o -> o.trust(serverPem).clientCertificate(clientPem, clientKey))))
                .isEqualTo(204);
    }

    @Test
    void clientCertificateOfPkcs12_isPresented() {
        TlsOptions tls =
                TlsOptions.of(o -> o.trust(serverPem).clientCertificate(clientStore, TestTls.PASSWORD.toCharArray()));

        assertThat(status(tls)).isEqualTo(204);
        assertThat(status(tls.toBuilder().systemTrust(false).build())).isEqualTo(204);
        assertThat(tls).hasToString("TlsOptions[trusted=1, systemTrust=true, clientCertificate=true]");
    }

    @Test
    void missingClientCertificate_failsTheRequest() {
        assertThatThrownBy(() -> status(TlsOptions.of(o -> o.trust(serverPem)))).isInstanceOf(TransportException.class);
    }

    @Test
    void untrustedServer_failsTheHandshake() {
        assertThatThrownBy(() -> status(TlsOptions.of(o -> o.clientCertificate(clientPem, clientKey))))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("TLS handshake failed");
    }

    @Test
    void systemTrust_staysUnlessSwitchedOff() throws Exception {
        assertThat(TlsOptions.DEFAULTS.context()).isNotNull();
        assertThat(TlsOptions.of(o -> o.trust(serverPem)).toBuilder().build().trusted())
                .hasSize(1);
    }

    @Test
    void invalidFiles_areNamed() throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        Path odd = Files.writeString(
                folder.resolve("odd.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Path old = Files.writeString(
                folder.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(() -> TlsOptions.of(o -> o.trust(missing)))
                .isInstanceOf(TlsException.class)
                .hasMessage("tls: failed to read " + missing + ": NoSuchFileException");
        assertThatThrownBy(() -> TlsOptions.of(o -> o.trust(empty)))
                .hasMessage("tls: " + empty + " has no PEM block CERTIFICATE");
        assertThatThrownBy(() -> TlsOptions.of(o -> o.trust(odd)))
                .hasMessageStartingWith("tls: invalid certificate in " + odd + ": ");
        assertThatThrownBy(() -> TlsOptions.of(o -> o.clientCertificate(clientPem, clientPem)))
                .hasMessage("tls: " + clientPem + " has no PEM block PRIVATE KEY");
        assertThatThrownBy(() -> TlsOptions.of(o -> o.clientCertificate(clientPem, old)))
                .hasMessageContaining("is of type RSA PRIVATE KEY; convert it with: openssl pkcs8");
    }

    @Test
    void wrongPassword_isReportedWithoutIt() {
        assertThatThrownBy(() -> TlsOptions.of(o -> o.clientCertificate(clientStore, "hunter22".toCharArray())))
                .isInstanceOf(TlsException.class)
                .hasMessageStartingWith("tls: failed to read " + clientStore)
                .message()
                .doesNotContain("hunter22");
    }
}
