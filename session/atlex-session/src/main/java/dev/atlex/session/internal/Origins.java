package dev.atlex.session.internal;

import dev.atlex.client.internal.ServiceUrls;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses and compares the origins of servers, whatever their spelling. */
public final class Origins {
    private Origins() {}

    /**
     * Returns a service's origin, which is where XRPC lives whatever path the URL has.
     *
     * @throws IllegalArgumentException if it is not an http or https URL, or holds a user name
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
        // A trailing dot is valid in the DNS, but no certificate has it.
        String host = url.getHost().endsWith(".")
                ? url.getHost().substring(0, url.getHost().length() - 1)
                : url.getHost();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return URI.create(url.getScheme() + "://" + host + port);
    }

    /** Returns whether both URLs have the same scheme, host and port. Case, default ports and paths don't count. */
    public static boolean same(URI one, URI other) {
        return canonical(one).equals(canonical(other));
    }

    /** Returns scheme, host and port in one spelling: lower case, without a default port or a dot after the host. */
    public static String canonical(URI server) {
        String scheme = lower(server.getScheme());
        String host = lower(server.getHost());
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        int usual = scheme.equals("https") ? 443 : 80;
        boolean named = server.getPort() >= 0 && server.getPort() != usual;
        return scheme + "://" + host + (named ? ":" + server.getPort() : "");
    }

    private static String lower(@Nullable String part) {
        return part == null ? "" : part.toLowerCase(Locale.ROOT);
    }
}
