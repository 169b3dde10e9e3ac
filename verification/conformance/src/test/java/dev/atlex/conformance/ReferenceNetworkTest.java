package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for the fixture itself, over plain HTTP, without the code under test. */
@Tag("reference")
class ReferenceNetworkTest {
    // The PDS closes the connection if a request offers an upgrade to HTTP/2.
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ReferenceNetwork network = ReferenceNetwork.shared();

    @Test
    void network_startsAndStops() throws Exception {
        URI describe;
        ReferenceNetwork own = ReferenceNetwork.start(new ReferenceNetwork.Options(true));
        try (own) {
            describe = own.pdsUrl().resolve("/xrpc/com.atproto.server.describeServer");
            HttpResponse<String> response = get(describe, null);
            assertThat(Json.string(Json.object(response.body()), "did")).isEqualTo(own.serviceDid());
            assertThat(response.headers().map())
                    .as("the PDS sends rate limit headers only if it has limits")
                    .containsKey("ratelimit-limit");
            assertThat(get(own.plcUrl().resolve("/_health"), null).statusCode()).isEqualTo(200);
        }
        assertThat(own.exitCode())
                .as("the exit code after its standard input was closed")
                .isZero();
        assertThatThrownBy(() -> get(describe, null)).isInstanceOf(IOException.class);
    }

    @Test
    void sign_tokenIsValidForItsLifetime() throws Exception {
        String did = network.createAccount().did();
        TokenRequest request = TokenRequest.access(did);

        assertThat(getSession(network.sign(request))).containsEntry("did", did);
        assertThat(getSession(network.sign(request.withLifetime(Duration.ofSeconds(-1)))))
                .containsEntry("error", "ExpiredToken");
        assertThat(getSession(network.sign(request.withSecret("another secret"))))
                .containsEntry("error", "InvalidToken");
        assertThat(getSession(network.sign(request.withAudience("did:web:example.com"))))
                .containsEntry("error", "InvalidToken");
        assertThat(getSession(network.sign(request.withScope("com.atproto.refresh"))))
                .containsEntry("error", "InvalidToken");
    }

    @Test
    void accessTtl_negativeIssuesExpiredTokens() throws Exception {
        ReferenceNetwork.Account account = network.createAccount();
        network.setAccessTtl(Duration.ofSeconds(-1));
        try {
            assertThat(getSession(login(account, "accessJwt"))).containsEntry("error", "ExpiredToken");
        } finally {
            network.setAccessTtl(null);
        }
        assertThat(getSession(login(account, "accessJwt"))).containsEntry("handle", account.handle());
    }

    @Test
    void expireRefreshToken_endsGracePeriod() throws Exception {
        ReferenceNetwork.Account account = network.createAccount();
        String refreshJwt = login(account, "refreshJwt");
        Map<String, @Nullable Object> refreshed = refresh(refreshJwt);
        assertThat(refreshed).containsKey("refreshJwt");
        ReferenceNetwork.RefreshToken used = network.refreshTokens().stream()
                .filter(token -> token.did().equals(account.did()) && token.nextId() != null)
                .findFirst()
                .orElseThrow();

        network.expireRefreshToken(used.id(), Instant.now().minusSeconds(60));

        assertThat(refresh(refreshJwt)).containsEntry("error", "ExpiredToken");
        assertThat(refresh(Json.string(refreshed, "refreshJwt"))).containsKey("refreshJwt");
        assertThatThrownBy(() -> network.expireRefreshToken("no-such-id", Instant.EPOCH))
                .hasMessageContaining("no such refresh token");
    }

    @Test
    void takedownAndDeactivation_areReversible() throws Exception {
        ReferenceNetwork.Account account = network.createAccount();

        network.setTakenDown(account.did(), true);
        assertThat(createSession(account)).containsEntry("error", "AccountTakedown");
        network.setTakenDown(account.did(), false);

        network.setDeactivated(account.did(), true);
        assertThat(createSession(account)).containsEntry("active", false).containsEntry("status", "deactivated");
        network.setDeactivated(account.did(), false);
        assertThat(createSession(account)).containsEntry("active", true);
    }

    @Test
    void typeScriptClient_resumesItsOwnSession(@TempDir Path folder) throws Exception {
        ReferenceNetwork.Account account = network.createAccount();
        TypeScriptClient client = new TypeScriptClient();
        Path session = folder.resolve("session.json");
        TypeScriptClient.Identity expected = new TypeScriptClient.Identity(account.handle(), account.did());

        assertThat(client.login(network.pdsUrl(), account.handle(), account.password(), session))
                .isEqualTo(expected);
        String stored = Files.readString(session);
        assertThat(client.resume(session)).isEqualTo(expected);
        assertThat(Files.readString(session)).as("the refreshed session").isNotEqualTo(stored);
        assertThat(Json.object(Files.readString(session)))
                .containsOnlyKeys(Json.object(stored).keySet());
    }

    @Test
    void typeScriptClient_failureHidesPassword(@TempDir Path folder) {
        ReferenceNetwork.Account account = network.createAccount();
        TypeScriptClient client = new TypeScriptClient();

        assertThatThrownBy(() -> client.login(
                        network.pdsUrl(), account.handle(), "a-wrong-password", folder.resolve("session.json")))
                .hasMessageContaining("Invalid identifier or password")
                .hasMessageNotContaining("a-wrong-password");
    }

    private Map<String, @Nullable Object> getSession(String accessJwt) throws Exception {
        URI url = network.pdsUrl().resolve("/xrpc/com.atproto.server.getSession");
        return Json.object(get(url, accessJwt).body());
    }

    private Map<String, @Nullable Object> refresh(String refreshJwt) throws Exception {
        URI url = network.pdsUrl().resolve("/xrpc/com.atproto.server.refreshSession");
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("authorization", "Bearer " + refreshJwt)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return Json.object(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private String login(ReferenceNetwork.Account account, String token) throws Exception {
        return Json.string(createSession(account), token);
    }

    private Map<String, @Nullable Object> createSession(ReferenceNetwork.Account account) throws Exception {
        String body = Json.write(Map.of("identifier", account.handle(), "password", account.password()));
        HttpRequest request = HttpRequest.newBuilder(network.pdsUrl().resolve("/xrpc/com.atproto.server.createSession"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Json.object(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static HttpResponse<String> get(URI url, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
