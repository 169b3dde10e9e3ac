package dev.atlex.testkit;

import static dev.atlex.testkit.OAuthRows.row;
import static dev.atlex.testkit.OAuthRows.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests clients with published metadata, and compares the responses with the reference server's. */
class OAuthClientMetadataTest {
    private static final String ID = "https://web.atlex.dev/oauth-client-metadata.json";
    private static final String REDIRECT_URI = "https://web.atlex.dev/callback";
    private static final String GONE = "400 invalid_grant: Invalid refresh token";
    private static final String ASSERTION = "400 invalid_client: Validation of \"client_assertion\" failed: ";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final P256PrivateKey keyA = P256PrivateKey.generate();
    private final P256PrivateKey keyB = P256PrivateKey.generate();
    private LocalPds pds;
    private TestAccount alice;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", "alice-password");
        publish(m -> {});
    }

    @AfterEach
    void close() {
        pds.close();
    }

    private static LexMap jwk(P256PrivateKey key, String kid) {
        return key.publicKey().toJwk().toBuilder()
                .put("kid", kid)
                .put("alg", "ES256")
                .build();
    }

    private static LexMap jwks(LexMap... keys) {
        return LexMap.of("keys", LexArray.of(keys));
    }

    private static LexArray strings(String... values) {
        return LexArray.copyOf(Arrays.stream(values).map(LexValue::of).toList());
    }

    private LexMap metadata(Consumer<LexMap.Builder> changes) {
        LexMap.Builder metadata = LexMap.builder()
                .put("client_id", ID)
                .put("client_name", "A <web> application")
                .put("application_type", "web")
                .put("grant_types", strings("authorization_code", "refresh_token"))
                .put("response_types", strings("code"))
                .put("redirect_uris", strings(REDIRECT_URI))
                .put("scope", RawOAuthClient.SCOPE)
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("token_endpoint_auth_signing_alg", "ES256")
                .put("dpop_bound_access_tokens", true)
                .put("jwks", jwks(jwk(keyA, "a"), jwk(keyB, "b")));
        changes.accept(metadata);
        return metadata.build();
    }

    private void publish(Consumer<LexMap.Builder> changes) {
        pds.oauth().register(ID, metadata(changes).toJson());
    }

    private static void makePublic(LexMap.Builder metadata) {
        metadata.put("token_endpoint_auth_method", "none")
                .remove("token_endpoint_auth_signing_alg")
                .remove("jwks");
    }

    private RawOAuthClient client() {
        RawOAuthClient client = new RawOAuthClient(pds, clock, ID, RawOAuthClient.SCOPE);
        client.redirectUri = REDIRECT_URI;
        client.clientKey = keyA;
        client.kid = "a";
        return client;
    }

    private static String refresh(LexMap tokens) {
        return String.valueOf(tokens.getString("refresh_token"));
    }

    @Nested
    class Assertions {
        private DynamicTest pushed(String question, String response, Consumer<LexMap.Builder> claims) {
            return row(
                    question, response, () -> client().push().assertion(claims).send());
        }

        private DynamicTest pushed(String question, String response, P256PrivateKey key, String kid) {
            return row(question, response, () -> {
                RawOAuthClient client = client();
                client.clientKey = key;
                client.kid = kid;
                return client.push().send();
            });
        }

        private DynamicTest aged(int seconds, String response) {
            return pushed(
                    "iat " + seconds + " s",
                    response,
                    claims -> claims.put("iat", clock.instant().getEpochSecond() + seconds)
                            .put("exp", clock.instant().getEpochSecond() + 60));
        }

        @TestFactory
        Stream<DynamicTest> assertions() {
            String late = ASSERTION + "\"iat\" claim timestamp check failed (too far in the past)";
            String early = ASSERTION + "\"iat\" claim timestamp check failed (it should be in the past)";
            client().push().assertion(claims -> claims.put("jti", "used")).send();
            return Stream.of(
                    pushed("PAR", "201", claims -> {}),
                    row(
                            "PAR without assertion",
                            "400 invalid_request: client authentication method \"private_key_jwt\" required a"
                                    + " \"client_assertion\"",
                            () -> client().push().set("client_assertion", "").send()),
                    pushed(
                            "aud: the token endpoint",
                            ASSERTION + "unexpected \"aud\" claim value",
                            claims -> claims.put("aud", pds.url() + "/oauth/token")),
                    pushed(
                            "aud: an array with the issuer",
                            "201",
                            claims -> claims.put("aud", strings(pds.url().toString()))),
                    pushed("no exp", "201", claims -> claims.remove("exp")),
                    pushed(
                            "exp in the past",
                            ASSERTION + "\"exp\" claim timestamp check failed",
                            claims -> claims.put("exp", clock.instant().getEpochSecond() - 5)),
                    pushed("no jti", ASSERTION + "missing required \"jti\" claim", claims -> claims.remove("jti")),
                    pushed("no iat", ASSERTION + "missing required \"iat\" claim", claims -> claims.remove("iat")),
                    aged(-61, late),
                    aged(-60, "201"),
                    aged(0, "201"),
                    aged(1, early),
                    pushed("wrong iss", ASSERTION + "unexpected \"iss\" claim value", claims -> claims.put("iss", "x")),
                    pushed("wrong sub", ASSERTION + "unexpected \"sub\" claim value", claims -> claims.put("sub", "x")),
                    pushed(
                            "kid that is not published",
                            ASSERTION + "no applicable key found in the JSON Web Key Set",
                            keyA,
                            "z"),
                    pushed("no kid", ASSERTION + "multiple matching keys found in the JSON Web Key Set", keyA, ""),
                    pushed("kid of another key", ASSERTION + "signature verification failed", keyA, "b"),
                    pushed(
                            "jti used twice",
                            "400 invalid_grant: private_key_jwt jti reused",
                            claims -> claims.put("jti", "used")),
                    row("the same key for DPoP and the assertion", "201", () -> {
                        RawOAuthClient client = client();
                        client.key = keyA;
                        return client.push().send();
                    }));
        }

        @Test
        void onlyKey_stillNeedsItsKid() {
            publish(m -> m.put("jwks", jwks(jwk(keyA, "a"))));
            RawOAuthClient client = client();
            client.kid = "";

            assertThat(shown(client.push().send()))
                    .isEqualTo("400 invalid_client: \"kid\" required in client_assertion");
        }

        @Test
        void assertionWindow_canBeWidened() {
            pds.oauth().assertionWindow(Duration.ofSeconds(60), Duration.ofSeconds(5));
            assertThat(shown(client().push()
                            .assertion(
                                    claims -> claims.put("iat", clock.instant().getEpochSecond() + 5))
                            .send()))
                    .isEqualTo("201");
        }
    }

    @Nested
    class Sessions {
        @Test
        void session_lastsTwoYearsIfRefreshedWithin3Months() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            for (int i = 0; i < 8; i++) {
                clock.advance(Duration.ofDays(91));
                tokens = client.refresh(refresh(tokens)).send().ok().json();
            }
            clock.advance(Duration.ofHours(60));

            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("400 invalid_grant: Session expired");
        }

        @Test
        void refreshToken_expiresAfter3Months() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            clock.advance(Duration.ofDays(92));

            assertThat(shown(client.refresh(refresh(tokens)).send()))
                    .isEqualTo("400 invalid_grant: Refresh token expired");
        }

        @Test
        void otherPublishedKey_endsTheSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            client.clientKey = keyB;
            client.kid = "b";
            assertThat(shown(client.refresh(refresh(tokens)).send()))
                    .isEqualTo("400 invalid_grant: The session was initiated with a different key than the client"
                            + " assertion currently used");
            client.clientKey = keyA;
            client.kid = "a";
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo(GONE);
        }

        @Test
        void missingAssertion_doesNotEndSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            assertThat(shown(client.refresh(refresh(tokens))
                            .set("client_assertion", "")
                            .send()))
                    .startsWith("400 invalid_request: client authentication method");
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("200");
        }

        @Test
        void unpublishedKey_doesNotEndSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            publish(m -> m.put("jwks", jwks(jwk(keyB, "b"))));
            assertThat(shown(client.refresh(refresh(tokens)).send()))
                    .isEqualTo(ASSERTION + "no applicable key found in the JSON Web Key Set");
            assertThat(shown(client.getSession(tokens.getString("access_token")).send()))
                    .isEqualTo("200");
            publish(m -> {});
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("200");
        }

        @Test
        void unreachableMetadata_doNotEndSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            pds.oauth().clientReachable(ID, false);
            assertThat(shown(client.refresh(refresh(tokens)).send()))
                    .isEqualTo("400 invalid_client_metadata: Unable to obtain client metadata for \"" + ID
                            + "\": Invalid hostname");
            assertThat(shown(client.getSession(tokens.getString("access_token")).send()))
                    .isEqualTo("200");
            pds.oauth().clientReachable(ID, true);
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("200");

            pds.oauth().unregister(ID);
            assertThat(shown(client.push().send())).startsWith("400 invalid_client_metadata: ");
        }

        @Test
        void reducedDeclaredScope_doesNotAffectSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            publish(m -> m.put("scope", "atproto"));

            assertThat(client.refresh(refresh(tokens)).send().ok().string("scope"))
                    .isEqualTo(RawOAuthClient.SCOPE);
        }

        @Test
        void clientThatBecamePublic_losesTheSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            publish(OAuthClientMetadataTest::makePublic);
            client.clientKey = null;

            assertThat(shown(client.refresh(refresh(tokens)).send()))
                    .isEqualTo("400 invalid_grant: Client authentication method mismatch (expected private_key_jwt)");
        }

        @Test
        void clientThatBecameConfidential_keepsTheSession() {
            publish(OAuthClientMetadataTest::makePublic);
            RawOAuthClient client = client();
            client.clientKey = null;
            LexMap tokens = client.signIn(alice);
            publish(m -> {});
            client.clientKey = keyA;

            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("200");
        }

        @Test
        void clientWithoutRefreshGrant_getsNoRefreshToken() {
            publish(m -> m.put("grant_types", strings("authorization_code")));
            RawOAuthClient client = client();

            assertThat(client.signIn(alice)).doesNotContainKey("refresh_token");
            assertThat(shown(client.refresh("ref-" + "0".repeat(64)).send()))
                    .isEqualTo("400 invalid_grant: \"refresh_token\" grant type is not allowed for this client");
        }
    }

    @Nested
    class Metadata {
        private DynamicTest published(String question, String response, Consumer<LexMap.Builder> changes) {
            return row(question, response, () -> {
                LexMap metadata = metadata(changes);
                pds.oauth().register(ID, metadata);
                RawOAuthClient client = client();
                if (!"private_key_jwt".equals(metadata.getString("token_endpoint_auth_method"))) {
                    client.clientKey = null;
                }
                LexArray uris = metadata.getArray("redirect_uris");
                client.redirectUri = uris == null ? REDIRECT_URI : uris.get(0).toString();
                return client.push().send();
            });
        }

        private DynamicTest redirect(String question, String response, String type, String uri) {
            return published(question, response, m -> {
                makePublic(m);
                m.put("application_type", type).put("redirect_uris", strings(uri));
            });
        }

        @TestFactory
        Stream<DynamicTest> rules() {
            String invalid = "400 invalid_client_metadata: ";
            String noKey = invalid + "private_key_jwt auth method requires at least one key in jwks";
            return Stream.of(
                    published("as above", "201", m -> {}),
                    published("public", "201", OAuthClientMetadataTest::makePublic),
                    published(
                            "no token_endpoint_auth_signing_alg",
                            invalid + "Missing token_endpoint_auth_signing_alg client metadata",
                            m -> m.remove("token_endpoint_auth_signing_alg")),
                    published(
                            "dpop_bound_access_tokens missing",
                            invalid + "\"dpop_bound_access_tokens\" must be true",
                            m -> m.remove("dpop_bound_access_tokens")),
                    published("no scope", invalid + "Missing scope property", m -> m.remove("scope")),
                    published(
                            "scope without atproto",
                            invalid + "Missing \"atproto\" scope",
                            m -> m.put("scope", "transition:generic")),
                    published(
                            "scope twice",
                            invalid + "Duplicate scope \"atproto\"",
                            m -> m.put("scope", "atproto atproto")),
                    published(
                            "no redirect_uris",
                            invalid + "At least one redirect_uri is required",
                            m -> m.remove("redirect_uris")),
                    published(
                            "native with private_key_jwt",
                            invalid + "Native clients must authenticate using \"none\" method",
                            m -> m.put("application_type", "native")),
                    published(
                            "private key in jwks",
                            noKey,
                            m -> m.put(
                                    "jwks",
                                    jwks(keyA.toJwk().toBuilder()
                                            .put("kid", "a")
                                            .build()))),
                    published(
                            "key without kid",
                            noKey,
                            m -> m.put("jwks", jwks(keyA.publicKey().toJwk()))),
                    published(
                            "no jwks",
                            invalid + "private_key_jwt auth method requires jwks or jwks_uri",
                            m -> m.remove("jwks")),
                    published(
                            "jwks and jwks_uri",
                            invalid + "jwks_uri and jwks are mutually exclusive",
                            m -> m.put("jwks_uri", "https://web.atlex.dev/jwks.json")),
                    published(
                            "client_secret_basic",
                            invalid + "Unsupported client authentication method \"client_secret_basic\". Make sure"
                                    + " \"token_endpoint_auth_method\" is set to one of: \"none\", \"private_key_jwt\"",
                            m -> m.remove("token_endpoint_auth_method")),
                    published(
                            "grant_types without refresh_token",
                            "201",
                            m -> m.put("grant_types", strings("authorization_code"))),
                    published(
                            "implicit grant",
                            invalid + "Grant type \"implicit\" is not allowed",
                            m -> m.put("grant_types", strings("authorization_code", "implicit"))),
                    published(
                            "client_id of another document",
                            invalid + "client_id does not match",
                            m -> m.put("client_id", "https://web.atlex.dev/other.json")),
                    published(
                            "no client_id",
                            invalid + "client_id is required for discoverable clients",
                            m -> m.remove("client_id")));
        }

        @TestFactory
        Stream<DynamicTest> redirectUris() {
            String invalid = "400 invalid_redirect_uri: ";
            return Stream.of(
                    redirect("redirect_uri on another host, web", "201", "web", "https://other.atlex.dev/callback"),
                    redirect(
                            "redirect_uri http://127.0.0.1/callback as web",
                            invalid + "Loopback redirect URIs are only allowed for native apps",
                            "web",
                            "http://127.0.0.1/callback"),
                    redirect("native, http://127.0.0.1/callback", "201", "native", "http://127.0.0.1/callback"),
                    redirect("native, dev.atlex.web:/callback", "201", "native", "dev.atlex.web:/callback"),
                    redirect(
                            "native, dev.atlex:/callback (not the whole host)",
                            invalid
                                    + "Private-Use URI Scheme redirect URI, for discoverable client metadata, must be the"
                                    + " fully qualified domain name (FQDN) of the client_id, in reverse order"
                                    + " (dev.atlex.web:)",
                            "native",
                            "dev.atlex:/callback"),
                    redirect(
                            "native, dev.atlex.web://callback",
                            invalid + "Private-Use URI Scheme must be in the form <scheme>:/{path} (notice the single"
                                    + " slash!) as per RFC 8252",
                            "native",
                            "dev.atlex.web://callback"),
                    redirect(
                            "web, dev.atlex.web:/callback",
                            invalid + "Private-Use URI Scheme redirect URI are only allowed for native apps",
                            "web",
                            "dev.atlex.web:/callback"),
                    redirect(
                            "http to another host",
                            invalid + "Only loopback redirect URIs are allowed to use the \"http\" scheme",
                            "web",
                            "http://web.atlex.dev/callback"),
                    redirect(
                            "https to a local name",
                            invalid + "Redirect URI \"https://web.test/callback\"'s domain name must not be a local"
                                    + " hostname",
                            "web",
                            "https://web.test/callback"),
                    redirect(
                            "credentials in the redirect_uri",
                            invalid + "Redirect URI https://a:b@web.atlex.dev/ must not contain credentials",
                            "web",
                            "https://a:b@web.atlex.dev/"));
        }

        @Test
        void clientId_needsAPublicHost() {
            RawOAuthClient client = new RawOAuthClient(pds, clock, "https://app.example/client.json", "atproto");

            assertThat(shown(client.push().send()))
                    .isEqualTo("400 invalid_client_id: The client_id's TLD must not be a local hostname");
        }

        @Test
        void register_needsAJsonObject() {
            assertThatThrownBy(() -> pds.oauth().register(ID, "[]"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("register: not a JSON object");
            assertThatThrownBy(() -> pds.oauth().register(ID, "{"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("register: not valid JSON: ");
        }

        @Test
        void customScheme_isSchemeOfCallback() {
            publish(m -> {
                makePublic(m);
                m.put("application_type", "native").put("redirect_uris", strings("dev.atlex.web:/callback"));
            });
            RawOAuthClient client = client();
            client.clientKey = null;
            client.redirectUri = "dev.atlex.web:/callback";

            assertThat(pds.authorize(client.authorizationUrl(client.push().send()), alice)
                            .toString())
                    .startsWith("dev.atlex.web:/callback?iss=");
        }
    }
}
