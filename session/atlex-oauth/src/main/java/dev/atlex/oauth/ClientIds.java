package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.oauth.internal.server.Form;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The two kinds of {@code client_id}: the https URL of a published document, and {@code http://localhost} with the
 * metadata in its query.
 *
 * @see <a href="https://atproto.com/specs/oauth#localhost-client-development">AT Protocol: localhost clients</a>
 */
final class ClientIds {
    private static final String LOOPBACK = "http://localhost";
    private static final String FIELD = "client_id";

    /** Top-level domains that the reference provider refuses. */
    private static final Set<String> LOCAL = Set.of("example", "invalid", "local", "localhost", "test");

    private ClientIds() {}

    /** Returns whether the metadata is part of the {@code client_id}. */
    static boolean isLoopback(String clientId) {
        return clientId.equals(LOOPBACK) || clientId.startsWith(LOOPBACK + "?") || clientId.startsWith(LOOPBACK + "/");
    }

    /** Returns the {@code client_id} of a client without a published document. */
    static String loopback(List<URI> redirectUris, Scopes scopes) {
        StringBuilder id = new StringBuilder(LOOPBACK);
        char separator = '?';
        for (URI redirectUri : redirectUris) {
            id.append(separator).append("redirect_uri=").append(URLEncoder.encode(redirectUri.toString(), UTF_8));
            separator = '&';
        }
        return id.append(separator)
                .append("scope=")
                .append(URLEncoder.encode(scopes.toString(), UTF_8))
                .toString();
    }

    /**
     * The metadata in the {@code client_id} of a loopback client. Servers read only this.
     *
     * @param redirectUris the redirect URIs
     * @param scope the scopes, separated by spaces
     */
    record Loopback(List<String> redirectUris, String scope) {}

    /**
     * Reads the metadata in the {@code client_id} of a loopback client.
     *
     * @throws ClientMetadataException if it is invalid
     */
    static Loopback parseLoopback(String clientId) {
        String rest = isLoopback(clientId) ? clientId.substring(LOOPBACK.length()) : "#";
        String query = rest.startsWith("/") ? rest.substring(1) : rest;
        if (!query.isEmpty() && !query.startsWith("?") || query.indexOf('#') >= 0) {
            throw ClientMetadataRules.invalid(
                    FIELD,
                    "of a loopback client must be http://localhost with a query, and without a path or fragment");
        }
        List<String> uris = new ArrayList<>();
        List<String> scopes = new ArrayList<>();
        for (Map.Entry<String, String> parameter : decode(query.isEmpty() ? "" : query.substring(1))) {
            switch (parameter.getKey()) {
                case "redirect_uri" -> uris.add(parameter.getValue());
                case "scope" -> scopes.add(parameter.getValue());
                default ->
                    throw ClientMetadataRules.invalid(
                            FIELD,
                            "of a loopback client has the unknown parameter " + Excerpt.quote(parameter.getKey()));
            }
        }
        if (scopes.size() > 1) {
            throw ClientMetadataRules.invalid("scope", "must occur in client_id at most once");
        }
        return new Loopback(
                uris.isEmpty() ? List.of("http://127.0.0.1/", "http://[::1]/") : List.copyOf(uris),
                scopes.isEmpty() ? "atproto" : scopes.get(0));
    }

    /** Checks that the query contains exactly these redirect URIs and scopes. */
    static void checkLoopback(String clientId, List<String> redirectUris, String scope) {
        Loopback declared = parseLoopback(clientId);
        if (!declared.redirectUris().equals(redirectUris)) {
            throw ClientMetadataRules.invalid(
                    "redirect_uris", "must be the same as in client_id: " + declared.redirectUris());
        }
        if (!declared.scope().equals(scope)) {
            throw ClientMetadataRules.invalid("scope", "must have the same value as in client_id");
        }
    }

    private static List<Map.Entry<String, String>> decode(String query) {
        try {
            return Form.decode(query);
        } catch (IllegalArgumentException e) {
            throw ClientMetadataRules.invalid(FIELD, "has a malformed percent encoding");
        }
    }

    /** Checks the URL of a published document. */
    static void checkDiscoverable(String clientId) {
        URI uri = ClientMetadataRules.uri(FIELD, clientId);
        String host = uri.getHost();
        String problem = null;
        if (!"https".equals(uri.getScheme())) {
            problem = "must be an https URL, or http://localhost without a port for a loopback client";
        } else if (uri.getRawUserInfo() != null) {
            // A password must not be shown.
            throw ClientMetadataRules.invalid(FIELD, "must not have a user name or password");
        } else if (host == null || !host.equals(host.toLowerCase(Locale.ROOT)) || !Handle.isValid(host)) {
            problem = "must have a full domain name in lowercase as its host";
        } else if (isLocal(host)) {
            problem = "must have a public host, not one on a local network or for tests";
        } else if (uri.getPort() >= 0) {
            problem = "must not have a port";
        } else if (uri.getRawFragment() != null) {
            problem = "must not have a fragment";
        } else if (uri.getRawPath().length() < 2 || uri.getRawPath().endsWith("/")) {
            problem = "must have a path that doesn't end with a slash, such as /oauth-client-metadata.json";
        } else if (!isCanonical(uri)) {
            problem = "must have a path without . and .. segments";
        }
        if (problem != null) {
            throw ClientMetadataRules.invalid(FIELD, problem + " (got " + Excerpt.quote(clientId, 120) + ")");
        }
    }

    private static boolean isCanonical(URI uri) {
        for (String segment : uri.getRawPath().substring(1).split("/", -1)) {
            String plain = segment.replaceAll("(?i)%2e", ".");
            if (plain.equals(".") || plain.equals("..")) {
                return false;
            }
        }
        return uri.toString().chars().allMatch(c -> c < 0x80);
    }

    /** Returns whether servers refuse the host because it isn't on the internet. */
    static boolean isLocal(String host) {
        int dot = host.lastIndexOf('.');
        return dot < 0 || LOCAL.contains(host.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Checks that the home page is at or above the document. */
    static void checkClientUri(URI clientUri, URI clientId) {
        String path = clientUri.getRawPath();
        String folder = path.endsWith("/") ? path : path + "/";
        String document = clientId.getRawPath();
        if (!Origins.same(clientUri, clientId) || !document.equals(path) && !document.startsWith(folder)) {
            throw ClientMetadataRules.invalid(
                    "client_uri",
                    "must have the same origin as client_id, and its path or a parent of that path (got "
                            + Excerpt.quote(clientUri.toString()) + ")");
        }
    }
}
