package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests exchanging OAuth sessions between Atlex and the TypeScript package, which both use the same client ID. */
@Tag("reference")
class OAuthExchangeTest extends OAuthBase {
    private final TypeScriptClient typeScript = new TypeScriptClient();
    private final OAuthClient client = client(
            store,
            oauth.clock(),
            o -> o.metadata(ClientMetadata.loopback(SCOPES, URI.create("http://127.0.0.1/callback"))));

    @TempDir
    private Path folder;

    OAuthExchangeTest() {
        super(new ReferenceServer(ReferenceNetwork.shared()));
    }

    private Path file() {
        return folder.resolve("session.json");
    }

    private OAuthSessionData saved() throws IOException {
        return OAuthSessionData.parse(Files.readString(file()));
    }

    private static TypeScriptClient.Identity identity(TestAccount account) {
        return new TypeScriptClient.Identity(account.handle(), account.did().toString());
    }

    private String clientId() {
        return client.metadata().clientId().toString();
    }

    /** Signs in with the TypeScript package. Without an algorithm, the package chooses it. */
    private OAuthSessionData typeScriptSignIn(@Nullable String algorithm) throws IOException {
        Path state = folder.resolve("state.json");
        URI url = typeScript.authorize(oauth.issuer(), server.plcUrl(), clientId(), alice.handle(), state, algorithm);
        URI callback = oauth.authorize(url, alice);
        assertThat(typeScript.callback(oauth.issuer(), server.plcUrl(), clientId(), state, callback, file()))
                .isEqualTo(identity(alice));
        return saved();
    }

    private TypeScriptClient.Identity typeScriptResume() {
        return typeScript.resumeOAuth(oauth.issuer(), server.plcUrl(), clientId(), file());
    }

    @Test
    void session_typeScriptToAtlexAndBack() throws Exception {
        OAuthSessionData there = typeScriptSignIn("ES256");
        int requests = transport.count();
        OAuthSession here = client.importSession(there);
        assertThat(transport.count()).isEqualTo(requests);
        call(here);
        assertThat(here.refresh().refreshed()).isTrue();

        Files.writeString(file(), here.data().toJson());
        assertThat(typeScriptResume()).isEqualTo(identity(alice));

        OAuthSession again = client.importSession(saved());
        call(again);
        assertThat(again.refresh().refreshed()).isTrue();
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    @Test
    void session_atlexToTypeScriptAndBack() throws Exception {
        OAuthSession here = signIn(client, alice);
        Files.writeString(file(), here.data().toJson());

        assertThat(typeScriptResume()).isEqualTo(identity(alice));
        OAuthSessionData fromThere = saved();
        assertThat(fromThere.refreshToken()).isNotEqualTo(here.data().refreshToken());

        OAuthSession again = client.importSession(fromThere);
        call(again);
        assertThat(again.logout()).isTrue();
        assertThat(oauth.sessions(alice.did())).isZero();
    }

    @Test
    void sessionData_sameFieldsAsTypeScript() throws Exception {
        OAuthSessionData there = typeScriptSignIn("ES256");
        OAuthSessionData here = signIn(client, alice).data();

        assertThat(here.fields().keySet()).containsAll(there.fields().keySet());
        assertThat(here.fields().keySet()).hasSize(there.fields().size() + 1).contains("clientId");
        assertThat(here.fields().get("authMethod")).isEqualTo(there.fields().get("authMethod"));
        assertThat(keys(here, "tokenSet")).isEqualTo(keys(there, "tokenSet"));
        assertThat(keys(here, "dpopJwk")).containsAll(keys(there, "dpopJwk"));
        assertThat(here.issuer()).isEqualTo(there.issuer());
        assertThat(here.pds()).isEqualTo(there.pds());
        assertThat(here.scope()).isEqualTo(there.scope());
    }

    private static Set<String> keys(OAuthSessionData data, String field) {
        return ((LexMap) Objects.requireNonNull(data.fields().get(field))).keySet();
    }

    @Test
    void es256kSession_failsClearly() throws Exception {
        OAuthSessionData there = typeScriptSignIn(null);

        assertThatThrownBy(() -> client.importSession(there))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("ES256K")
                .hasMessageContaining("sign in again");
        assertThat(client.accounts()).isEmpty();
        assertThat(typeScriptResume()).as("the session still works there").isEqualTo(identity(alice));
    }
}
