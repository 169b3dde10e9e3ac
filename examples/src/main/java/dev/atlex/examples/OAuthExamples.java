package dev.atlex.examples;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.CallObserver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.Browser;
import dev.atlex.oauth.Callback;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionListener;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The examples of OAuth in {@code docs/sessions.md}. */
final class OAuthExamples {
    private OAuthExamples() {}

    static OAuthClient tool(SessionStore store, Scopes scopes) {
        OAuthClient client = OAuthClient.of(store, o -> o.metadata(ClientMetadata.loopback(scopes)));
        return client;
    }

    static OAuthSession open(OAuthClient client, AtIdentifier account, Browser browser) {
        OAuthSession session = client.open(account, browser);
        return session;
    }

    static void createKeys(Path file) {
        ClientKeys.generate().save(file);
    }

    static OAuthClient site(SessionStore store, Scopes scopes, Path file) {
        ClientMetadata metadata = ClientMetadata.web(
                URI.create("https://app.example.com/oauth-client-metadata.json"),
                m -> m.name("My app")
                        .redirectUri("https://app.example.com/oauth/callback")
                        .scopes(scopes));
        OAuthClient client = OAuthClient.of(store, o -> o.metadata(metadata).keys(ClientKeys.load(file)));
        return client;
    }

    static Authorization authorize(OAuthClient client, String typed) {
        Authorization authorization = client.authorize(typed, o -> o.state("/inbox"));
        return authorization;
    }

    static Callback callback(OAuthClient client, String query, @Nullable String cookie) {
        Callback done = client.callback(query, cookie);
        return done;
    }

    static ProfileViewDetailed later(OAuthClient client, Did did) {
        try (OAuthSession session = client.resume(did)) {
            return Bluesky.of(session).profile();
        }
    }

    static AccountPool pool(OAuthClient client, SessionStore store) {
        AccountPool pool = AccountPool.create(store, o -> o.source(client.sessions()));
        return pool;
    }

    static OAuthClient observed(
            SessionStore store, ClientMetadata metadata, CallObserver calls, SessionListener sessions) {
        OAuthClient client =
                OAuthClient.of(store, o -> o.metadata(metadata).observer(calls).listener(sessions));
        return client;
    }

    static OAuthSession imported(OAuthClient client, String json) {
        OAuthSession session = client.importSession(OAuthSessionData.parse(json));
        return session;
    }

    static Scopes scopes() {
        Scopes scopes = Scopes.of(
                Scope.ATPROTO,
                Scope.repo("app.bsky.feed.post"),
                Scope.blob("image/*"),
                Scope.rpc("did:web:api.bsky.app#bsky_appview", "app.bsky.actor.getProfile"));
        return scopes;
    }

    static boolean mayLike(OAuthSession session) {
        return session.scopes().covers(Scope.repo("app.bsky.feed.like"));
    }
}
