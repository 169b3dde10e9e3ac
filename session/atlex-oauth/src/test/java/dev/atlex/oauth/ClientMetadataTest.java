package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMetadataTest {
    private static final Scopes SCOPES = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
    private static final URI CLIENT_ID = URI.create("https://web.atlex.dev/oauth-client-metadata.json");

    private static final String JWKS = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"key-1","use":"sig","alg":"ES256",\
            "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";

    private static ClientMetadata web(Consumer<? super ClientMetadata.Builder> more) {
        return ClientMetadata.web(CLIENT_ID, m -> {
            m.redirectUri("https://web.atlex.dev/callback").scopes(SCOPES);
            more.accept(m);
        });
    }

    private static ClientMetadata nativeApp(String redirectUri) {
        return ClientMetadata.nativeApp(
                CLIENT_ID, m -> m.redirectUri(redirectUri).scopes(SCOPES));
    }

    private static LexMap document(ClientMetadata metadata) {
        return (LexMap) LexValue.parseJson(metadata.toJson());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto+transition%3Ageneric",
                "http://localhost/?scope=atproto%20transition:generic&redirect_uri=http://127.0.0.1/callback",
            })
    void loopbackId_givesItsMetadata(String id) {
        ClientMetadata metadata = ClientMetadata.ofLoopbackId(URI.create(id));

        assertThat(metadata.clientId()).hasToString(id);
        assertThat(metadata.scopes()).isEqualTo(SCOPES);
        assertThat(metadata.redirectUris()).containsExactly(URI.create("http://127.0.0.1/callback"));
    }

    @Test
    void loopbackId_withoutParameters_hasTheDefaults() {
        ClientMetadata metadata = ClientMetadata.ofLoopbackId(URI.create("http://localhost"));

        assertThat(metadata.scopes()).containsExactly(Scope.ATPROTO);
        assertThat(metadata.redirectUris())
                .containsExactly(URI.create("http://127.0.0.1/"), URI.create("http://[::1]/"));
        assertThat(ClientMetadata.ofLoopbackId(ClientMetadata.loopback(SCOPES).clientId()))
                .hasToString(ClientMetadata.loopback(SCOPES).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://web.atlex.dev/oauth-client-metadata.json",
                "http://127.0.0.1?scope=atproto",
                "http://localhost:80?scope=atproto",
                "http://localhost/path?scope=atproto",
                "http://localhost?scope=transition:generic",
                "http://localhost?scope=atproto&scope=atproto",
                "http://localhost?scope=atproto&name=x",
                "http://localhost?redirect_uri=https://web.atlex.dev/callback",
                "http://localhost?redirect_uri=%20"
            })
    void otherLoopbackId_isRejected(String id) {
        assertThatThrownBy(() -> ClientMetadata.ofLoopbackId(URI.create(id)))
                .isInstanceOf(ClientMetadataException.class);
    }

    /** The document of a confidential web client, as the reference server accepted it. */
    private static LexMap confidential() {
        return document(web(m -> {})).toBuilder()
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("token_endpoint_auth_signing_alg", "ES256")
                .put("jwks", LexValue.parseJson(JWKS))
                .build();
    }

    private static void assertRejected(String field, UnaryOperator<LexMap.Builder> change, String... parts) {
        String json = change.apply(confidential().toBuilder()).build().toJson();
        assertThatThrownBy(() -> ClientMetadata.fromJson(json))
                .isInstanceOfSatisfying(
                        ClientMetadataException.class,
                        e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageStartingWith("invalid client metadata: " + field + " ")
                .satisfies(e -> assertThat(List.of(parts)).allMatch(String.valueOf(e.getMessage())::contains));
    }

    @Nested
    class Loopback {
        @Test
        void clientId_consistsOfRedirectUriAndScopes() {
            ClientMetadata metadata = ClientMetadata.loopback(SCOPES);

            assertThat(metadata.clientId())
                    .hasToString("http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback"
                            + "&scope=atproto+transition%3Ageneric");
            assertThat(metadata.redirectUris()).containsExactly(URI.create("http://127.0.0.1/callback"));
            assertThat(metadata.scopes()).isEqualTo(SCOPES);
            assertThat(metadata.isLoopback()).isTrue();
            assertThat(metadata.isConfidential()).isFalse();
        }

        @Test
        void json_isTheDocumentThatServersDerive() {
            assertThat(LexValue.parseJson(ClientMetadata.loopback(SCOPES).toJson()))
                    .isEqualTo(LexValue.parseJson("""
                                    {"client_id":"http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto+transition%3Ageneric",
                                     "application_type":"native","grant_types":["authorization_code","refresh_token"],
                                     "response_types":["code"],"token_endpoint_auth_method":"none",
                                     "dpop_bound_access_tokens":true,"scope":"atproto transition:generic",
                                     "redirect_uris":["http://127.0.0.1/callback"]}"""));
        }

        @Test
        void granularScopes_areEncodedSoThatTheServerReadsThemBack() {
            Scopes scopes = Scopes.of(Scope.ATPROTO, Scope.blob("image/svg+xml", "text/html"));
            ClientMetadata metadata = ClientMetadata.loopback(scopes);

            assertThat(metadata.clientId().toString())
                    .endsWith("&scope=atproto+blob%3Faccept%3Dimage%2Fsvg%252Bxml%26accept%3Dtext%2Fhtml");
            assertThat(ClientMetadata.fromJson(metadata.toJson())).isEqualTo(metadata);
        }

        @Test
        void severalRedirectUris_areAllDeclared() {
            ClientMetadata metadata = ClientMetadata.loopback(
                    SCOPES, URI.create("http://127.0.0.1:8765/callback"), URI.create("http://[::1]/callback"));

            assertThat(metadata.redirectUris()).hasSize(2);
            assertThat(metadata.clientId().toString()).contains("127.0.0.1%3A8765", "%5B%3A%3A1%5D");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost/callback",
                    "https://127.0.0.1/callback",
                    "http://127.0.0.2/callback",
                    "https://web.atlex.dev/callback",
                    "dev.atlex.web:/callback",
                    "http://user:secret@127.0.0.1/callback",
                    "http://127.0.0.1/callback#x",
                    "/callback"
                })
        void otherRedirectUri_isRejected(String redirectUri) {
            assertThatThrownBy(() -> ClientMetadata.loopback(SCOPES, URI.create(redirectUri)))
                    .isInstanceOf(ClientMetadataException.class)
                    .hasMessageContaining("redirect_uris")
                    .hasMessageNotContaining("secret");
        }

        @Test
        void noRedirectUriOrNoAtproto_isRejected() {
            assertThatThrownBy(() -> ClientMetadata.loopback(SCOPES, new URI[0]))
                    .isInstanceOf(ClientMetadataException.class)
                    .hasMessageContaining("redirect_uris");
            assertThatThrownBy(() -> ClientMetadata.loopback(Scopes.of(Scope.TRANSITION_GENERIC)))
                    .isInstanceOf(ClientMetadataException.class)
                    .hasMessage("invalid client metadata: scope must contain atproto (got \"transition:generic\")");
        }

        /** Identifiers that servers refuse, or that differ from the rest of the document. */
        @ParameterizedTest
        @CsvSource({
            "http://127.0.0.1",
            "http://localhost:9999",
            "http://localhost:9999?scope=atproto",
            "http://localhost/path?scope=atproto",
            "http://localhost?scope=atproto#x",
            "http://localhost?scope=atproto&scope=atproto",
            "http://localhost?scope=atproto&name=x",
            "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fother&scope=atproto",
            "http://localhost?scope=atproto%",
            "https://localhost?scope=atproto"
        })
        void otherClientId_isRejected(String clientId) {
            String json =
                    document(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO), URI.create("http://127.0.0.1/")))
                            .toBuilder()
                            .put("client_id", clientId)
                            .build()
                            .toJson();

            assertThatThrownBy(() -> ClientMetadata.fromJson(json)).isInstanceOf(ClientMetadataException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost",
                    "http://localhost/",
                    "http://localhost?",
                    "http://localhost/?scope=atproto"
                })
        void defaults_mayBeLeftOut(String clientId) {
            String json = document(ClientMetadata.loopback(
                            Scopes.of(Scope.ATPROTO), URI.create("http://127.0.0.1/"), URI.create("http://[::1]/")))
                    .toBuilder()
                    .put("client_id", clientId)
                    .build()
                    .toJson();

            assertThatCode(() -> ClientMetadata.fromJson(json)).doesNotThrowAnyException();
        }

        @Test
        void port_isFreeOnlyIfTheDeclaredUriHasNone() {
            URI declared = URI.create("http://127.0.0.1/callback");
            assertThat(RedirectUris.matches(declared, URI.create("http://127.0.0.1:9/callback")))
                    .isTrue();
            assertThat(RedirectUris.matches(declared, declared)).isTrue();
            assertThat(RedirectUris.matches(declared, URI.create("http://127.0.0.1:9/other")))
                    .isFalse();
            assertThat(RedirectUris.matches(declared, URI.create("http://[::1]:9/callback")))
                    .isFalse();
            assertThat(RedirectUris.matches(declared, URI.create("http://127.0.0.1:9/callback?x=y")))
                    .isFalse();
            URI withPort = URI.create("http://127.0.0.1:8/callback");
            assertThat(RedirectUris.matches(withPort, URI.create("http://127.0.0.1:9/callback")))
                    .isFalse();
            assertThat(RedirectUris.matches(withPort, declared)).isFalse();
            URI web = URI.create("https://web.atlex.dev/callback");
            assertThat(RedirectUris.matches(web, URI.create("https://web.atlex.dev:444/callback")))
                    .isFalse();
        }
    }

    @Nested
    class Native {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1/callback",
                    "http://[::1]:8080/callback",
                    "dev.atlex.web:/callback",
                    "https://web.atlex.dev/callback"
                })
        void redirectUriThatServersAccept_isAccepted(String redirectUri) {
            assertThat(nativeApp(redirectUri).redirectUris()).containsExactly(URI.create(redirectUri));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "dev.atlex:/callback",
                    "dev.atlex.web://callback",
                    "dev.atlex.web:callback",
                    "dev.atlex.web:///callback",
                    "dev.atlex.web://web.atlex.dev/callback",
                    "atlex:/callback",
                    "http://localhost/callback",
                    "http://web.atlex.dev/callback",
                    "javascript:alert(1)"
                })
        void redirectUriThatServersRefuse_isRejected(String redirectUri) {
            assertThatThrownBy(() -> nativeApp(redirectUri))
                    .isInstanceOfSatisfying(
                            ClientMetadataException.class,
                            e -> assertThat(e.field()).isEqualTo("redirect_uris"));
        }

        @Test
        void message_namesTheFix() {
            assertThatThrownBy(() -> nativeApp("dev.atlex:/callback"))
                    .hasMessageContaining("dev.atlex.web")
                    .hasMessageContaining("(got \"dev.atlex:/callback\")");
            assertThatThrownBy(() -> nativeApp("dev.atlex.web://callback"))
                    .hasMessageContaining("one slash after its scheme: dev.atlex.web:/callback");
        }

        @Test
        void clientWithKey_isRejected() {
            assertRejected("token_endpoint_auth_method", d -> d.put("application_type", "native"), "must be none");
        }
    }

    @Nested
    class Web {
        @Test
        void publicClient_hasNoKeys() {
            ClientMetadata metadata = web(m -> m.name("Atlex")
                    .homePage(URI.create("https://web.atlex.dev/"))
                    .logo(URI.create("https://cdn.atlex.dev/logo.png"))
                    .termsOfService(URI.create("https://web.atlex.dev/terms"))
                    .privacyPolicy(URI.create("https://web.atlex.dev/privacy")));

            assertThat(metadata.isConfidential()).isFalse();
            assertThat(metadata.name()).isEqualTo("Atlex");
            assertThat(document(metadata).getString("application_type")).isEqualTo("web");
            assertThat(ClientMetadata.fromJson(metadata.toJson())).isEqualTo(metadata);
            assertThat(metadata).hasToString("ClientMetadata[" + CLIENT_ID + ", public]");
        }

        @Test
        void jwksUri_makesTheClientConfidential() {
            ClientMetadata metadata = web(m -> m.jwksUri(URI.create("https://web.atlex.dev/jwks.json")));

            assertThat(metadata.isConfidential()).isTrue();
            assertThat(document(metadata).getString("token_endpoint_auth_signing_alg"))
                    .isEqualTo("ES256");
        }

        @Test
        void confidentialDocument_isAccepted() {
            assertThat(ClientMetadata.fromJson(confidential().toJson()).isConfidential())
                    .isTrue();
        }

        /** The reference server accepts it, although the specification requires the client's origin. */
        @Test
        void redirectUriOnAnotherHost_isAccepted() {
            assertThatCode(() -> web(m -> m.redirectUri("https://app.atlex.dev/callback")))
                    .doesNotThrowAnyException();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1/callback",
                    "http://[::1]/callback",
                    "dev.atlex.web:/callback",
                    "https://localhost/callback",
                    "https://127.0.0.1/callback",
                    "https://app.test/callback",
                    "https://app.local/callback",
                    "https://web.atlex.dev:443/callback",
                    "https://user@web.atlex.dev/callback",
                    "https://web.atlex.dev/callback#x",
                    "https://"
                })
        void redirectUriThatServersRefuse_isRejected(String redirectUri) {
            assertThatThrownBy(() -> web(m -> m.redirectUri(redirectUri)))
                    .isInstanceOfSatisfying(
                            ClientMetadataException.class,
                            e -> assertThat(e.field()).isEqualTo("redirect_uris"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://web.atlex.dev/m.json",
                    "https://web.atlex.dev:8443/m.json",
                    "https://web.atlex.dev",
                    "https://web.atlex.dev/",
                    "https://web.atlex.dev/clients/",
                    "https://web.atlex.dev/a/../m.json",
                    "https://web.atlex.dev/a/%2E/m.json",
                    "https://web.atlex.dev/m.json#x",
                    "https://user:secret@web.atlex.dev/m.json",
                    "https://WEB.atlex.dev/m.json",
                    "https://web.test/m.json",
                    "https://web.example/m.json",
                    "https://localhost/m.json",
                    "https://8.8.8.8/m.json",
                    "https://[2606:4700::1111]/m.json",
                    "urn:client"
                })
        void clientIdThatServersRefuse_isRejected(String clientId) {
            assertThatThrownBy(() -> ClientMetadata.web(
                            URI.create(clientId),
                            m -> m.redirectUri("https://web.atlex.dev/callback").scopes(SCOPES)))
                    .isInstanceOfSatisfying(
                            ClientMetadataException.class,
                            e -> assertThat(e.field()).isEqualTo("client_id"))
                    .hasMessageNotContaining("secret");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://app.atlex.dev/",
                    "https://web.atlex.dev/other",
                    "https://web.atlex.dev/oauth",
                    "http://web.atlex.dev/",
                    "https://web.test/"
                })
        void homePageElsewhere_isRejected(String url) {
            assertThatThrownBy(() -> web(m -> m.homePage(URI.create(url))))
                    .isInstanceOfSatisfying(
                            ClientMetadataException.class,
                            e -> assertThat(e.field()).isEqualTo("client_uri"));
        }
    }

    /** Everything that the reference server was seen to refuse, and the other rules of its validator. */
    @Nested
    class RefusedByTheReferenceServer {
        @Test
        void signingAlgorithmMissing() {
            assertRejected(
                    "token_endpoint_auth_signing_alg", d -> d.remove("token_endpoint_auth_signing_alg"), "ES256");
        }

        @Test
        void signingAlgorithmOfPublicClient() {
            assertRejected("token_endpoint_auth_signing_alg", d -> d.put("token_endpoint_auth_method", "none"));
        }

        @Test
        void dpopNotDeclared() {
            assertRejected("dpop_bound_access_tokens", d -> d.remove("dpop_bound_access_tokens"), "must be true");
            assertRejected("dpop_bound_access_tokens", d -> d.put("dpop_bound_access_tokens", false));
        }

        @Test
        void scopeMissingDuplicateOrMalformed() {
            assertRejected("scope", d -> d.remove("scope"), "is missing");
            assertRejected("scope", d -> d.put("scope", "transition:generic"), "must contain atproto");
            assertRejected("scope", d -> d.put("scope", "atproto atproto"), "\"atproto\" twice");
            assertRejected("scope", d -> d.put("scope", "atproto  repo:*"), "is empty");
            assertRejected("scope", d -> d.put("scope", List.of("atproto").toString()), "must contain atproto");
        }

        @Test
        void scopeThatServersIgnore_isRejectedWithTheReason() {
            assertRejected(
                    "scope", d -> d.put("scope", "atproto repo:post"), "which servers would ignore", "not an NSID");
        }

        @Test
        void scopeOfUnknownResource_isAccepted() {
            String json = confidential().toBuilder()
                    .put("scope", "atproto space:x")
                    .build()
                    .toJson();

            assertThat(ClientMetadata.fromJson(json).scopes()).hasToString("atproto space:x");
        }

        @Test
        void keysPrivateWithoutKidOrMissing() {
            assertRejected("jwks", d -> d.put("jwks", jwks(k -> k.put("d", "secret"))), "private key", "key-1");
            assertRejected("jwks", d -> d.put("jwks", jwks(k -> k.remove("kid"))), "without kid");
            assertRejected("jwks", d -> d.put("jwks", LexValue.parseJson("{\"keys\":[]}")), "at least one key");
            assertRejected("jwks", d -> d.put("jwks", jwks(k -> k.remove("x"))), "invalid key", "key-1");
            assertRejected("jwks", d -> d.remove("jwks"), "required for a confidential client");
            assertRejected("jwks", d -> d.put("jwks_uri", "https://web.atlex.dev/jwks.json"), "exclude each other");
        }

        @Test
        void messageOfPrivateKey_doesNotShowIt() {
            String json = confidential().toBuilder()
                    .put("jwks", jwks(k -> k.put("d", "c2VjcmV0")))
                    .build()
                    .toJson();

            assertThatThrownBy(() -> ClientMetadata.fromJson(json)).hasMessageNotContaining("c2VjcmV0");
        }

        @Test
        void grantsAndResponses() {
            assertRejected("grant_types", d -> d.put("grant_types", LexValue.parseJson("[\"implicit\"]")));
            assertRejected("grant_types", d -> d.put("grant_types", LexValue.parseJson("[\"refresh_token\"]")));
            assertRejected("grant_types", d -> d.remove("grant_types"), "refresh_token");
            assertRejected("response_types", d -> d.put("response_types", LexValue.parseJson("[\"token\"]")));
        }

        @Test
        void authenticationMethods() {
            assertRejected(
                    "token_endpoint_auth_method", d -> d.put("token_endpoint_auth_method", "client_secret_basic"));
            assertRejected("token_endpoint_auth_method", d -> d.remove("token_endpoint_auth_method"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "default_max_age",
                    "userinfo_signed_response_alg",
                    "id_token_signed_response_alg",
                    "userinfo_encrypted_response_alg",
                    "authorization_encrypted_response_enc"
                })
        void fieldOfOpenIdConnect(String field) {
            assertRejected(field, d -> d.put(field, "RS256"), "not supported");
        }

        @Test
        void otherFields() {
            assertRejected("subject_type", d -> d.put("subject_type", "pairwise"));
            assertRejected("application_type", d -> d.put("application_type", "desktop"));
            assertRejected(
                    "tls_client_certificate_bound_access_tokens",
                    d -> d.put("tls_client_certificate_bound_access_tokens", true));
            assertRejected(
                    "authorization_details_types",
                    d -> d.put("authorization_details_types", LexValue.parseJson("[\"x\"]")));
            assertRejected("redirect_uris", d -> d.put("redirect_uris", LexValue.parseJson("[]")), "at least one");
            assertRejected("redirect_uris", d -> d.put("redirect_uris", LexValue.parseJson("[1]")), "array of strings");
            assertRejected("redirect_uris", d -> d.put("redirect_uris", "https://web.atlex.dev/callback"));
            assertRejected("logo_uri", d -> d.put("logo_uri", "data:image/png,x"));
            assertRejected("client_id", d -> d.remove("client_id"), "is missing");
            assertRejected("client_name", d -> d.put("client_name", 5), "must be a string");
            assertRejected("require_auth_time", d -> d.put("require_auth_time", "yes"), "must be a boolean");
            assertRejected("contacts", d -> d.put("contacts", LexValue.parseJson("[\"me\"]")), "email addresses");
        }

        private LexValue jwks(UnaryOperator<LexMap.Builder> change) {
            LexMap jwks = (LexMap) LexValue.parseJson(JWKS);
            LexMap key = (LexMap) jwks.getArray("keys").get(0);
            return LexMap.of(
                    "keys", LexValue.of(List.of(change.apply(key.toBuilder()).build())));
        }
    }

    @Test
    void fromJson_keepsUnknownFields() {
        String json = confidential().toBuilder()
                .put("software_version", "1.2")
                .build()
                .toJson();

        assertThat(ClientMetadata.fromJson(json).toJson()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null"})
    void fromJson_withoutObject_isRejected(String json) {
        assertThatThrownBy(() -> ClientMetadata.fromJson(json)).isInstanceOf(ClientMetadataException.class);
    }
}
