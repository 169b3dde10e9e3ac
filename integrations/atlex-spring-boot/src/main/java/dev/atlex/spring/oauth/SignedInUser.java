package dev.atlex.spring.oauth;

import dev.atlex.client.Client;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.syntax.Did;

/**
 * The user who is signed in to this site in the browser that sent a request. Controller methods take it as a parameter:
 *
 * <pre>{@code
 * @GetMapping("/")
 * String home(Optional<SignedInUser> user, Model model) { … }
 *
 * @PostMapping("/posts")
 * String post(Bluesky bsky, @RequestParam("text") String text) { … }
 * }</pre>
 *
 * <p>Without {@code Optional} or {@code @Nullable}, the method is called for signed-in users only. The parameter may
 * also be the user's {@code Bluesky}, {@link Client} or {@link OAuthSession}.
 *
 * <p>This object is valid for one request. For work that continues after the request, keep {@link #did()} and {@link
 * #sessionId()}, and resume the session with {@link dev.atlex.oauth.OAuthClient#resume(Did, String)}.
 */
public final class SignedInUser {
    private final OAuthSession session;
    private final String sessionId;
    private final Client client;

    SignedInUser(OAuthSession session, String sessionId, Client client) {
        this.session = session;
        this.sessionId = sessionId;
        this.client = client;
    }

    /** Returns the user's account. */
    public Did did() {
        return session.did();
    }

    /** Returns the ID of the user's OAuth session. Each sign-in has its own. */
    public String sessionId() {
        return sessionId;
    }

    /** Returns a client that makes calls for the user. */
    public Client client() {
        return client;
    }

    /** Returns the user's OAuth session. It is closed at the end of the request. */
    public OAuthSession session() {
        return session;
    }

    @Override
    public String toString() {
        return "SignedInUser[" + did() + "]";
    }
}
