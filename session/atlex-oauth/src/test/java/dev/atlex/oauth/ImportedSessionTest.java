package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.data.LexMap;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.MemorySessionStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of sessions that another program saved. */
class ImportedSessionTest {
    private final OAuthWorld world = new OAuthWorld();
    private final OAuthClient elsewhere =
            world.client(new MemorySessionStore(), o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)));

    @AfterEach
    void close() {
        world.close();
    }

    /** As the TypeScript package saves it: without the client's ID. */
    private static OAuthSessionData without(String field, OAuthSessionData data) {
        return OAuthSessionData.of(
                ((LexMap) data.fields()).toBuilder().remove(field).build());
    }

    @Test
    void importedSession_isSavedAndContinued() {
        OAuthSessionData data = world.signIn(elsewhere, world.alice).data();
        world.pds.clearRequests();

        OAuthSession imported = world.client().importSession(without("clientId", data));

        assertThat(world.pds.requests()).isEmpty();
        assertThat(imported.data()).isEqualTo(data);
        OAuthSession resumed = world.client().resume(world.alice.did());
        assertThat(resumed.refresh().refreshed()).isTrue();
        assertThat(new Client(imported).call(GetSession.QUERY).did()).isEqualTo(world.alice.did());
    }

    @Test
    void replacedSession_isRevoked() {
        OAuthSessionData data = world.signIn(elsewhere, world.alice).data();
        OAuthSession before = world.signIn(world.client(), world.alice);
        assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(2);

        world.client().importSession(data);

        assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(1);
        assertThat(before.did()).isEqualTo(world.alice.did());
        assertThat(new Client(world.client().resume(world.alice.did()))
                        .call(GetSession.QUERY)
                        .did())
                .isEqualTo(world.alice.did());
    }

    @Test
    void sameSession_isNotRevoked() {
        OAuthSession session = world.signIn(world.client(), world.alice);

        world.client().importSession(session.data());

        assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(1);
    }

    @Test
    void es256kSession_isRefused_andNotSaved() {
        OAuthSessionData data = world.signIn(elsewhere, world.alice).data();
        LexMap fields = (LexMap) data.fields();
        LexMap key =
                fields.getMap("dpopJwk").toBuilder().put("crv", "secp256k1").build();
        OAuthSessionData secp256k1 =
                OAuthSessionData.of(fields.toBuilder().put("dpopJwk", key).build());

        assertThatThrownBy(() -> world.client().importSession(secp256k1))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("ES256K")
                .hasMessageContaining("sign in again");
        assertThat(world.entries(Kind.OAUTH)).isZero();
    }

    @Test
    void anotherClientsSession_isRefused_andNotSaved() {
        OAuthSessionData data = world.signIn(elsewhere, world.alice).data();
        OAuthSessionData other = OAuthSessionData.of(((LexMap) data.fields())
                .toBuilder().put("clientId", OAuthWorld.WEB_CLIENT.toString()).build());

        assertThatThrownBy(() -> world.client().importSession(other))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(OAuthWorld.WEB_CLIENT.toString());
        assertThat(world.entries(Kind.OAUTH)).isZero();
    }

    @Test
    void sessionOfAMissingKey_isRefused_andNotSaved() {
        OAuthClient web = world.webClient(ClientKeys.generate());
        OAuthSessionData data = world.signIn(web, world.alice).data();
        OAuthClient rekeyed = world.webClient(ClientKeys.generate());
        int before = world.entries(Kind.OAUTH);

        assertThatThrownBy(() -> rekeyed.importSession(data)).isInstanceOf(MissingClientKeyException.class);
        assertThat(world.entries(Kind.OAUTH)).isEqualTo(before);
    }
}
