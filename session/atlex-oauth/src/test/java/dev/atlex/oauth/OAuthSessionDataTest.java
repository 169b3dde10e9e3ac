package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.internal.session.OAuthRecord;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.MemorySessionStore;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of saved sessions, in the TypeScript client's form. */
class OAuthSessionDataTest {
    /** As the TypeScript client saves it, with shorter tokens. */
    private static final String SAVED = """
            {"authMethod":{"method":"none"},
             "dpopJwk":{"kty":"EC","crv":"P-256","alg":"ES256","kid":"k","x":"%s","y":"%s","d":"%s"},
             "tokenSet":{"aud":"http://localhost:1234/","sub":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
              "iss":"http://localhost:1234","scope":"atproto transition:generic",
              "refresh_token":"ref-0123456789abcdef","access_token":"eyJ0eXAi.access.token",
              "token_type":"DPoP","expires_at":"2026-11-27T12:34:56.789Z"}}
            """.formatted(
                    "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                    "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
                    "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE");

    @Test
    void savedByTypeScript_isRead_andWrittenUnchanged() {
        OAuthSessionData data = OAuthSessionData.parse(SAVED);

        assertThat(data.did()).hasToString("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(data.issuer()).isEqualTo(URI.create("http://localhost:1234"));
        assertThat(data.pds()).isEqualTo(URI.create("http://localhost:1234"));
        assertThat(data.scope()).isEqualTo("atproto transition:generic");
        assertThat(data.expiresAt()).isEqualTo(Instant.parse("2026-11-27T12:34:56.789Z"));
        assertThat(data.authMethod()).isEqualTo(OAuthSessionData.NO_AUTHENTICATION);
        assertThat(data.clientId()).isNull();
        assertThat(OAuthSessionData.parse(data.toJson())).isEqualTo(data);
        assertThat(data.toJson()).contains("\"alg\":\"ES256\"", "ref-0123456789abcdef");
    }

    @Test
    void unknownFields_areKept_throughARefresh() {
        try (OAuthFixture oauth = new OAuthFixture()) {
            Entry entry = oauth.signIn(oauth.alice);
            LexMap fields = (LexMap) OAuthRecord.of(entry).data().fields();
            LexMap changed = fields.toBuilder()
                    .put("later", "version")
                    .put(
                            "tokenSet",
                            fields.getMap("tokenSet").toBuilder()
                                    .put("id_token", "x")
                                    .build())
                    .build();
            oauth.store.save(
                    entry.key(),
                    entry.generation(),
                    OAuthRecord.of(OAuthSessionData.of(changed)).toJson());
            OAuthSession session = oauth.resumed(oauth.alice);
            assertThat(session.refresh().refreshed()).isTrue();

            LexMap kept = (LexMap) oauth.resumed(oauth.alice).data().fields();
            assertThat(kept.getString("later")).isEqualTo("version");
            assertThat(kept.getMap("tokenSet").getString("id_token")).isEqualTo("x");
            assertThat(kept.getMap("tokenSet").keySet())
                    .contains(
                            "aud", "sub", "iss", "scope", "refresh_token", "access_token", "token_type", "expires_at");
            call(session);
        }
    }

    @Test
    void es256kSession_isRead_butCantBeUsed() {
        String secp256k1 = SAVED.replace("P-256", "secp256k1").replace("ES256", "ES256K");
        OAuthSessionData data = OAuthSessionData.parse(secp256k1);
        assertThat(data.did()).hasToString("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

        EntryStore store = new MemorySessionStore();
        Key key = Key.oauth(data.did(), null);
        Entry entry = store.save(key, EntryStore.NONE, OAuthRecord.of(data).toJson());
        try (OAuthFixture oauth = new OAuthFixture()) {
            assertThatThrownBy(() -> OAuthSession.resumed(oauth.program(), entry))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("ES256K")
                    .hasMessageContaining("sign in again")
                    .hasMessageNotContaining("870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "sub", "iss", "aud"})
    void missingField_isNamed(String name) {
        LexMap fields = (LexMap) OAuthSessionData.parse(SAVED).fields();
        LexMap tokens = fields.getMap("tokenSet").toBuilder().remove(name).build();

        assertThatThrownBy(() -> OAuthSessionData.of(
                        fields.toBuilder().put("tokenSet", tokens).build()))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "[]", "{\"tokenSet\":\"ref-secret", "{}"})
    void otherText_isRejected_withoutBeingShown(String text) {
        assertThatThrownBy(() -> OAuthSessionData.parse(text))
                .isInstanceOf(LexDataException.class)
                .hasMessageNotContaining("ref-secret");
    }

    @Test
    void toString_showsNoSecret() {
        assertThat(OAuthSessionData.parse(SAVED).toString())
                .doesNotContain("ref-0123456789abcdef", "eyJ0eXAi", "870MB6gf");
    }

    @Test
    void sessionOfAnotherClient_isRefusedBeforeARequest() {
        try (OAuthFixture oauth = new OAuthFixture()) {
            Entry entry = oauth.signIn(oauth.alice);
            LexMap fields = (LexMap) OAuthRecord.of(entry).data().fields();
            OAuthSessionData moved = OAuthSessionData.of(fields.toBuilder()
                    .put("clientId", "https://www.example.com/client.json")
                    .build());
            Entry other = oauth.store.save(
                    entry.key(), entry.generation(), OAuthRecord.of(moved).toJson());
            oauth.pds.clearRequests();

            assertThatThrownBy(() -> OAuthSession.resumed(oauth.program(), other))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("https://www.example.com/client.json");
            assertThat(oauth.pds.requests()).isEmpty();
        }
    }
}
