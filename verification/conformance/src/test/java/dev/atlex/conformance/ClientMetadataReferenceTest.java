package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.ClientMetadataException;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of clients, checked by Atlex and by the reference server's own validation. */
@Tag("reference")
class ClientMetadataReferenceTest {
    private static final URI CLIENT = URI.create("https://app.example.com/oauth-client-metadata.json");
    private static final Scopes SCOPES = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
    private static final ClientKeys KEYS = ClientKeys.generate();

    private final ReferenceNetwork network = ReferenceNetwork.shared();

    static Stream<ClientMetadata> output() {
        return Stream.of(
                ClientMetadata.web(
                        CLIENT,
                        m -> m.redirectUri("https://app.example.com/callback").scopes(SCOPES)),
                ClientMetadata.web(
                                CLIENT,
                                m -> m.redirectUri("https://app.example.com/callback")
                                        .redirectUri("https://www.example.com/other?x=1")
                                        .scopes(Scopes.of(
                                                Scope.ATPROTO,
                                                Scope.repo("app.bsky.feed.post"),
                                                Scope.blob("image/svg+xml", "text/html"),
                                                Scope.parse("rpc:app.bsky.feed.getTimeline?aud=*"),
                                                Scope.parse("account:email?action=manage"),
                                                Scope.parse("identity:handle")))
                                        .name("An Application")
                                        .logo(URI.create("https://app.example.com/logo.png")))
                        .withKeys(KEYS),
                ClientMetadata.nativeApp(
                        CLIENT, m -> m.redirectUri("com.example.app:/callback").scopes(SCOPES)),
                ClientMetadata.nativeApp(
                        CLIENT, m -> m.redirectUri("http://127.0.0.1/callback").scopes(SCOPES)));
    }

    @ParameterizedTest
    @MethodSource
    void output(ClientMetadata metadata) {
        assertThatCode(() -> network.publishClient(metadata.toJson())).doesNotThrowAnyException();
    }

    private static LexMap.Builder confidential() {
        ClientMetadata metadata = ClientMetadata.web(
                        CLIENT,
                        m -> m.redirectUri("https://app.example.com/callback").scopes(SCOPES))
                .withKeys(KEYS);
        return ((LexMap) LexValue.parseJson(metadata.toJson())).toBuilder();
    }

    /** What the reference server refuses, Atlex refuses before it is published. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application_type | \"desktop\"",
                "authorization_details_types | [\"x\"]",
                "client_id | \"https://app.example/oauth-client-metadata.json\"",
                "client_name | 5",
                "contacts | [\"me\"]",
                "dpop_bound_access_tokens | false",
                "dpop_bound_access_tokens | ABSENT",
                "grant_types | [\"implicit\"]",
                "grant_types | [\"refresh_token\"]",
                "jwks | {\"keys\":[]}",
                "jwks | ABSENT",
                "jwks_uri | \"https://app.example.com/jwks.json\"",
                "logo_uri | \"data:image/png,x\"",
                "redirect_uris | []",
                "redirect_uris | [\"http://app.example.com/callback\"]",
                "redirect_uris | [\"http://localhost/callback\"]",
                "redirect_uris | [\"com.example.app:/callback\"]",
                "redirect_uris | \"https://app.example.com/callback\"",
                "response_types | [\"token\"]",
                "scope | \"transition:generic\"",
                "scope | \"atproto atproto\"",
                "scope | ABSENT",
                "subject_type | \"pairwise\"",
                "tls_client_certificate_bound_access_tokens | true",
                "token_endpoint_auth_method | \"client_secret_basic\"",
                "token_endpoint_auth_method | \"none\"",
                "token_endpoint_auth_method | ABSENT",
                "token_endpoint_auth_signing_alg | ABSENT",
                "userinfo_signed_response_alg | \"RS256\""
            })
    void refusedDocument(String field, String value) {
        LexMap.Builder edited = confidential();
        String json = (value.equals("ABSENT") ? edited.remove(field) : edited.put(field, LexValue.parseJson(value)))
                .build()
                .toJson();

        assertThatThrownBy(() -> network.publishClient(json))
                .as("the reference server")
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ClientMetadata.fromJson(json)).isInstanceOf(ClientMetadataException.class);
    }
}
