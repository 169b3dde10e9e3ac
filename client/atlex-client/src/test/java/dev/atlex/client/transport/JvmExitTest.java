package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program that has made calls ends with its main method: no thread of the library keeps it running. */
class JvmExitTest {
    @Test
    void jvmExitsWhenMainReturns() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OneCall.class.getName(),
                            server.uri("/").toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                assertThat(process.waitFor(30, TimeUnit.SECONDS))
                        .as("JVM has exited")
                        .isTrue();
                assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("ok");
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    static final class OneCall {
        public static void main(String[] args) {
            // The response is neither read nor closed, and even that must not keep the JVM running.
            Transport.jdk().send(TransportRequest.get(URI.create(args[0])).build());
            System.out.print(new String(Transport.jdk()
                    .send(TransportRequest.get(URI.create(args[0])).build())
                    .readAll()));
        }
    }
}
