package dev.atlex.testkit.internal.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client, as its metadata describes it.
 *
 * @param name the name to show to users
 * @param scopes the scopes that it declares
 * @param confidential whether it authenticates with a key
 * @param keys the keys for a confidential client
 */
record Client(
        String id,
        String name,
        Set<String> scopes,
        List<String> redirectUris,
        Set<String> grantTypes,
        boolean confidential,
        List<ClientKey> keys) {

    /** Returns the total lifetime of a session, from the sign-in. */
    Duration sessionLifetime() {
        return confidential ? Duration.ofHours(2 * 8766) : Duration.ofDays(14);
    }

    /** Returns how long a session lasts without a refresh. */
    Duration refreshLifetime() {
        return confidential ? Duration.ofMinutes(3 * 43_830) : Duration.ofDays(14);
    }

    /**
     * Returns whether a request may use the redirect URI. Loopback URIs that are declared without a port match any port.
     */
    boolean allowsRedirectTo(String redirectUri) {
        return redirectUris.stream().anyMatch(declared -> matches(declared, redirectUri));
    }

    private static boolean matches(String declared, String requested) {
        if (declared.equals(requested)) {
            return true;
        }
        URI one = uri(declared);
        URI other = uri(requested);
        return one != null
                && other != null
                && Set.of("127.0.0.1", "[::1]").contains(String.valueOf(one.getHost()))
                && (one.getPort() < 0 || one.getPort() == other.getPort())
                && Objects.equals(one.getScheme(), other.getScheme())
                && Objects.equals(one.getHost(), other.getHost())
                && Objects.equals(one.getRawUserInfo(), other.getRawUserInfo())
                && path(one).equals(path(other))
                && Objects.equals(one.getRawQuery(), other.getRawQuery())
                && Objects.equals(one.getRawFragment(), other.getRawFragment());
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
