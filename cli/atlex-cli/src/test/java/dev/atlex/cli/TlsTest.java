package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that requests fail unless the server has a trusted certificate for its host name. */
class TlsTest {
    private static final int SECONDS = 60;
    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    Path temp;

    private Path right = Path.of("");
    private Path other = Path.of("");

    private record Done(int status, String err) {}

    @BeforeEach
    void makeCertificates() throws Exception {
        right = certificate("right", "dns:localhost");
        other = certificate("other", "dns:other.example");
    }

    private Path certificate(String name, String subject) throws Exception {
        Path file = temp.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + subject,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("keytool").toFile())
                .start();
        assertThat(keytool.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as("%s", Files.readString(temp.resolve("keytool")))
                .isZero();
        return file;
    }

    private static HttpsServer serve(Path certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "{\"error\":\"Hello\",\"message\":\"over TLS\"}".getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Done login(Path served, List<String> trusted) throws Exception {
        HttpsServer server = serve(served);
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(trusted);
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.atlex.cli.Main",
                    "login",
                    "--service",
                    "https://localhost:" + server.getAddress().getPort(),
                    "alice.test",
                    "--store",
                    temp.resolve("store").toString()));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("ATLEX_PASSWORD", Cli.PASSWORD);
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            Path err = temp.resolve("err");
            Process process = builder.redirectError(err.toFile())
                    .redirectOutput(temp.resolve("out").toFile())
                    .start();
            process.getOutputStream().close();
            try {
                assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Done(process.exitValue(), Files.readString(err));
        } finally {
            server.stop(0);
        }
    }

    private static List<String> trust(Path store) {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD,
                "-Djavax.net.ssl.trustStoreType=PKCS12");
    }

    @Test
    void trustedCertificate_isAccepted() throws Exception {
        Done done = login(right, trust(right));
        assertThat(done.err()).startsWith("error: Hello: ");
        assertThat(done.status()).isEqualTo(1);
    }

    @Test
    void certificateForAnotherHost_isRejected() throws Exception {
        Done done = login(other, trust(other));
        assertThat(done.status()).as(done.err()).isEqualTo(4);
        assertThat(done.err()).startsWith("error: Network: ").doesNotContain("Hello");
    }

    @Test
    void untrustedCertificate_isRejected() throws Exception {
        Done done = login(right, trust(other));
        assertThat(done.status()).as(done.err()).isEqualTo(4);
        assertThat(done.err()).startsWith("error: Network: ").doesNotContain("Hello");
        assertThat(login(right, List.of()).status()).isEqualTo(4);
    }
}
