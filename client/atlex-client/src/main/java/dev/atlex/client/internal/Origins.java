package dev.atlex.client.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Origins of HTTP URLs: scheme, host and port. Credentials are bound to an origin, so two URLs are the same only if a
 * token for one may be sent to the other.
 *
 * <p>Case, a default port and the path make no difference. A dot at the end of the host does: {@code pds.example.} and
 * {@code pds.example} may resolve to different machines if the resolver has search domains. So {@link #parse} removes
 * the dot before a request is sent, instead of ignoring it in comparisons.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454: The Web Origin Concept</a>
 */
public final class Origins {
    private static final int MAX_PORT = 65535;

    private Origins() {}

    /**
     * Returns the origin of a service's URL as a user typed it. Whitespace and invisible characters around the URL, its
     * path, and a dot after the host are removed; XRPC paths always start at the root. The spelling of the rest is
     * kept.
     *
     * @throws IllegalArgumentException if it isn't an http or https URL with a valid host and port, or has user
     *     information; the message shows no more than the host
     */
    public static URI parse(String service) {
        URI url;
        try {
            url = ServiceUrls.parse(service);
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).contains("user name")) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "the service's URL has a user name; use Credentials.parse for login URLs");
        }
        // A dot at the end is valid in the DNS, but no certificate has it.
        String host = url.getHost();
        String bare = Hosts.withoutDot(host);
        return URI.create(url.getScheme() + "://" + bare + explicitPort(url));
    }

    /**
     * Returns the origin of a URL from an untrusted document, with scheme and host in lowercase.
     *
     * @return null if it isn't an http or https URL with a valid host and port, or has user information
     */
    public static @Nullable URI find(String url) {
        try {
            URI uri = new URI(url);
            return isUsable(uri)
                    ? URI.create(lower(uri.getScheme()) + "://" + lower(uri.getHost()) + explicitPort(uri))
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Returns whether this is an http or https URL with a valid host and port and without user information. */
    public static boolean isUsable(URI url) {
        return isHttp(url)
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getPort() != 0
                && url.getPort() <= MAX_PORT;
    }

    /** Returns whether the scheme is http or https. */
    public static boolean isHttp(URI url) {
        return isHttps(url) || "http".equalsIgnoreCase(url.getScheme());
    }

    /** Returns whether the scheme is https. */
    public static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** Returns whether both URLs have the same origin, so that credentials for one may be sent to the other. */
    public static boolean same(URI a, URI b) {
        return canonical(a).equals(canonical(b));
    }

    /** Returns scheme, host and port in one spelling: lowercase, without a default port. Paths are ignored. */
    public static String canonical(URI url) {
        String scheme = lower(url.getScheme());
        int defaultPort = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + lower(url.getHost()) + (url.getPort() == defaultPort ? "" : explicitPort(url));
    }

    private static String explicitPort(URI url) {
        return url.getPort() < 0 ? "" : ":" + url.getPort();
    }

    private static String lower(@Nullable String part) {
        return part == null ? "" : part.toLowerCase(Locale.ROOT);
    }
}
