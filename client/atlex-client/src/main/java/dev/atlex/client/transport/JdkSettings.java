package dev.atlex.client.transport;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the calls of a {@link JdkTransport} need in addition to the client.
 *
 * @param lookups the recent lookups of hosts
 * @param timeout the time limit of requests without one
 * @param userAgent the {@code User-Agent} of requests without one
 * @param routes the proxies, or null if the client has another selector
 * @param selector the client's selector, or null for the JVM's
 */
record JdkSettings(
        HostLookups lookups,
        Duration timeout,
        String userAgent,
        @Nullable ProxyRoutes routes,
        @Nullable ProxySelector selector) {
    /** Returns the host and port of the proxy for a URL, or null if there is none. */
    @Nullable
    String proxy(URI uri) {
        return routes == null
                ? ProxyRoutes.proxy(selector == null ? ProxySelector.getDefault() : selector, uri)
                : routes.proxy(uri);
    }

    /** Returns the {@code Proxy-Authorization} header of a request, or null if it doesn't need one. */
    @Nullable
    String proxyAuthorization(URI uri) {
        return routes == null ? null : routes.authorization(uri);
    }

    /** Returns whether a user name and password are sent to the proxy for a URL. */
    boolean hasProxyCredentials(URI uri) {
        return routes != null && routes.hasCredentials(uri);
    }
}
