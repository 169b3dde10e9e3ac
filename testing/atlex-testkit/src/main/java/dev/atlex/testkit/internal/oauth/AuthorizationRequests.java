package dev.atlex.testkit.internal.oauth;

import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization requests in progress. A request belongs to the first browser that opens it, and any error ends it.
 * Guarded by the server's lock.
 */
final class AuthorizationRequests {
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String URI_PREFIX = "urn:ietf:params:oauth:request_uri:";

    private final Clock clock;
    private final OAuthSettings settings;
    private final Map<String, AuthorizationRequest> byId = new HashMap<>();

    AuthorizationRequests(Clock clock, OAuthSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    void clear() {
        byId.clear();
    }

    AuthorizationRequest create(ClientAuth auth, Parameters parameters) {
        Instant now = clock.instant();
        byId.values().removeIf(old -> old.expiresAt.plus(LIFETIME).isBefore(now));
        AuthorizationRequest request = new AuthorizationRequest(Ids.request(), auth, parameters, now.plus(LIFETIME));
        byId.put(request.id, request);
        return request;
    }

    static String uri(AuthorizationRequest request) {
        return URI_PREFIX + request.id;
    }

    void remove(AuthorizationRequest request) {
        byId.remove(request.id);
    }

    /** Removes the requests that an account granted, so that their codes become invalid. */
    void removeOf(String did) {
        byId.values().removeIf(request -> did.equals(request.did));
    }

    /** Opens a request in a browser. */
    AuthorizationRequest open(String requestUri, String clientId, String device) {
        AuthorizationRequest request = find(requestUri);
        Parameters parameters = request.parameters;
        if (request.code != null) {
            throw denied(request, "This request was already authorized");
        }
        if (expired(request)) {
            throw denied(request, "This request has expired");
        }
        if (!parameters.clientId().equals(clientId)) {
            throw denied(request, "This request was initiated for another client");
        }
        if (request.device != null && !request.device.equals(device)) {
            throw denied(request, "This request was initiated from another device");
        }
        request.device = device;
        request.expiresAt = clock.instant().plus(LIFETIME);
        return request;
    }

    private AuthorizationRequest find(String requestUri) {
        AuthorizationRequest request =
                requestUri.startsWith(URI_PREFIX) ? byId.get(requestUri.substring(URI_PREFIX.length())) : null;
        if (request == null) {
            throw OAuthError.invalidRequest("Unknown request_uri");
        }
        return request;
    }

    private boolean expired(AuthorizationRequest request) {
        return request.expiresAt.isBefore(clock.instant());
    }

    private AuthorizationDenied denied(AuthorizationRequest request, String description) {
        remove(request);
        return AuthorizationDenied.access(request.parameters, description);
    }

    /**
     * Grants a request that is open in a browser.
     *
     * @param chosen the scopes that the user chose, or null for all
     * @return the code
     */
    String grant(AuthorizationRequest request, OAuthAccount account, @Nullable Set<String> chosen) {
        if (account.deactivated()) {
            throw denied(request, "This account has been deactivated");
        }
        Set<String> scopes = ScopeSyntax.split(request.parameters.scope());
        if (chosen != null) {
            scopes.retainAll(chosen);
        }
        Set<String> allowed = settings.grantedScopes;
        if (allowed != null) {
            scopes.removeIf(scope -> !scope.equals("atproto") && !allowed.contains(scope));
        }
        if (!scopes.contains("atproto")) {
            throw denied(request, "The \"atproto\" scope is required");
        }
        String code = Ids.code();
        request.parameters = request.parameters.withScope(String.join(" ", scopes));
        request.did = account.did();
        request.code = code;
        request.expiresAt = clock.instant().plus(LIFETIME);
        return code;
    }

    /** Returns the request with this code and removes it, whether or not the code is still valid. */
    @Nullable
    AuthorizationRequest consume(String code) {
        for (Iterator<AuthorizationRequest> i = byId.values().iterator(); i.hasNext(); ) {
            AuthorizationRequest request = i.next();
            if (code.equals(request.code)) {
                i.remove();
                if (expired(request)) {
                    throw OAuthError.invalidGrant("This code has expired");
                }
                return request;
            }
        }
        return null;
    }
}
