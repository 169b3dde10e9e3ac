package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.Request;
import dev.atlex.testkit.internal.Response;
import dev.atlex.testkit.internal.oauth.OAuthSettings.Delays;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server: routes requests to its endpoints, and checks the tokens of calls.
 *
 * <p>It runs at the issuer's origin, which is that of the entryway if there is one, otherwise that of the PDS. With an
 * entryway, the two origins have nonces of their own, and the PDS accepts access tokens until they expire, because it
 * doesn't know the sessions.
 */
public final class AuthorizationServer {
    /** The parts of the enclosing server that the authorization server uses. */
    public interface Host {
        /** Runs the function with the server's lock held. */
        <T> T locked(Supplier<T> body);

        /** Waits, or returns early if the server closes. */
        void sleep(Duration duration);
    }

    /** The account and the permissions of a call. */
    public record Caller(String did, Permissions permissions) {}

    private final OAuthSettings settings;
    private final Host host;
    private final String issuer;
    private final String resource;
    private final Nonces issuerNonces;
    private final Nonces resourceNonces;
    private final ProofVerifier proofs;
    private final Clients clients = new Clients();
    private final ClientAuthenticator authenticator;
    private final AuthorizationRequests requests;
    private final Grants grants = new Grants();
    private final AccessTokens accessTokens;
    private final PermissionSets sets = new PermissionSets();
    private final TokenEndpoint tokens;
    private final SignInPages pages;

    /**
     * @param issuer the origin of the authorization server
     * @param resource the origin of the PDS
     * @param audience the DID of the PDS
     */
    public AuthorizationServer(
            Clock clock,
            OAuthSettings settings,
            OAuthAccounts accounts,
            Host host,
            String issuer,
            String resource,
            String audience) {
        this.settings = settings;
        this.host = host;
        this.issuer = issuer;
        this.resource = resource;
        issuerNonces = new Nonces(clock, settings);
        resourceNonces = hasEntryway() ? new Nonces(clock, settings) : issuerNonces;
        proofs = new ProofVerifier(clock, settings);
        authenticator = new ClientAuthenticator(clock, settings);
        requests = new AuthorizationRequests(clock, settings);
        accessTokens = new AccessTokens(clock);
        tokens = new TokenEndpoint(clock, settings, requests, grants, accessTokens, sets, issuer, audience);
        pages = new SignInPages(settings, accounts, clients, requests, new SilentSignIn(clock, accounts), issuer);
    }

    private boolean hasEntryway() {
        return !issuer.equals(resource);
    }

    /**
     * Responds to requests for the endpoints and documents of OAuth. Returns null for other requests.
     *
     * @param entryway whether the entryway received the request
     */
    public @Nullable Response respond(Request request, boolean entryway) {
        boolean atIssuer = entryway == hasEntryway();
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (request.method().equals("OPTIONS")) {
            return null;
        }
        if (!entryway && reads && request.path().equals("/.well-known/oauth-protected-resource")) {
            return Response.json(ServerMetadata.resource(resource, issuer));
        }
        if (!atIssuer) {
            return null;
        }
        return switch (request.path()) {
            case "/.well-known/oauth-authorization-server" ->
                reads ? cached(ServerMetadata.authorizationServer(issuer)) : null;
            case "/oauth/jwks" -> reads ? cached(LexMap.of("keys", LexArray.of())) : null;
            case SignInPages.PATH -> host.locked(() -> pages.respond(request));
            case "/oauth/par" -> reads ? new Response(405, new byte[0]) : endpoint(request, this::push);
            case "/oauth/token" -> reads ? null : endpoint(request, this::token);
            case "/oauth/revoke" -> reads ? null : endpoint(request, this::revoke);
            default -> null;
        };
    }

    private static Response cached(LexMap document) {
        return Response.json(document).with("cache-control", "max-age=300");
    }

    @FunctionalInterface
    private interface Endpoint {
        Response respond(Request request, Map<String, String> parameters);
    }

