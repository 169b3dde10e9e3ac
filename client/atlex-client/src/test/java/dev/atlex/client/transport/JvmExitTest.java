package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

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

    @Test
    void abort_leavesOtherClientsOpen() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            JdkTransport supplied = JdkTransport.builder()
                    .httpClient(HttpClient.newHttpClient())
                    .build();
            supplied.abort();
            JdkTransport.shared().abort();

            TransportRequest request = TransportRequest.get(server.uri("/")).build();
            assertThat(supplied.send(request).readAll()).asString().isEqualTo("ok");
            assertThat(JdkTransport.shared().send(request).readAll()).asString().isEqualTo("ok");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "before Java 21, an HttpClient can't be closed")
    void abort_endsTheClientAndKeepsTheThreadsStatus() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            JdkTransport transport = JdkTransport.builder().build();
            TransportRequest request = TransportRequest.get(server.uri("/")).build();
            // A response that is never closed must not keep abort() waiting.
            transport.send(request);

            transport.abort();

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThatThrownBy(() -> transport.send(request)).isInstanceOf(TransportException.class);
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
