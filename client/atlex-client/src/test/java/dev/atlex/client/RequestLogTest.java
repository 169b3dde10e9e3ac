package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.DescribeServer;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private static final URI SERVER = URI.create("https://pds.example.com");
    private static final String OK = "{\"did\":\"did:web:pds.example.com\",\"availableUserDomains\":[]}";

    private final Logger logger = Logger.getLogger("dev.atlex.client");
    private final List<String> lines = new ArrayList<>();
    private final Queue<TransportResponse> responses = new ArrayDeque<>();
    private final Transport transport = request -> {
        TransportResponse response = responses.poll();
        if (response == null) {
            throw new TransportException("the server quotes secret-token", null, true);
        }
        return response;
    };
    private final Client client = new Client(ServiceAgent.builder(SERVER)
                    .transport(transport)
                    .headers(HttpHeaders.of("Authorization", "Bearer secret-token"))
                    .build())
            .with(o -> o.retries(r -> r.maxRetries(2).minDelay(Duration.ofMillis(1))));
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " "
                    + new SimpleFormatter().formatMessage(line).replaceAll("in [0-9]+ ms", "in # ms"));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void capture() {
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
    }

    @AfterEach
    void release() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    private static TransportResponse response(int status, HttpHeaders headers, String body) {
        return TransportResponse.of(
                status,
                headers.toBuilder().set("Content-Type", "application/json").build(),
                body.getBytes());
    }

    @Test
    void eachAttempt_isOneLine() {
        responses.add(response(503, HttpHeaders.of(), "{}"));
        responses.add(response(200, HttpHeaders.of("X-Request-Id", "abc-1"), OK));

        client.call(DescribeServer.QUERY);

        assertThat(lines)
                .containsExactly(
                        "FINE GET com.atproto.server.describeServer pds.example.com 503 in # ms, attempt 1",
                        "FINE GET com.atproto.server.describeServer pds.example.com 200 in # ms, attempt 2, request abc-1");
    }

    @Test
    void lostAttempt_isLoggedWithoutMessage() {
        assertThatThrownBy(() -> client.with(o -> o.retries(0)).call(DescribeServer.QUERY))
                .isInstanceOf(XrpcTransportException.class);

        assertThat(lines)
                .containsExactly("FINE GET com.atproto.server.describeServer pds.example.com"
                        + " failed with TransportException in # ms, attempt 1");
    }

    @Test
    void queriesAndLongIds_areNotLogged() {
        responses.add(response(200, HttpHeaders.of("X-Request-Id", "c".repeat(5000)), "{}"));

        Agent.of(SERVER, transport)
                .send(AgentRequest.get("/xrpc/com.example.find?q=private-query"))
                .close();

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).doesNotContain("private-query").hasSizeLessThan(400);
    }

    @Test
    void otherLevels_logNothing() {
        logger.setLevel(Level.INFO);
        responses.add(response(200, HttpHeaders.of(), OK));
        client.call(DescribeServer.QUERY);

        assertThat(lines).isEmpty();
    }
}