    private Response endpoint(Request request, Endpoint endpoint) {
        Response response;
        try {
            response = endpoint.respond(request, Forms.parameters(request));
        } catch (OAuthError e) {
            response = e.response();
            String challenge = e.challenge();
            if (challenge != null) {
                response.with("WWW-Authenticate", challenge);
            }
        }
        String exposed =
                response.headers.containsKey("WWW-Authenticate") ? "DPoP-Nonce, WWW-Authenticate" : "DPoP-Nonce";
        return response.with("DPoP-Nonce", host.locked(issuerNonces::next))
                .with("access-control-expose-headers", exposed)
                .with("cache-control", "no-store")
                .with("pragma", "no-cache");
    }

    private Response push(Request request, Map<String, String> parameters) {
        String clientId = parameters.get("client_id");
        if (clientId == null) {
            throw OAuthError.invalidClient(missingClient());
        }
        RequestRules.checkForm(parameters);
        return host.locked(() -> {
            AuthenticatedClient client = authenticated(clientId, parameters, proof(request), false);
            AuthorizationRequest pushed = requests.create(
                    client.auth(), RequestRules.validate(client.client(), parameters, sets, client.thumbprint()));
            return Response.json(
                    201,
                    LexMap.builder()
                            .put("request_uri", AuthorizationRequests.uri(pushed))
                            .put("expires_in", AuthorizationRequests.LIFETIME.toSeconds())
                            .build());
        });
    }

    private static String missingClient() {
        return "Client credentials missing: Required at body.client_id";
    }

    private Response token(Request request, Map<String, String> parameters) {
        String clientId = parameters.get("client_id");
        if (clientId == null) {
            throw OAuthError.invalidGrant(missingClient());
        }
        TokenEndpoint.checkForm(parameters);
        if (!"refresh_token".equals(parameters.get("grant_type"))) {
            return host.locked(
                    () -> tokens.exchange(authenticated(clientId, parameters, proof(request), true), parameters));
        }
        Delays delays = settings.rotationDelays;
        Response response;
        if (delays.before().isZero()) {
            response = host.locked(() -> tokens.rotate(accept(request, clientId, parameters)));
        } else {
            TokenEndpoint.Refresh refresh = host.locked(() -> accept(request, clientId, parameters));
            host.sleep(delays.before());
            response = host.locked(() -> tokens.rotate(refresh));
        }
        host.sleep(delays.after());
        return response;
    }

    private TokenEndpoint.Refresh accept(Request request, String clientId, Map<String, String> parameters) {
        return tokens.accept(authenticated(clientId, parameters, proof(request), true), parameters);
    }

    /** Checks the proof of a request to the authorization server. Returns the thumbprint of its key, or null. */
    private @Nullable String proof(Request request) {
        return proofs.check(request, issuer, issuerNonces, null);
    }

    private AuthenticatedClient authenticated(
            String clientId, Map<String, String> parameters, @Nullable String thumbprint, boolean proofRequired) {
        if (proofRequired && thumbprint == null) {
            throw OAuthError.invalidProof("DPoP proof required");
        }
        Client client = clients.get(clientId);
        return new AuthenticatedClient(client, authenticator.check(client, parameters, issuer), thumbprint);
    }

    /** Responds with success even if nothing is revoked, as on the reference server. Only a bad proof is an error. */
    private Response revoke(Request request, Map<String, String> parameters) {
        String clientId = parameters.get("client_id");
        String token = parameters.get("token");
        if (clientId == null) {
            throw OAuthError.invalidRequest(missingClient());
        }
        if (token == null) {
            throw OAuthError.invalidRequest("Invalid request payload: Required at body.token");
        }
        return host.locked(() -> {
            String thumbprint = proof(request);
            try {
                tokens.revoke(authenticated(clientId, parameters, thumbprint, true), token);
            } catch (OAuthError e) {
                // The client learns nothing about tokens that aren't its own.
            }
            return Response.json(LexMap.of());
        });
    }

