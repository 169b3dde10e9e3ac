package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthFlowTest {
    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds;
    private TestAccount alice;
    private RawOAuthClient client;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", "alice-password");
        client = RawOAuthClient.loopback(pds, clock, RawOAuthClient.SCOPE);
    }

    @AfterEach
    void close() {
        pds.close();
    }

    @Test
    void authorize_leadsFromRequestToRevocation() {
        URI callback = pds.authorize(client.authorizationUrl(client.push().send()), alice);
        Map<String, String> query = RawOAuthClient.query(callback);
        assertThat(callback.toString()).startsWith(RawOAuthClient.REDIRECT_URI + "?");
        assertThat(query)
                .containsOnlyKeys("iss", "state", "code")
                .containsEntry("iss", pds.url().toString())
                .containsEntry("state", "some-state");

        LexMap tokens = client.exchange(query.get("code")).send().ok().json();
        assertThat(tokens.getString("sub")).isEqualTo(alice.did().toString());
        String access = tokens.getString("access_token");
        assertThat(client.getSession(access).send().ok().string("handle")).isEqualTo("alice.test");
        assertThat(client.createPost(access, alice).send().status()).isEqualTo(200);
        assertThat(pds.records(alice.did(), "app.bsky.feed.post")).hasSize(1);

        LexMap next =
                client.refresh(tokens.getString("refresh_token")).send().ok().json();
        assertThat(client.getSession(access).send().status()).isEqualTo(401);
        String newest = next.getString("access_token");
        assertThat(client.getSession(newest).send().status()).isEqualTo(200);
        assertThat(pds.oauth().rotations()).isEqualTo(1);

        assertThat(client.revoke(next.getString("refresh_token")).send().ok().text())
                .isEqualTo("{}");
        assertThat(client.getSession(newest).send().status()).isEqualTo(401);
        assertThat(pds.oauth().sessions(alice.did())).isZero();
    }

    @Test
    void recordedRequests_haveNoSecrets() {
        String access = String.valueOf(client.signIn(alice).getString("access_token"));
        client.getSession(access).send().ok();
        RecordedRequest request = pds.requests("com.atproto.server.getSession").get(0);

        assertThat(request.headers()).containsEntry("dpop", "***").containsEntry("authorization", "***");
        assertThat(request.token().kind()).isEqualTo(RecordedRequest.Kind.ACCESS);
        assertThat(request.token().did()).isEqualTo(alice.did());
        assertThat(pds.count("/oauth/par")).isEqualTo(2);
        assertThat(pds.count("/oauth/token")).isEqualTo(1);
    }
}
