package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.Query;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds clients by their IDs. A loopback client's ID contains its metadata. The test registers the metadata of other
 * clients, which a real server would fetch. Guarded by the server's lock.
 */
final class Clients {
    private static final String LOOPBACK = "http://localhost";

    private final Map<String, LexMap> registered = new HashMap<>();
    private final Set<String> unreachable = new HashSet<>();

    void clear() {
        registered.clear();
        unreachable.clear();
    }

    void register(String clientId, LexMap metadata) {
        registered.put(clientId, metadata);
    }

    void unregister(String clientId) {
        registered.remove(clientId);
    }

    void reachable(String clientId, boolean reachable) {
        if (reachable) {
            unreachable.remove(clientId);
        } else {
            unreachable.add(clientId);
        }
    }

    /** Returns the client with this ID, after validating its metadata. */
    Client get(String clientId) {
        LexMap loopback = loopback(clientId);
        if (loopback != null) {
            return ClientMetadataRules.read(clientId, loopback, false);
        }
        if (!isDiscoverable(clientId)) {
            throw OAuthError.invalidMetadata("Invalid client ID \"" + clientId + "\"");
        }
        LexMap metadata = unreachable.contains(clientId) ? null : registered.get(clientId);
        if (metadata == null) {
            throw OAuthError.invalidMetadata(
                    "Unable to obtain client metadata for \"" + clientId + "\": Invalid hostname");
        }
        return ClientMetadataRules.read(clientId, metadata, true);
    }

    /** Returns the metadata in the ID of a loopback client, or null if this isn't one. */
    private static @Nullable LexMap loopback(String clientId) {
        if (!clientId.startsWith(LOOPBACK) || clientId.indexOf('#') >= 0) {
            return null;
        }
        String rest = clientId.substring(LOOPBACK.length());
        String query = rest.startsWith("/") ? rest.substring(1) : rest;
        if (!query.isEmpty() && query.charAt(0) != '?') {
            return null;
        }
        Query parameters = new Query(query.isEmpty() ? "" : query.substring(1));
        List<String> scopes = parameters.all("scope");
        List<String> redirectUris = parameters.all("redirect_uri");
        if (!Set.of("scope", "redirect_uri").containsAll(parameters.names())
                || scopes.size() > 1
                || !redirectUris.stream().allMatch(uri -> uri.matches("http://(127\\.0\\.0\\.1|\\[::1])([:/?].*)?"))) {
            return null;
        }
        if (!scopes.isEmpty() && !ScopeSyntax.split(scopes.get(0)).contains("atproto")) {
            throw OAuthError.invalidMetadata("Invalid loopback client id \"" + clientId
                    + "\": ATProto Loopback ClientID must include \"atproto\" scope");
        }
        List<String> uris = redirectUris.isEmpty() ? List.of("http://127.0.0.1/", "http://[::1]/") : redirectUris;
        return LexMap.builder()
                .put("client_id", clientId)
                .put("client_name", "A program on this computer")
                .put("scope", scopes.isEmpty() ? "atproto" : scopes.get(0))
                .put(
                        "redirect_uris",
                        LexArray.copyOf(uris.stream().map(LexValue::of).toList()))
                .put("grant_types", LexArray.of(LexValue.of("authorization_code"), LexValue.of("refresh_token")))
                .put("token_endpoint_auth_method", "none")
                .put("application_type", "native")
                .put("dpop_bound_access_tokens", true)
                .build();
    }

    private static boolean isDiscoverable(String clientId) {
        try {
            URI uri = new URI(clientId);
            String host = uri.getHost();
            String path = uri.getRawPath();
            if (!"https".equals(uri.getScheme())
                    || host == null
                    || host.matches("[0-9.]+|\\[.*")
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || path == null
                    || path.isEmpty()
                    || path.endsWith("/")) {
                return false;
            }
            if (ClientMetadataRules.isLocal(host)) {
                throw OAuthError.of("invalid_client_id", "The client_id's TLD must not be a local hostname");
            }
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
