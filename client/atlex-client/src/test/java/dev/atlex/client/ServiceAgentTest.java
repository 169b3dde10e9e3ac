package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.atproto.server.GetSession;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent for one server, without a session. */
class ServiceAgentTest {
    private final List<TransportRequest> requests = new ArrayList<>();
    private final Transport transport = request -> {
        requests.add(request);
        return TransportResponse.of(
                200,
                HttpHeaders.of("content-type", "application/json"),
                "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}".getBytes());
    };

    private TransportRequest send(Agent agent, AgentRequest request) {
        agent.send(request).close();
        return requests.get(requests.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://pds.example.com,https://pds.example.com/xrpc/a.b.c?x=1",
        "https://pds.example.com/,https://pds.example.com/xrpc/a.b.c?x=1",
        "HTTP://localhost:2583/some/path?q#f,HTTP://localhost:2583/xrpc/a.b.c?x=1",
        "http://[::1]:80,http://[::1]:80/xrpc/a.b.c?x=1"
    })
    void requestsGoToTheRootOfTheService(String service, String uri) {
        Agent agent = Agent.of(URI.create(service), transport);
        assertThat(send(agent, AgentRequest.get("/xrpc/a.b.c?x=1")).uri()).hasToString(uri);
        assertThat(agent.did()).isNull();
    }

    @Test
    void requestIsPassedOnCompletely() {
        RequestBody body = RequestBody.of("x");
        AgentRequest request = AgentRequest.post("/xrpc/a", body)
                .withHeaders(HttpHeaders.of("X-A", "1"))
                .withTimeout(Duration.ofSeconds(3))
                .withMaxResponseBytes(77);
        TransportRequest sent = send(Agent.of(URI.create("https://pds.test"), transport), request);
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.headers()).isEqualTo(HttpHeaders.of("X-A", "1"));
        assertThat(sent.body()).isSameAs(body);
        assertThat(sent.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(sent.maxResponseBytes()).isEqualTo(77);
        assertThat(send(Agent.of(URI.create("https://pds.test"), transport), AgentRequest.get("/xrpc/a"))
                        .method())
                .isEqualTo("GET");
    }

    @Test
    void headersOfTheRequestOverrideTheAgents() {
        ServiceAgent agent = ServiceAgent.builder(URI.create("https://pds.test"))
                .transport(transport)
                .headers(HttpHeaders.of("X-Base", "base", "X-Shared", "base", "Authorization", "Bearer geheim"))
                .did(Did.of("did:plc:alice"))
                .build();
        HttpHeaders sent = send(
                        agent,
                        AgentRequest.get("/xrpc/a").withHeaders(HttpHeaders.of("x-shared", "own", "X-Own", "own")))
                .headers();
        assertThat(sent.first("X-Base")).isEqualTo("base");
        assertThat(sent.all("X-Shared")).containsExactly("own");
        assertThat(sent.first("X-Own")).isEqualTo("own");
        assertThat(send(agent, AgentRequest.get("/xrpc/a")).headers().first("x-shared"))
                .isEqualTo("base");
        assertThat(agent.did()).isEqualTo(Did.of("did:plc:alice"));
        assertThat(agent.service()).isEqualTo(URI.create("https://pds.test"));
        assertThat(agent).hasToString("ServiceAgent[https://pds.test]");
    }

    @Test
    void clientCallsThroughTheAgent() {
        Client client = new Client(Agent.of(URI.create("https://pds.test"), transport));
        assertThat(client.call(GetSession.QUERY).did()).hasToString("did:plc:alice");
        assertThat(client.did()).isNull();
        assertThat(requests.get(0).headers().first("authorization")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://pds.test", "pds.test", "/x", "https:pds.test", "https:///x", "file:/etc/passwd"})
    void urlWithoutHttpIsRefused(String service) {
        assertThatIllegalArgumentException().isThrownBy(() -> Agent.of(service));
    }

    @Test
    void passwordInTheUrlIsRefusedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Agent.of("https://alice:geheim@pds.test"))
                .withMessageNotContaining("geheim");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Agent.of("https://alice:geheim %@pds.test"))
                .withMessageNotContaining("geheim")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://my_pds.example.com | my_pds.example.com | underscore",
                "https://my_pds.example.com:8443/xrpc?x=1#f | my_pds.example.com | underscore",
                "http://_.example.com. | _.example.com. | underscore",
                "https://bücher.example | bücher.example | write https://xn--bcher-kva.example",
                "https://bücher.example:8443/x | bücher.example | write https://xn--bcher-kva.example:8443",
                "http://例え.テスト | 例え.テスト | write http://xn--r8jz45g.xn--zckzah",
                "https://-a.example.com | -a.example.com | hyphens",
                "https://a..example.com | a..example.com | between dots",
                "https://pds.example.com:70000 | pds.example.com | port 70000",
                "https://pds.example.com:0 | pds.example.com | port 0",
                "https://pds.example.com:80x | pds.example.com | port",
                "localhost:2583 | localhost | write http://localhost:2583",
                "pds.example.com:443 | pds.example.com | write https://pds.example.com:443",
                "pds.example.com | https://bsky.social | not an http or https URL",
                "https:///x | https://bsky.social | needs a host",
                "https://alice:hunter22@my_pds.example.com | user name | password",
                "https://alice:hunter22@bücher.example | user name | password",
                "https://alice:hunter22@pds.example.com | user name | password",
                "https://pds example.com/hunter22 | https://bsky.social | not a valid URL"
            })
    void messageDescribesTheProblemWithTheUrl(String service, String named, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Agent.of(service))
                .withMessageContaining(named)
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter22"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " https://pds.test",
                "https://pds.test\n",
                "\u200bhttps://pds.test\u00a0",
                "\ufeffhttps://pds.test"
            })
    void whiteSpaceAroundAPastedUrlIsIgnored(String service) {
        assertThat(Agent.of(service).toString()).contains("[https://pds.test]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://xn--bcher-kva.example", "https://pds.example.com.:8443/x", "http://[::1]:1"})
    void validHostNamesAreAccepted(String service) {
        assertThat(Agent.of(service).toString()).contains("ServiceAgent");
    }

    @Test
    void longHostIsRefusedWithAMessage() {
        String host = "b\u00fccher.".repeat(1000) + "example";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Agent.of("https://" + host))
                .withMessageContaining("host names are written in ASCII");
    }
}