    /**
     * Checks the token and the proof of a call. The caller holds the server's lock.
     *
     * @param entryway whether the entryway received the call
     * @param headers receives the headers of the response, such as the next nonce
     * @throws OAuthError if the call isn't authorized
     */
    public Caller authenticate(Request request, String token, boolean entryway, Map<String, String> headers) {
        Nonces nonces = entryway ? issuerNonces : resourceNonces;
        headers.put("DPoP-Nonce", nonces.next());
        headers.put("access-control-expose-headers", "DPoP-Nonce");
        try {
            String thumbprint = proofs.check(request, entryway ? issuer : resource, nonces, token);
            AccessTokens.Claims claims = accessTokens.verify(token);
            if (thumbprint == null) {
                throw OAuthError.invalidProof("DPoP proof required");
            }
            if (!thumbprint.equals(claims.thumbprint())) {
                throw OAuthError.invalidToken("Invalid DPoP key binding");
            }
            boolean knowsSessions = entryway || !hasEntryway();
            if (knowsSessions && grants.byTokenId(claims.id()) == null) {
                throw OAuthError.invalidToken("Invalid token");
            }
            return new Caller(claims.did(), new Permissions(claims.scopes()));
        } catch (OAuthError e) {
            OAuthError unauthorized = e.withStatus(401);
            headers.put("WWW-Authenticate", String.valueOf(unauthorized.challenge()));
            headers.put("access-control-expose-headers", "DPoP-Nonce, WWW-Authenticate");
            throw unauthorized;
        }
    }

    /** Returns whether this server issued the access token, expired or not. The caller holds the server's lock. */
    public boolean issued(String token) {
        return accessTokens.id(token) != null;
    }

    /** Registers a client's metadata, as if it were published at the URL that is the client's ID. */
    public void register(String clientId, LexMap metadata) {
        locked(() -> clients.register(clientId, metadata));
    }

    public void unregister(String clientId) {
        locked(() -> clients.unregister(clientId));
    }

    /** Registers a permission set, as if it were published. */
    public void register(String nsid, LexArray permissions) {
        locked(() -> sets.register(nsid, permissions));
    }

    /** Sets whether the server can fetch the metadata of a client. */
    public void reachable(String clientId, boolean reachable) {
        locked(() -> clients.reachable(clientId, reachable));
    }

    /** Invalidates all nonces, as a restart does. */
    public void forgetNonces() {
        locked(() -> {
            issuerNonces.forget();
            resourceNonces.forget();
        });
    }

    /** Makes all access tokens issued so far count as expired. */
    public void expireAccessTokens() {
        locked(accessTokens::expire);
    }

    /** Ends the sessions of an account, and the sign-ins that it hasn't finished. */
    public void endSessions(String did) {
        locked(() -> {
            grants.removeIf(grant -> grant.did.equals(did));
            requests.removeOf(did);
        });
    }

    public int sessions(String did) {
        return host.locked(() -> (int)
                grants.all().stream().filter(grant -> grant.did.equals(did)).count());
    }

    public int rotations() {
        return host.locked(() -> tokens.rotations());
    }

    public List<Instant> rotations(String did) {
        return host.locked(() -> tokens.rotations(did));
    }

    /**
     * Acts as a user with a browser: opens the URL, signs in and consents.
     *
     * @return the URI that the browser returns to
     * @throws IllegalArgumentException if the URL doesn't belong to this server, or the password is wrong
     */
    public URI authorize(URI url, String identifier, String password) {
        return host.locked(() -> pages.authorize(url, identifier, password));
    }

    /** Opens the URL and refuses the request. */
    public URI deny(URI url) {
        return host.locked(() -> pages.deny(url));
    }

    /** Removes everything but the settings. */
    public void clear() {
        locked(() -> {
            issuerNonces.forget();
            resourceNonces.forget();
            proofs.clear();
            clients.clear();
            authenticator.clear();
            requests.clear();
            grants.clear();
            accessTokens.clear();
            sets.clear();
            tokens.clear();
            pages.clear();
        });
    }

    private void locked(Runnable body) {
        host.locked(() -> {
            body.run();
            return LexValue.ofNull();
        });
    }
}
