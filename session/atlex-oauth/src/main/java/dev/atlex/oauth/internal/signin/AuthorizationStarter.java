package dev.atlex.oauth.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.identity.Identity;
import dev.atlex.oauth.ClientMetadataException;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.discovery.Discovery;
import dev.atlex.oauth.internal.discovery.Issuers;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.PushedRequest;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Key;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts sign-ins: pushes the request to the authorization server, and saves everything that the callback needs in the
 * store. The process may end before the callback arrives, and another one may receive it.
 */
public final class AuthorizationStarter {
    private static final Duration TIMEOUT = Duration.ofSeconds(45);

    /** The size of a secret: 256 bits. A value that can't be guessed needs 128. */
    private static final int SECRET_BYTES = 32;

    private final SignInContext context;

    /** Creates a starter. */
    public AuthorizationStarter(SignInContext context) {
        this.context = context;
    }

    /**
     * The program's settings for a sign-in.
     *
     * @param loginHint the account as the user typed it, or null if the sign-in starts with a server
     * @param identifier the handle under which the session can be found later, or null
     * @param scope the scopes, separated by spaces
     * @param redirectUri the URI to which the server redirects the browser
     * @param prompt the parameter {@code prompt}, or null
     * @param appState the program's own state, or null
     * @param sessionId the session's ID, or null
     */
    public record Request(
            @Nullable String loginHint,
            @Nullable String identifier,
            String scope,
            URI redirectUri,
            @Nullable String prompt,
            @Nullable String appState,
            @Nullable String sessionId) {
        /** Returns a description without the program's state. */
        @Override
        public String toString() {
            return "Request[" + loginHint + ", " + scope + ", " + redirectUri + "]";
        }
    }

    /**
     * A sign-in that is waiting for the user.
     *
     * @param url the page to open in the browser
     * @param state the parameter {@code state} of the callback, a secret
     * @param browserSecret the secret that proves that the callback comes from the same browser
     * @param expiresAt the time from which the callback is no longer accepted
     */
    public record Started(URI url, String state, String browserSecret, Instant expiresAt) {
        /** Returns a description without secrets. */
        @Override
        public String toString() {
            return "Started[" + url.getRawAuthority() + ", expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * Starts a sign-in.
     *
     * @throws ClientMetadataException if the server doesn't accept the client's metadata
     * @throws OAuthResponseException if the server refuses the request for another reason
     * @throws SessionStoreException if the store fails
     */
    public Started start(Discovery.Target target, Request request) {
        AuthServer server = target.server();
        ClientAuth auth = context.auths().newest();
        P256PrivateKey key = P256PrivateKey.generate();
        String verifier = Base64Url.random(SECRET_BYTES);
        String state = Base64Url.random(SECRET_BYTES);
        String browserSecret = Base64Url.random(SECRET_BYTES);
        PushedRequest pushed = push(server, auth, key, parameters(request, state, verifier));
        Instant now = context.now();
        Identity account = target.account();
        AuthorizationRecord record = new AuthorizationRecord(
                server,
                account == null
                        ? null
                        : new AuthorizationRecord.Account(
                                account.did(), Issuers.at(account.requirePds()), request.identifier()),
                auth.clientId(),
                request.redirectUri(),
                verifier,
                key,
                auth.method(),
                auth.kid(),
                Base64Url.sha256(browserSecret),
                request.appState(),
                request.sessionId(),
                now);
        if (context.store().save(Key.authorization(state), EntryStore.NONE, record.toJson()) == null) {
            throw new SessionStoreException("the store already has an authorization under a new random state", null);
        }
        return new Started(
                url(server, auth.clientId(), pushed), state, browserSecret, now.plus(SignInContext.LIFETIME));
    }

    private static Map<String, String> parameters(Request request, String state, String verifier) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", request.redirectUri().toString());
        parameters.put("scope", request.scope());
        parameters.put("state", state);
        parameters.put("code_challenge", Base64Url.sha256(verifier));
        parameters.put("code_challenge_method", "S256");
        if (request.loginHint() != null) {
            parameters.put("login_hint", request.loginHint());
        }
        if (request.prompt() != null) {
            parameters.put("prompt", request.prompt());
        }
        return parameters;
    }

    private PushedRequest push(AuthServer server, ClientAuth auth, P256PrivateKey key, Map<String, String> parameters) {
        try {
            return context.client()
                    .push(server, auth, key, parameters, context.time().deadline(TIMEOUT));
        } catch (OAuthResponseException e) {
            throw explain(e);
        }
    }

    /** Maps errors about the client's own document, which only its owner can fix, to their exception. */
    private static RuntimeException explain(OAuthResponseException e) {
        String error = e.error() == null ? "" : e.error();
        return switch (error) {
            case "invalid_client_metadata", "invalid_client", "invalid_client_id", "invalid_redirect_uri" ->
                new ClientMetadataException(null, "the authorization server doesn't accept it: " + e.getMessage(), e);
            default -> e;
        };
    }

    /** Returns the page to open. The reference server refuses a URL with more than these two parameters. */
    private static URI url(AuthServer server, String clientId, PushedRequest pushed) {
        URI endpoint = server.authorizationEndpoint();
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + "client_id="
                + URLEncoder.encode(clientId, UTF_8) + "&request_uri="
                + URLEncoder.encode(pushed.requestUri(), UTF_8));
    }
}
