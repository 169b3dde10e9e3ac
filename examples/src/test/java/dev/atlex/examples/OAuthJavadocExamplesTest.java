package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.Browser;
import dev.atlex.oauth.Callback;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.LoopbackReceiver;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of the Javadoc of OAuth and its server, for {@link DocsTest}. Those that need a person are only compiled. */
class OAuthJavadocExamplesTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static OAuthClient client(LocalPds pds) {
        IdentityResolver identity = IdentityResolver.builder()
                .plcUrl(pds.plcUrl())
                .allowPrivateAddresses(true)
                .build();
        Scopes scopes = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
        return OAuthClient.of(
                new MemorySessionStore(),
                o -> o.metadata(ClientMetadata.loopback(scopes)).identity(identity));
    }

    @Test
    void resumesASession(LocalPds pds, TestAccount alice) {
        OAuthClient client = client(pds);
        Authorization authorization = client.authorize(alice.did());
        URI callback = pds.authorize(authorization.url(), alice);
        Did did = client.callback(callback, authorization.browserSecret()).did();
        try (OAuthSession session = client.resume(did)) {
            new Client(session).call(GetSession.QUERY);
        }
        assertThat(pds.count("com.atproto.server.getSession")).isPositive();
    }

    @Test
    void fillsAPool(LocalPds pds) {
        OAuthClient client = client(pds);
        SessionStore store = new MemorySessionStore();
        AccountPool pool = AccountPool.create(store, o -> o.source(client.sessions()));
        assertThat(pool.accounts()).isEmpty();
        pool.close();
    }

    @Test
    void actsForTheUser(LocalPds pds, TestAccount alice) {
        URI url = client(pds).authorize(alice.did()).url();
        URI callback = pds.authorize(url, alice);
        pds.oauth().newNonces().accessTokenLifetime(Duration.ofSeconds(3));
        assertThat(callback).hasHost("127.0.0.1").hasParameter("code");
    }

    @Test
    void registersAClient(LocalPds pds, TestAccount alice) {
        Scopes scopes = Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post"), Scope.blob("image/*"));
        ClientMetadata tool = ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC));
        ClientMetadata site = ClientMetadata.web(
                URI.create("https://app.example.com/oauth-client-metadata.json"),
                m -> m.name("My app")
                        .redirectUri("https://app.example.com/oauth/callback")
                        .scopes(Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post"))));
        String metadata = site.toJson();
        pds.oauth().register("https://app.example.com/oauth-client-metadata.json", metadata);
        pds.oauth().accessTokenLifetime(Duration.ofSeconds(3)).newNonces();
        assertThat(scopes).containsAll(site.scopes());
        assertThat(tool.isLoopback()).isTrue();
    }

    static OAuthSession receives(OAuthClient client, AtIdentifier account) {
        OAuthSession session;
        try (LoopbackReceiver receiver = LoopbackReceiver.open(client.metadata())) {
            Authorization authorization = client.authorize(account, o -> o.redirectUri(receiver.redirectUri()));
            System.err.println("open: " + authorization.url());
            String query = receiver.await(authorization, Duration.ofMinutes(5));
            session = client.callback(query, authorization.browserSecret()).session();
        }
        return session;
    }

    static void opens(SessionStore store, Scopes scopes) {
        OAuthClient client = OAuthClient.of(store, o -> o.metadata(ClientMetadata.loopback(scopes)));
        try (OAuthSession session = client.open(Handle.of("alice.example.com"), Browser.system())) {
            new Client(session).create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
        }
    }

    /** Stands for a servlet's request. */
    private interface Request {
        String getQueryString();
    }

    static void signsIn(OAuthClient client, String typed, Request request, String cookie, Did did) {
        Authorization authorization = client.authorize(typed, o -> o.state("/inbox"));
        Callback done = client.callback(request.getQueryString(), cookie);
        OAuthSession session = client.resume(did);
        System.out.println(authorization + " " + done + " " + session);
    }
}
