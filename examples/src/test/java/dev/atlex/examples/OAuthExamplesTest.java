package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.CallObserver;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.Callback;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionListener;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of OAuth in {@code docs/sessions.md}. */
class OAuthExamplesTest {
    @RegisterExtension
    static LocalPdsExtension pds = LocalPdsExtension.create();

    @TempDir
    Path folder;

    private final SessionStore store = new MemorySessionStore();
    private LocalPds server;
    private TestAccount alice;

    @BeforeEach
    void createAccount(LocalPds local) {
        server = local;
        alice = local.createAccount("alice.test", "password");
    }

    private OAuthClient client(ClientMetadata metadata) {
        IdentityResolver identity = IdentityResolver.builder()
                .plcUrl(server.plcUrl())
                .allowPrivateAddresses(true)
                .build();
        return OAuthClient.of(store, o -> o.metadata(metadata).identity(identity));
    }

    @Test
    void toolSignsInByABrowser() {
        Scopes scopes = OAuthExamples.scopes();
        OAuthClient client = client(OAuthExamples.tool(store, scopes).metadata());

        try (OAuthSession session =
                OAuthExamples.open(client, alice.did(), url -> visit(server.authorize(url, alice)))) {
            assertThat(session.did()).isEqualTo(alice.did());
            assertThat(session.scopes()).isEqualTo(scopes);
            assertThat(OAuthExamples.mayLike(session)).isFalse();
        }
    }

    /** A program waits for the browser only after it has opened it. */
    private static void visit(URI callback) {
        Thread browser = new Thread(() -> {
            try {
                callback.toURL().openStream().close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        browser.setDaemon(true);
        browser.start();
    }

    @Test
    void siteSignsUsersIn() {
        Scopes scopes = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
        OAuthClient client = client(ClientMetadata.loopback(scopes));

        Authorization authorization =
                OAuthExamples.authorize(client, alice.did().toString());
        URI callback = server.authorize(authorization.url(), alice);
        Callback done = OAuthExamples.callback(client, callback.getRawQuery(), authorization.browserSecret());

        assertThat(done.did()).isEqualTo(alice.did());
        assertThat(done.state()).isEqualTo("/inbox");
        assertThat(OAuthExamples.mayLike(done.session())).isTrue();
        assertThat(OAuthExamples.later(client, done.did()).handle().toString()).isEqualTo("alice.test");
    }

    @Test
    void poolActsForUsers_andSessionsAreImported() {
        OAuthClient client = OAuthExamples.observed(
                store,
                client(ClientMetadata.loopback(OAuthExamples.scopes())).metadata(),
                CallObserver.NONE,
                SessionListener.NONE);
        Authorization authorization = client(client.metadata()).authorize(alice.did());
        String saved = client(client.metadata())
                .callback(server.authorize(authorization.url(), alice), authorization.browserSecret())
                .session()
                .data()
                .toJson();

        assertThat(OAuthExamples.imported(client, saved).did()).isEqualTo(alice.did());
        try (AccountPool pool = OAuthExamples.pool(client, store)) {
            assertThat(pool.client(alice.did()).call(GetSession.QUERY).did()).isEqualTo(alice.did());
        }
    }

    @Test
    void siteHasKeys() {
        Path file = folder.resolve("client-keys.json");
        OAuthExamples.createKeys(file);

        OAuthClient client = OAuthExamples.site(store, OAuthExamples.scopes(), file);

        assertThat(client.metadata().isConfidential()).isTrue();
        assertThat(client.metadata().toJson())
                .contains(ClientKeys.load(file).kids().get(0));
    }
}
