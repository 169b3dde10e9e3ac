package dev.atlex.testkit;

import static dev.atlex.testkit.OAuthRows.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests the server's metadata documents, with and without an entryway, and its settings. */
class OAuthDiscoveryTest {
    private static final String SERVER = "/.well-known/oauth-authorization-server";
    private static final String RESOURCE = "/.well-known/oauth-protected-resource";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds = LocalPds.start(o -> o.clock(clock));

    @AfterEach
    void close() {
        pds.close();
    }

    private static Http.Reply get(URI origin, String path) {
        Http http = new Http(origin);
        return http.send(http.request(path, null));
    }

    private static LexArray strings(String... values) {
        return LexArray.copyOf(java.util.Arrays.stream(values).map(LexValue::of).toList());
    }

    @Test
    void resourceMetadata_nameAuthorizationServer() {
        LexMap metadata = get(pds.url(), RESOURCE).ok().json();

        assertThat(metadata.getString("resource")).isEqualTo(pds.url().toString());
        assertThat(metadata.getArray("authorization_servers"))
                .isEqualTo(strings(pds.url().toString()));
        assertThat(metadata.getArray("scopes_supported")).isEmpty();
    }

    @Test
    void serverMetadata_equalReferenceMetadata() {
        Http.Reply reply = get(pds.url(), SERVER).ok();
        LexMap metadata = reply.json();

        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("max-age=300");
        assertThat(metadata.getString("issuer")).isEqualTo(pds.url().toString());
        assertThat(metadata.getString("token_endpoint")).isEqualTo(pds.url() + "/oauth/token");
        assertThat(metadata.getBoolean("client_id_metadata_document_supported")).isTrue();
        assertThat(metadata.getBoolean("require_pushed_authorization_requests")).isTrue();
        assertThat(metadata.getBoolean("authorization_response_iss_parameter_supported"))
                .isTrue();
        assertThat(metadata.getArray("token_endpoint_auth_methods_supported"))
                .isEqualTo(strings("none", "private_key_jwt"));
        assertThat(metadata.getArray("dpop_signing_alg_values_supported")).isEqualTo(strings("ES256"));
    }

    @Nested
    class Entryway {
        private final TestAccount alice;
        private final RawOAuthClient client;

        Entryway() {
            pds.close();
            pds = LocalPds.start(o -> o.clock(clock).entryway(true));
            alice = pds.createAccount("alice.test", "alice-password");
            client = RawOAuthClient.loopback(pds, clock, RawOAuthClient.SCOPE);
        }

        @Test
        void documents_areOnExpectedServers() {
            assertThat(get(pds.pdsUrl(), RESOURCE).ok().json().getArray("authorization_servers"))
                    .isEqualTo(strings(pds.url().toString()));
            assertThat(get(pds.url(), SERVER).ok().string("issuer"))
                    .isEqualTo(pds.url().toString());
            assertThat(get(pds.url(), RESOURCE).status()).isEqualTo(404);
            assertThat(get(pds.pdsUrl(), SERVER).status()).isEqualTo(404);
            assertThat(get(pds.pdsUrl(), "/oauth/authorize").status()).isEqualTo(404);
        }

        @Test
        void nonces_differ() {
            String access = client.signIn(alice).getString("access_token");

            String entrywayNonce = client.push().send().header("DPoP-Nonce");
            assertThat(shown(client.getSession(access)
                            .proof(claims -> claims.put("nonce", entrywayNonce))
                            .once()))
                    .isEqualTo("401 use_dpop_nonce: DPoP \"nonce\" mismatch [challenge]");
            assertThat(shown(client.getSession(access).once())).isEqualTo("200");
            RawOAuthClient.Call atEntryway = client
            .new Call("GET", URI.create(pds.url() + "/xrpc/com.atproto.server.getSession"), java.util.Map.of());
            atEntryway.token = access;
            assertThat(shown(atEntryway.once())).isEqualTo("200");
        }

        @Test
        void oldAccessTokens_remainValidOnPds() {
            LexMap old = client.signIn(alice);
            String access = old.getString("access_token");
            LexMap next =
                    client.refresh(old.getString("refresh_token")).send().ok().json();
            assertThat(shown(client.getSession(access).send())).isEqualTo("200");

            client.revoke(next.getString("refresh_token")).send().ok();
            assertThat(shown(client.getSession(next.getString("access_token")).send()))
                    .isEqualTo("200");
            assertThat(pds.oauth().sessions(alice.did())).isZero();

            clock.advance(Duration.ofMinutes(60));
            assertThat(shown(client.getSession(access).send())).startsWith("401 invalid_token: \"exp\"");
        }
    }

    @Nested
    class Settings {
        @Test
        void reset_restoresTheDefaultsAndForgetsClients() {
            String initial = pds.oauth().toString();
            pds.oauth()
                    .accessTokenLifetime(Duration.ofSeconds(1))
                    .nonceRotation(Duration.ofSeconds(1))
                    .proofWindow(Duration.ZERO, Duration.ZERO)
                    .assertionWindow(Duration.ZERO, Duration.ZERO)
                    .slowRotation(Duration.ofSeconds(1), Duration.ofSeconds(1))
                    .grantOnly("atproto")
                    .signInAs(pds.createAccount("alice.test", "alice-password"))
                    .register("https://web.atlex.dev/m.json", "{}");
            assertThat(pds.oauth().toString()).isNotEqualTo(initial);
            pds.reset();

            assertThat(pds.oauth()).hasToString(initial);
            RawOAuthClient client = new RawOAuthClient(pds, clock, "https://web.atlex.dev/m.json", "atproto");
            assertThat(shown(client.push().send())).contains("Unable to obtain client metadata");
        }

        @Test
        void revokeSessions_endsOAuthSessions() {
            TestAccount alice = pds.createAccount("alice.test", "alice-password");
            RawOAuthClient client = RawOAuthClient.loopback(pds, clock, RawOAuthClient.SCOPE);
            LexMap tokens = client.signIn(alice);
            assertThat(pds.oauth().sessions(alice.did())).isEqualTo(1);
            pds.oauth().revokeSessions(alice.did());

            assertThat(pds.oauth().sessions(alice.did())).isZero();
            assertThat(shown(client.getSession(tokens.getString("access_token")).send()))
                    .startsWith("401 invalid_token");
        }

        @Test
        void proofWindow_canBeNarrowed() {
            pds.oauth().proofWindow(Duration.ofSeconds(1), Duration.ZERO);
            RawOAuthClient client = RawOAuthClient.loopback(pds, clock, "atproto");
            client.push().send();

            assertThat(shown(client.push()
                            .proof(claims -> claims.put("iat", clock.instant().getEpochSecond() + 1))
                            .once()))
                    .startsWith("401 invalid_dpop_proof");
        }

        @Test
        void invalidDurations_areRejected() {
            assertThatThrownBy(() -> pds.oauth().accessTokenLifetime(Duration.ZERO))
                    .hasMessage("accessTokenLifetime must be at least PT1S (got PT0S)");
            assertThatThrownBy(() -> pds.oauth().slowRotation(Duration.ofSeconds(-1), Duration.ZERO))
                    .hasMessage("slowRotation must be at least PT0S (got PT-1S)");
        }
    }
}
