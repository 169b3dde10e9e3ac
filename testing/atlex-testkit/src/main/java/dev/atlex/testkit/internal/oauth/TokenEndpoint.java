package dev.atlex.testkit.internal.oauth;

import dev.atlex.crypto.Base64Url;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Response;
import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exchanges codes and refresh tokens. As on the reference server, failed exchanges have consequences. A failed exchange
 * of a code invalidates the code. A refresh token that is used twice, with a different key or by a different client
 * ends the session. Guarded by the server's lock.
 */
final class TokenEndpoint {
    private static final Set<String> GRANT_TYPES = Set.of("authorization_code", "refresh_token");
    private static final int MIN_VERIFIER = 43;
    private static final int REFRESH_TOKEN_LENGTH = 68;

    private final Clock clock;
    private final OAuthSettings settings;
    private final AuthorizationRequests requests;
    private final Grants grants;
    private final AccessTokens accessTokens;
    private final PermissionSets sets;
    private final Set<String> usedChallenges = new HashSet<>();
    private final String issuer;
    private final String audience;
    private final Map<String, List<Instant>> rotations = new HashMap<>();

    /** @param audience the DID of the PDS that accepts the tokens */
    TokenEndpoint(
            Clock clock,
            OAuthSettings settings,
            AuthorizationRequests requests,
            Grants grants,
            AccessTokens accessTokens,
            PermissionSets sets,
            String issuer,
            String audience) {
        this.clock = clock;
        this.settings = settings;
        this.requests = requests;
        this.grants = grants;
        this.accessTokens = accessTokens;
        this.sets = sets;
        this.issuer = issuer;
        this.audience = audience;
    }

    void clear() {
        usedChallenges.clear();
        rotations.clear();
    }

    /** Returns how many times refresh tokens have been exchanged. */
    int rotations() {
        return rotations.values().stream().mapToInt(List::size).sum();
    }

    /** Returns when an account's refresh tokens were exchanged. */
    List<Instant> rotations(String did) {
        return List.copyOf(rotations.getOrDefault(did, List.of()));
    }

    /**
     * A refresh that has been accepted.
     *
     * @param conflicting whether another refresh with the same token was in progress
     */
    record Refresh(AuthenticatedClient client, Grant grant, boolean conflicting) {}

    /** Checks the form of the parameters, before the proof and the client are checked. */
    static void checkForm(Map<String, String> parameters) {
        String type = parameters.get("grant_type");
        if (type == null) {
            throw OAuthError.invalidGrant("Invalid request payload: Invalid discriminator value at body.grant_type");
        }
        String verifier = parameters.get("code_verifier");
        if (type.equals("authorization_code") && verifier != null && verifier.length() < MIN_VERIFIER) {
            throw OAuthError.invalidGrant("Invalid request payload: String must contain at least " + MIN_VERIFIER
                    + " character(s) at body.code_verifier");
        }
        String needed = type.equals("authorization_code") ? "code" : type;
        if (GRANT_TYPES.contains(type) && !parameters.containsKey(needed)) {
            throw OAuthError.invalidGrant("Invalid request payload: Required at body." + needed);
        }
    }

    /** Checks that the client may use the grant type of the request. */
    private static void checkGrantType(Client client, String type) {
        if (!GRANT_TYPES.contains(type)) {
            throw OAuthError.invalidGrant("Grant type \"" + type + "\" is not supported by the server");
        }
        if (!client.grantTypes().contains(type)) {
            throw OAuthError.invalidGrant("\"" + type + "\" grant type is not allowed for this client");
        }
    }

    /** Exchanges a code for the tokens of a new session. */
    Response exchange(AuthenticatedClient client, Map<String, String> input) {
        checkGrantType(client.client(), String.valueOf(input.get("grant_type")));
        String code = String.valueOf(input.get("code"));
        AuthorizationRequest request = requests.consume(code);
        if (request == null) {
            Grant stolen = grants.byCode(code);
            if (stolen != null) {
                grants.remove(stolen);
            }
            throw OAuthError.invalidGrant("Invalid code");
        }
        checkBinding(client, request.auth, request.parameters);
        checkCode(request.parameters, input);
        Parameters parameters = request.parameters.thumbprint() == null
                ? request.parameters.withThumbprint(client.thumbprint())
                : request.parameters;
        Grant grant = new Grant(
                String.valueOf(request.did),
                client.auth(),
                parameters,
                code,
                clock.instant(),
                Ids.token(),
                client.client().grantTypes().contains("refresh_token") ? Ids.refreshToken() : null);
        grants.add(grant);
        return tokens(client.client(), grant);
    }

