package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.atproto.repo.UploadBlob;
import com.atproto.sync.GetBlob;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {
    private static final String CID = "bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4";
    private static final Call<?> GET_BLOB =
            Call.of(GetBlob.QUERY, p -> p.did("did:plc:alice").cid(CID));
    private static final URI SERVICE = URI.create("https://pds.example.com");

    private final List<TransportRequest> sent = new ArrayList<>();
    private final Deque<TransportResponse> responses = new ArrayDeque<>();

    private final Transport transport = request -> {
        sent.add(request);
        TransportResponse next = responses.poll();
        return next == null ? blob() : next;
    };

    private static TransportResponse blob() {
        return TransportResponse.of(
                200, HttpHeaders.of("content-type", "image/png"), "png".getBytes(StandardCharsets.UTF_8));
    }

    private void redirect(int status, @Nullable String location) {
        responses.add(TransportResponse.of(
                status,
                location == null ? HttpHeaders.of() : HttpHeaders.of("Location", location),
                "{\"error\":\"Redirecting\"}".getBytes(StandardCharsets.UTF_8)));
    }

    private Client client(URI service) {
        HttpHeaders secrets = HttpHeaders.of(
                "Authorization", "Bearer secret", "Cookie", "a=b", "X-Api-Key", "secret", "User-Agent", "bot");
        Agent agent = ServiceAgent.builder(service)
                .transport(transport)
                .headers(secrets)
                .build();
        return new Client(agent, CallOptions.of(o -> o.proxy("did:web:api.example.com#x")));
    }

    private XrpcInvalidResponseException refused() {
        return assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client(SERVICE).xrpc(GET_BLOB))
                .actual();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void getFollowsToAnotherOriginWithoutCredentials(int status) {
        redirect(status, "https://cdn.example.net/blob?did=x&sig=y");
        client(SERVICE).xrpc(GET_BLOB);
        assertThat(sent).hasSize(2);
        TransportRequest followed = sent.get(1);
        assertThat(followed.uri()).hasToString("https://cdn.example.net/blob?did=x&sig=y");
        assertThat(followed.method()).isEqualTo("GET");
        assertThat(followed.headers().names()).containsExactlyInAnyOrder("accept", "User-Agent");
        assertThat(sent.get(0).headers().names()).contains("Authorization", "atproto-proxy", "X-Api-Key");
    }

    @ParameterizedTest
    @CsvSource({
        "/other/path?a=b,https://pds.example.com/other/path?a=b",
        "?x=1,https://pds.example.com/xrpc/com.atproto.sync.getBlob?x=1",
        "blob,https://pds.example.com/xrpc/blob",
        "https://PDS.example.com:443/x#fragment,https://PDS.example.com:443/x",
        "/a b/ü|c,https://pds.example.com/a%20b/%FC%7Cc",
        "//pds.example.com/x,https://pds.example.com/x",
    })
    void sameOriginKeepsCredentials(String location, String target) {
        redirect(302, location);
        client(SERVICE).xrpc(GET_BLOB);
        assertThat(sent.get(1).uri()).hasToString(target);
        assertThat(sent.get(1).headers().first("authorization")).isEqualTo("Bearer secret");
        assertThat(sent.get(1).headers().first("atproto-proxy")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://cdn.example.net/100%,https://cdn.example.net/100%25",
        "https://cdn.example.net/a%zz/b%2Fc,https://cdn.example.net/a%25zz/b%2Fc",
        "https://cdn.example.net/a[1].png?x[]=1,https://cdn.example.net/a%5B1%5D.png?x[]=1",
        "/a[1]/b%,https://pds.example.com/a%5B1%5D/b%25",
        "'https://[2606:4700::1]:8443/a[1]','https://[2606:4700::1]:8443/a%5B1%5D'",
    })
    void charactersInvalidInUrlsAreEscaped(String location, String target) {
        redirect(302, location);
        client(SERVICE).xrpc(GET_BLOB);
        assertThat(sent.get(1).uri()).hasToString(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://pds.example.com:8443/x", "https://sub.pds.example.com/x", "//other.example.com/x"})
    void anotherPortOrHostIsAnotherOrigin(String location) {
        redirect(302, location);
        redirect(302, "https://pds.example.com/back");
        client(SERVICE).xrpc(GET_BLOB);
        assertThat(sent).hasSize(3);
        assertThat(sent.get(1).headers().first("authorization")).isNull();
        assertThat(sent.get(2).headers().first("authorization"))
                .as("headers stay removed after the next redirect")
                .isNull();
    }

    @Test
    void atMostFiveRedirectsAreFollowed() {
        for (int i = 0; i < 5; i++) {
            redirect(302, "/" + i);
        }
        client(SERVICE).xrpc(GET_BLOB);
        assertThat(sent).hasSize(6);
        for (int i = 0; i < 6; i++) {
            redirect(302, "/" + i);
        }
        assertThat(refused())
                .hasMessageContainingAll("a redirect to https://pds.example.com/5", "more than 5", "(status 302)");
        assertThat(sent).hasSize(12);
    }

    @Test
    void loopIsDetected() {
        redirect(302, "/a");
        redirect(302, "/b");
        redirect(302, "/a");
        assertThat(refused()).hasMessageContainingAll("https://pds.example.com/a", "loop");
        assertThat(sent).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "http://pds.example.com/x,from https to http",
        "http://127.0.0.1:8080/x,from https to http",
        "https://127.0.0.1/x,private network",
        "https://localhost/x,private network",
        "https://foo.localhost./x,private network",
        "https://169.254.169.254/latest/meta-data,private network",
        "https://10.1.2.3/x,private network",
        "https://172.31.0.1/x,private network",
        "https://192.168.1.1/x,private network",
        "https://100.64.0.1/x,private network",
        "https://0.0.0.0/x,private network",
        "https://[::1]/x,private network",
        "https://[fd00::1]/x,private network",
        "https://[fe80::1]/x,private network",
        "https://[::ffff:127.0.0.1]/x,private network",
        "https://[64:ff9b::7f00:1]/x,private network",
        "https://printer/x,private network",
        "https://db.internal/x,private network",
        "ftp://cdn.example.net/x,not an http or https URL",
        "file:///etc/passwd,not an http or https URL",
        "javascript:alert(1),not an http or https URL",
        "https://user:hunter2@cdn.example.net/x,not an http or https URL",
        "https://2130706433/x,private network",
        "https://0x7f000001/x,private network",
        "http://,not an http or https URL",
        "https://cdn.example.net:70000/x,valid host and port",
        "https://cdn.example.net:0/x,valid host and port",
        "https://my_cdn.example.net/x,valid host and port",
        "https://bücher.example/x,valid host and port",
        "'https://[x/',not an http or https URL",
    })
    void dangerousTargetsAreNamedAndNotFollowed(String location, String reason) {
        redirect(302, location);
        assertThat(refused())
                .hasMessageContainingAll("a redirect to ", reason, "com.atproto.sync.getBlob")
                .hasMessageNotContaining("hunter2");
        assertThat(sent).hasSize(1);
    }

    @Test
    void localServiceMayRedirectToLocalHosts() {
        redirect(302, "http://127.0.0.1:7777/x");
        client(URI.create("http://localhost:2583")).xrpc(GET_BLOB);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).headers().first("authorization")).isNull();
    }

    @Test
    void missingLocationIsNamed() {
        redirect(302, null);
        assertThat(refused()).hasMessageContaining("a redirect without a Location header (status 302)");
        redirect(307, " ");
        assertThat(refused()).hasMessageContaining("without a Location");
    }

    @Test
    void queryOfATargetIsNotShown() {
        redirect(302, "http://cdn.example.net/x?sig=hunter2");
        assertThat(refused()).hasMessageContaining("http://cdn.example.net/x,").hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void procedureNeverFollows(int status) {
        redirect(status, "https://pds2.example.com/xrpc/com.atproto.repo.uploadBlob");
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client(SERVICE).xrpc(Call.of(UploadBlob.PROCEDURE, RequestBody.of("x"))))
                .withMessageContainingAll(
                        "a redirect to https://pds2.example.com/xrpc/com.atproto.repo.uploadBlob", "only queries")
                .satisfies(e -> assertThat(e.bodyText()).contains("Redirecting"));
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 305, 306})
    void otherStatusesAreNotFollowed(int status) {
        redirect(status, "https://cdn.example.net/x");
        assertThat(refused().status()).isEqualTo(status);
        assertThat(sent).hasSize(1);
    }

    @Test
    void streamsAndUntypedQueriesFollowToo() {
        redirect(302, "https://cdn.example.net/x");
        client(SERVICE).stream(GET_BLOB, CallOptions.DEFAULTS).close();
        redirect(302, "https://cdn.example.net/x");
        new DynamicClient(client(SERVICE), RuntimeSchemas.of(LexiconDocuments.of(List.of())))
                .queryUnchecked("com.example.get", LexMap.of(), CallOptions.DEFAULTS);
        assertThat(sent).hasSize(4);
    }

    @Test
    void redirectsShareTheTimeLimitOfTheCall() {
        redirect(302, "/a");
        client(SERVICE).xrpc(GET_BLOB, CallOptions.of(o -> o.timeout(Duration.ofSeconds(9))));
        assertThat(sent.get(0).timeout()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(9));
        assertThat(sent.get(1).deadline()).isSameAs(sent.get(0).deadline());
    }

    @Test
    void agentCanDisableRedirects() {
        redirect(302, "/a");
        Agent agent = ServiceAgent.builder(SERVICE)
                .transport(transport)
                .followRedirects(false)
                .build();
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> new Client(agent).xrpc(GET_BLOB))
                .withMessageContaining("a redirect to \"/a\", which is not followed");
        assertThat(sent).hasSize(1);
    }
}
