package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.internal.discovery.FakeWeb;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PublishedMetadataTest {
    private static final URI CLIENT_ID = URI.create("https://app.example.com/oauth-client-metadata.json");
    private static final String JWKS_URI = "https://app.example.com/jwks.json";

    private final FakeWeb web = new FakeWeb();
    private final ClientKeys keys = ClientKeys.generate();
    private final ClientMetadata metadata = ClientMetadata.web(
                    CLIENT_ID,
                    m -> m.redirectUri("https://app.example.com/callback")
                            .scopes(Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post"))))
            .withKeys(keys);

    private void publish(UnaryOperator<LexMap.Builder> edit) {
        LexMap document = (LexMap) LexValue.parseJson(metadata.toJson());
        web.json(CLIENT_ID.toString(), edit.apply(document.toBuilder()).build().toJson());
    }

    private void assertRejected(String... parts) {
        assertThatThrownBy(() -> metadata.verifyPublished(web))
                .isInstanceOf(ClientMetadataException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void sameDocument_isAccepted() {
        publish(document -> document);
        assertThatCode(() -> metadata.verifyPublished(web)).doesNotThrowAnyException();
    }

    /** Servers need no more, and a document is often shared by several versions of a program. */
    @Test
    void documentWithMore_isAccepted() {
        publish(document -> document.put("client_name", "Another name")
                .put(
                        "redirect_uris",
                        LexValue.parseJson("[\"https://app.example.com/other\",\"https://app.example.com/callback\"]"))
                .put("scope", "atproto repo:app.bsky.feed.post identity:handle")
                .put("jwks", keys.rotate().jwks()));
        assertThatCode(() -> metadata.verifyPublished(web)).doesNotThrowAnyException();
    }

    @Test
    void documentThatServersCantFetch_isReported() {
        web.response(CLIENT_ID.toString(), 404, "text/html", "");
        assertRejected("servers can't fetch the document", CLIENT_ID.toString(), "got 404");
        web.response(CLIENT_ID.toString(), 301, "", "", "location", "https://www.example.com/");
        assertRejected("without a redirect");
        web.response(CLIENT_ID.toString(), 200, "text/plain", metadata.toJson());
        assertRejected("application/json", "text/plain");
        web.response(CLIENT_ID.toString(), 200, "application/json", "{");
        assertRejected("malformed JSON");
    }

    @Test
    void unknownHost_isReported() {
        assertRejected("servers can't fetch the document", "unknown host");
    }

    @Test
    void invalidDocument_isReportedByItsRule() {
        publish(document -> document.remove("dpop_bound_access_tokens"));
        assertRejected("dpop_bound_access_tokens must be true");
    }

    @Test
    void otherDocument_isReportedWithTheDifference() {
        publish(document -> document.put("redirect_uris", LexValue.parseJson("[\"https://app.example.com/old\"]")));
        assertRejected("redirect_uris is \"https://app.example.com/callback\" in the program", "lacks it");
        publish(document -> document.put("scope", "atproto"));
        assertRejected("scope is \"repo:app.bsky.feed.post\" in the program", "lacks it");
        publish(document -> document.put("client_id", "https://www.example.com/oauth-client-metadata.json"));
        assertRejected("client_id is", "has \"https://www.example.com/oauth-client-metadata.json\"");
        publish(document -> document.put("application_type", "native")
                .put("token_endpoint_auth_method", "none")
                .remove("token_endpoint_auth_signing_alg"));
        assertRejected("application_type is \"web\"", "has \"native\"");
    }

    /** Servers compare the text of scopes. */
    @Test
    void scopeInAnotherSpelling_isReported() {
        publish(document -> document.put("scope", "atproto repo?collection=app.bsky.feed.post"));
        assertRejected("scope is \"repo:app.bsky.feed.post\"");
    }

    @Test
    void missingKey_isReported() {
        publish(document -> document.put("jwks", ClientKeys.generate().jwks()));
        assertRejected("jwks is the key \"" + keys.kids().get(0) + "\" in the program", "lacks it");
    }

    @Test
    void jwksUri_isFetchedToo() {
        ClientMetadata byUri = ClientMetadata.web(
                        CLIENT_ID,
                        m -> m.redirectUri("https://app.example.com/callback")
                                .scopes(Scopes.of(Scope.ATPROTO))
                                .jwksUri(URI.create(JWKS_URI)))
                .withKeys(keys);
        assertThat(byUri.toJson()).doesNotContain("\"jwks\"");
        web.json(CLIENT_ID.toString(), byUri.toJson());

        assertThatThrownBy(() -> byUri.verifyPublished(web))
                .isInstanceOf(ClientMetadataException.class)
                .hasMessageContaining(JWKS_URI);
        web.json(JWKS_URI, ClientKeys.generate().jwks().toJson());
        assertThatThrownBy(() -> byUri.verifyPublished(web)).hasMessageContaining("lacks it");
        web.json(JWKS_URI, keys.jwks().toJson());
        assertThatCode(() -> byUri.verifyPublished(web)).doesNotThrowAnyException();
    }

    @Test
    void loopbackClient_hasNothingToVerify() {
        ClientMetadata.loopback(Scopes.of(Scope.ATPROTO)).verifyPublished(web);
        assertThat(web.asked).isEmpty();
    }
}