    private void checkCode(Parameters parameters, Map<String, String> input) {
        if (!parameters.redirectUri().equals(input.get("redirect_uri"))) {
            throw OAuthError.invalidGrant(
                    "The redirect_uri parameter must match the one used in the authorization request");
        }
        String verifier = input.get("code_verifier");
        if (verifier == null) {
            throw OAuthError.invalidGrant("code_verifier is required");
        }
        if (!Base64Url.sha256(verifier).equals(parameters.codeChallenge())) {
            throw OAuthError.invalidGrant("Invalid code_verifier");
        }
        if (!usedChallenges.add(parameters.codeChallenge())) {
            throw OAuthError.invalidGrant("Code challenge already used");
        }
    }

    /** Checks that the client, its key and its DPoP key are the same as at the beginning of the session. */
    private static void checkBinding(AuthenticatedClient client, ClientAuth initial, Parameters parameters) {
        if (!parameters.clientId().equals(client.client().id())) {
            throw OAuthError.invalidGrant("Token was not issued to this client");
        }
        if (parameters.thumbprint() != null && !parameters.thumbprint().equals(client.thumbprint())) {
            throw OAuthError.invalidGrant("DPoP proof does not match the expected JKT");
        }
        if (initial.isNone()) {
            return; // a public client may have become a confidential one
        }
        if (client.auth().isNone()) {
            throw OAuthError.invalidGrant("Client authentication method mismatch (expected private_key_jwt)");
        }
        if (!initial.equals(client.auth())) {
            throw OAuthError.invalidGrant(
                    "The session was initiated with a different key than the client assertion currently used");
        }
    }

    /** Accepts a refresh token, or ends the session that it belongs to. */
    Refresh accept(AuthenticatedClient client, Map<String, String> input) {
        checkGrantType(client.client(), "refresh_token");
        String token = String.valueOf(input.get("refresh_token"));
        checkFormat(token);
        Grant grant = grants.byRefreshToken(token);
        if (grant == null) {
            throw OAuthError.invalidGrant("Invalid refresh token");
        }
        try {
            if (!token.equals(grant.refreshToken)) {
                throw OAuthError.invalidGrant("Refresh token replayed");
            }
            checkBinding(client, grant.auth, grant.parameters);
            checkAge(client.client(), grant);
        } catch (OAuthError e) {
            grants.remove(grant);
            throw e;
        }
        boolean conflicting = grant.rotating;
        grant.rotating = true;
        return new Refresh(client, grant, conflicting);
    }

    private static void checkFormat(String token) {
        String problem = "";
        if (token.length() != REFRESH_TOKEN_LENGTH) {
            problem = "String must contain exactly " + REFRESH_TOKEN_LENGTH + " character(s) at refresh_token; ";
        }
        if (!token.matches("ref-[0-9a-f]{64}")) {
            throw OAuthError.invalidGrant(
                    "Invalid refresh token: " + problem + "Invalid refresh token format at refresh_token");
        }
    }

    private void checkAge(Client client, Grant grant) {
        Instant now = clock.instant();
        if (!now.isBefore(grant.createdAt.plus(client.sessionLifetime()))) {
            throw OAuthError.invalidGrant("Session expired");
        }
        if (!now.isBefore(grant.updatedAt.plus(client.refreshLifetime()))) {
            throw OAuthError.invalidGrant("Refresh token expired");
        }
    }

    /** Replaces the session's tokens. */
    Response rotate(Refresh refresh) {
        Grant grant = refresh.grant();
        if (refresh.conflicting() || !grants.contains(grant)) {
            throw OAuthError.serverError();
        }
        grant.rotating = false;
        grant.auth = refresh.client().auth();
        grant.updatedAt = clock.instant();
        grants.rotate(grant, Ids.token(), Ids.refreshToken());
        rotations.computeIfAbsent(grant.did, did -> new ArrayList<>()).add(grant.updatedAt);
        return tokens(refresh.client().client(), grant);
    }

    private Response tokens(Client client, Grant grant) {
        Instant now = clock.instant();
        Duration rest = Duration.between(now, grant.createdAt.plus(client.sessionLifetime()));
        Duration lifetime = rest.compareTo(settings.accessLifetime) < 0 ? rest : settings.accessLifetime;
        Instant expiresAt = now.plus(lifetime);
        String scope = sets.expanded(grant.parameters.scope());
        LexMap.Builder body = LexMap.builder()
                .put("access_token", accessTokens.issue(grant, scope, issuer, audience, expiresAt))
                .put("token_type", "DPoP");
        if (grant.refreshToken != null) {
            body.put("refresh_token", grant.refreshToken);
        }
        return Response.json(body.put("scope", scope)
                .put("expires_in", lifetime.toSeconds())
                .put("sub", grant.did)
                .build());
    }

    /** Ends the session of a token, if the token belongs to the client and its key. */
    void revoke(AuthenticatedClient client, String token) {
        Grant grant = grants.byRefreshToken(token);
        if (grant == null) {
            String id = accessTokens.id(token);
            grant = id == null ? null : grants.byTokenId(id);
        }
        if (grant != null) {
            checkBinding(client, grant.auth, grant.parameters);
            grants.remove(grant);
        }
    }
}
