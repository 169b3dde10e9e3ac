package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.oauth.Browser;
import dev.atlex.oauth.BrowserUnavailableException;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.UserInput;
import java.nio.file.Path;

/** Signs in with the user's browser, and posts. Later runs use the stored session. */
public final class OAuthSignIn {
    static final Scopes SCOPES = Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post"));
    private static final String TEXT = "Hello from a program that never saw my password! #java";

    private OAuthSignIn() {}

    public static void main(String[] args) {
        ClientMetadata metadata = ClientMetadata.loopback(SCOPES);
        Posted post;
        if (args.length > 0) {
            OAuthClient client = OAuthClient.of(new FileSessionStore(Path.of("sessions")), o -> o.metadata(metadata));
            post = post(client, UserInput.identifier(args[0]), desktop(), TEXT);
        } else {
            try (OAuthDemo demo = new OAuthDemo()) {
                post = post(demo.client(metadata), Handle.of("alice.test"), demo.browser(), TEXT);
            }
        }
        System.out.println("Posted " + post.webUrl());
    }

    static Posted post(OAuthClient client, AtIdentifier account, Browser browser, String text) {
        try (OAuthSession session = client.open(account, browser)) {
            return Bluesky.of(session).post(text);
        } catch (SessionEndedException e) { // expired or revoked: the store has no session now, so this signs in
            try (OAuthSession session = client.open(account, browser)) {
                return Bluesky.of(session).post(text);
            }
        }
    }

    /** Returns the system's browser. Without one, the user opens the page. */
    private static Browser desktop() {
        return url -> {
            try {
                Browser.system().open(url);
            } catch (BrowserUnavailableException e) {
                System.err.println("Open this page in a browser on this machine: " + url);
            }
        };
    }
}
