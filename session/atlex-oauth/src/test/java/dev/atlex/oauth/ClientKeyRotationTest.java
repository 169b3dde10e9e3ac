package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.internal.session.ClientAuths;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.session.store.EntryStore.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of confidential clients whose keys change while sessions live. */
class ClientKeyRotationTest {
    private static final String CLIENT = "https://app.example.com/oauth-client-metadata.json";
    private static final String REDIRECT = "https://app.example.com/oauth/callback";

    private final OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    private void publish(ClientKeys keys) {
        oauth.pds
                .oauth()
                .register(
                        CLIENT,
                        LexMap.builder()
                                .put("client_id", CLIENT)
                                .put("application_type", "web")
                                .put("grant_types", strings("authorization_code", "refresh_token"))
                                .put("response_types", strings("code"))
                                .put("redirect_uris", strings(REDIRECT))
                                .put("scope", "atproto transition:generic")
                                .put("token_endpoint_auth_method", "private_key_jwt")
                                .put("token_endpoint_auth_signing_alg", "ES256")
                                .put("dpop_bound_access_tokens", true)
                                .put("jwks", keys.jwks())
                                .build());
    }

    private static LexValue strings(String... values) {
        return LexValue.of(Stream.of(values).map(LexValue::of).toList());
    }

    private OAuthContext program(ClientKeys keys) {
        OAuthContext own = oauth.program();
        ClientAuths auths = (method, kid) -> keys.auth(CLIENT, kid);
        return new OAuthContext(
                own.store(),
                own.transport(),
                own.listener(),
                own.observer(),
                own.identity(),
                own.timing(),
                own.server(),
                own.dpop(),
                CLIENT,
                own.servers(),
                auths);
    }

    private Entry signIn(dev.atlex.testkit.TestAccount account, ClientKeys keys) {
        return oauth.signIn(account, program(keys), keys.auth(CLIENT, null), REDIRECT);
    }

    @Test
    void sessions_keepTheirKey_newOnesUseTheNewest() {
        ClientKeys first = ClientKeys.generate();
        publish(first);
        signIn(oauth.alice, first);
        ClientKeys both = first.rotate();
        publish(both);
        signIn(oauth.bob, both);

        OAuthSession alice = oauth.resumed(oauth.alice, program(both));
        OAuthSession bob = oauth.resumed(oauth.bob, program(both));
        assertThat(alice.refresh().refreshed()).isTrue();
        assertThat(bob.refresh().refreshed()).isTrue();
        call(alice);
        call(bob);
        assertThat(alice.data().authMethod()).isEqualTo(OAuthSessionData.PRIVATE_KEY_JWT);
        assertThat(alice.data().keyId()).isEqualTo(first.kids().get(0));
        assertThat(bob.data().keyId())
                .isEqualTo(both.kids().get(0))
                .isNotEqualTo(first.kids().get(0));
    }

    @Test
    void missingKey_isReported_beforeARequest() {
        ClientKeys first = ClientKeys.generate();
        publish(first);
        signIn(oauth.alice, first);
        ClientKeys other = ClientKeys.generate();
        oauth.pds.clearRequests();

        assertThatThrownBy(() -> oauth.resumed(oauth.alice, program(other)))
                .isInstanceOfSatisfying(
                        MissingClientKeyException.class,
                        e -> assertThat(e.kid()).isEqualTo(first.kids().get(0)));
        assertThat(oauth.pds.requests()).isEmpty();
        assertThat(oauth.resumed(oauth.alice, program(first)).refresh().refreshed())
                .isTrue();
    }

    @Test
    void unpublishedKey_keepsTheSession() {
        ClientKeys keys = ClientKeys.generate();
        publish(keys);
        signIn(oauth.alice, keys);
        OAuthSession session = oauth.resumed(oauth.alice, program(keys));
        publish(ClientKeys.generate());
        assertThat(session.refresh().refreshed()).isFalse();
        call(session);
        assertThat(session.health().failure()).hasMessageContaining("invalid_client");

        publish(keys);
        oauth.advance(java.time.Duration.ofMinutes(2));
        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.logout()).isTrue();
    }
}
