package dev.atlex.oauth;

import dev.atlex.data.internal.Excerpt;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for redirect URIs: https, {@code http://127.0.0.1} and {@code http://[::1]} for native clients, and schemes
 * that consist of the client's reversed host.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7">RFC 8252: receiving the authorization response</a>
 */
final class RedirectUris {
    private static final String FIELD = "redirect_uris";
    private static final Pattern PRIVATE_USE = Pattern.compile("[^.:/?#]+(?:\\.[^.:/?#]+)+");
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private RedirectUris() {}

    /**
     * Checks a declared redirect URI.
     *
     * @param clientHost the host of the {@code client_id}, or null for a loopback client
     */
    static void check(String text, boolean nativeApp, @Nullable String clientHost) {
        URI uri = ClientMetadataRules.uri(FIELD, text);
        if (uri.getRawUserInfo() != null) {
            // A password must not be shown.
            throw ClientMetadataRules.invalid(FIELD, "must not have a user name or password");
        }
        String problem = problem(uri, nativeApp, clientHost);
        if (problem != null) {
            throw ClientMetadataRules.invalid(FIELD, problem + " (got " + Excerpt.quote(text, 120) + ")");
        }
    }

    private static @Nullable String problem(URI uri, boolean nativeApp, @Nullable String clientHost) {
        String scheme = uri.getScheme();
        if (uri.getRawFragment() != null) {
            return "must not have a fragment";
        } else if (scheme == null) {
            return "must be absolute";
        } else if (clientHost == null && !isLoopback(uri)) {
            return "of a loopback client must begin with http://127.0.0.1 or http://[::1]";
        }
        return switch (scheme) {
            case "http" -> http(uri, nativeApp);
            case "https" -> https(uri);
            default -> privateUse(uri, scheme, nativeApp, clientHost);
        };
    }

    private static @Nullable String http(URI uri, boolean nativeApp) {
        if ("localhost".equalsIgnoreCase(uri.getHost())) {
            return "must not use localhost; write http://127.0.0.1";
        } else if (!isLoopback(uri)) {
            return "must use https, except for http://127.0.0.1 and http://[::1]";
        }
        return nativeApp ? null : "may begin with http://127.0.0.1 or http://[::1] for native clients only";
    }

    private static @Nullable String https(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            return "must have a valid host";
        } else if (host.equals("127.0.0.1") || host.equals("[::1]")) {
            return "must use http for a loopback address";
        } else if (!host.startsWith("[") && !IPV4.matcher(host).matches() && ClientIds.isLocal(host)) {
            return "must have a host on the internet";
        }
        return uri.getPort() == 443 ? "must not have the default port" : null;
    }

    private static @Nullable String privateUse(URI uri, String scheme, boolean nativeApp, @Nullable String clientHost) {
        if (!PRIVATE_USE.matcher(scheme).matches()) {
            return "must use https, http with a loopback address, or the client's reversed host as its scheme";
        } else if (!nativeApp) {
            return "may have a custom scheme for native clients only";
        }
        String expected = clientHost == null ? "" : reverse(clientHost);
        if (!scheme.toLowerCase(Locale.ROOT).equals(expected)) {
            return "must have the reversed host of client_id as its scheme, " + expected;
        }
        String path = uri.getRawPath();
        boolean singleSlash = path != null && path.startsWith("/") && uri.getRawAuthority() == null;
        return singleSlash && !uri.toString().startsWith(scheme + "://")
                ? null
                : "must have one slash after its scheme: " + expected + ":/callback";
    }

    private static String reverse(String host) {
        List<String> labels = new ArrayList<>(Arrays.asList(host.split("\\.", -1)));
        Collections.reverse(labels);
        return String.join(".", labels);
    }

    /** Returns whether the URI is a loopback address with plain http. */
    static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme()) && ("127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost()));
    }

    /**
     * Returns whether servers accept a redirect URI for a declared one: both are the same, or the declared one is a
     * loopback address without a port, and the other one only adds a port.
     */
    static boolean matches(URI declared, URI requested) {
        if (declared.toString().equals(requested.toString())) {
            return true;
        }
        return isLoopback(declared)
                && declared.getPort() < 0
                && isLoopback(requested)
                && withPort(declared, requested.getPort()).equals(requested);
    }

    /** Returns a loopback URI with a port. */
    static URI withPort(URI uri, int port) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create("http://" + uri.getHost() + ":" + port + uri.getRawPath() + query);
    }
}
