package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentTest {
    private static String sent(Transport transport, HttpHeaders headers) throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            transport
                    .send(TransportRequest.get(server.uri("/")).headers(headers).build())
                    .close();
            return Objects.requireNonNull(server.received.poll())
                    .head()
                    .lines()
                    .filter(line -> line.toLowerCase().startsWith("user-agent:"))
                    .reduce("", String::concat);
        }
    }

    @Test
    void default_namesAtlexAndJava() throws Exception {
        assertThat(UserAgent.DEFAULT)
                .matches(
                        "atlex/[0-9][0-9A-Za-z.-]* \\(Java " + Runtime.version().feature() + "\\)");
        assertThat(sent(Transport.jdk(), HttpHeaders.of())).isEqualTo("User-Agent: " + UserAgent.DEFAULT);
    }

    @Test
    void ownProduct_comesFirst() throws Exception {
        Transport transport = JdkTransport.builder()
                .userAgent(" mybot/1.0 (+https://example.com/bot)")
                .build();

        assertThat(sent(transport, HttpHeaders.of()))
                .isEqualTo("User-Agent: mybot/1.0 (+https://example.com/bot) " + UserAgent.DEFAULT);
    }

    @Test
    void headerOfARequest_takesPrecedence() throws Exception {
        assertThat(sent(Transport.jdk(), HttpHeaders.of("User-Agent", "own"))).isEqualTo("User-Agent: own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "bot\r\nX-Evil: 1",
                "bot\nx",
                "bot\u0000",
                "bot\u007f",
                "bot\u0085x",
                "böt/1",
                "bot (",
                "bot )(",
                "(comment)",
            })
    void invalidProduct_isRefused(String products) {
        assertThatThrownBy(() -> JdkTransport.builder().userAgent(products))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("userAgent: expected ")
                .message()
                .doesNotContain("\r", "\n");
    }

    @Test
    void longProduct_isRefused() {
        assertThatThrownBy(() -> UserAgent.of("x".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("userAgent: expected at most 256 characters (got 257)");
    }
}
