package dev.atlex.examples.recipes;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.Callback;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A site where users sign in with their account, see their profile, and sign out. */
public final class WebSignIn {
    static final Scopes SCOPES = Scopes.of(Scope.ATPROTO, Scope.rpc(Scope.ANY, "app.bsky.actor.getProfile"));
    private static final String SIGN_IN = """
            <form method=post action=/login><input name=account placeholder=alice.bsky.social required>
            <button>Sign in</button></form>""";
    private static final String PROFILE = """
            <h1>%s</h1><p>@%s, followers: %s</p><form method=post action=/logout><button>Sign out</button></form>""";

    private final OAuthClient client;
    private final Map<String, Did> users = new ConcurrentHashMap<>(); // by cookie; a real site keeps them in a database

    WebSignIn(OAuthClient client) {
        this.client = client;
    }

    public static void main(String[] args) throws IOException {
        if (args.length > 0) { // such as https://app.example.com
            WebSite site = WebSite.behindProxy(URI.create(args[0]), 8080);
            OAuthClient client = OAuthClient.of(
                    new FileSessionStore(Path.of("sessions")),
                    o -> o.metadata(published(site.url())).keys(ClientKeys.load(Path.of("client-keys.json"))));
            new WebSignIn(client).serve(site);
            return;
        }
        try (OAuthDemo demo = new OAuthDemo();
                WebSite site = WebSite.local()) {
            URI callback = site.url().resolve("/oauth/callback");
            new WebSignIn(demo.client(ClientMetadata.loopback(SCOPES, callback))).serve(site);
            System.out.println("Open " + site.url() + " and sign in as alice.test with the password \"password\".");
            System.in.read(); // until Enter is pressed
        }
    }

    static ClientMetadata published(URI site) {
        return ClientMetadata.web(
                site.resolve("/oauth-client-metadata.json"),
                m -> m.name("Profiles")
                        .redirectUri(site.resolve("/oauth/callback").toString())
                        .scopes(SCOPES));
    }

    void serve(WebSite site) {
        site.on("GET /", this::home)
                .on("POST /login", this::login)
                .on("GET /oauth/callback", this::callback)
                .on("POST /logout", this::logout)
                .on(
                        "GET /oauth-client-metadata.json",
                        request -> request.respond(
                                200, "application/json", client.metadata().toJson()))
                .start();
    }

    private void login(BrowserRequest request) throws IOException {
        Authorization authorization = client.authorize(request.onlyField(), o -> {});
        request.setCookie("sign-in", authorization.browserSecret(), 1200);
        request.redirect(authorization.url());
    }

    private void callback(BrowserRequest request) throws IOException {
        Callback done = client.callback(request.uri(), request.cookie("sign-in"));
        users.remove(request.cookie("user"));
        String secret = UUID.randomUUID().toString(); // a new one for each sign-in, against session fixation
        users.put(secret, done.did());
        request.setCookie("user", secret, 30 * 24 * 3600);
        request.setCookie("sign-in", "", 0);
        request.redirect(URI.create("/"));
    }

    private void home(BrowserRequest request) throws IOException {
        Did user = users.get(request.cookie("user"));
        if (user == null) {
            request.page(200, SIGN_IN);
            return;
        }
        try (OAuthSession session = client.resume(user)) {
            ProfileViewDetailed me = Bluesky.of(session).profile();
            request.page(200, PROFILE, me.displayName(), me.handle(), me.followersCount());
        } catch (SessionEndedException | UnknownAccountException e) {
            users.values().removeIf(user::equals);
            request.page(200, SIGN_IN);
        }
    }

    private void logout(BrowserRequest request) throws IOException {
        Did user = users.get(request.cookie("user"));
        if (user != null) {
            users.values().removeIf(user::equals); // in all browsers, which share the session
            try (OAuthSession session = client.resume(user)) {
                session.logout();
            }
        }
        request.redirect(URI.create("/"));
    }
}
