package dev.atlex.client.transport;

import dev.atlex.client.internal.Origins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies {@link ProxyOptions} to an HTTP client, as its proxy selector and by adding a header for the proxy. */
final class ProxyRoutes extends ProxySelector {
    private final ProxyOptions options;
    private final @Nullable ProxyRelay relay;

    ProxyRoutes(ProxyOptions options, Duration timeout, String userAgent) {
        this.options = options;
        ProxyServer https = options.httpsServer();
        this.relay = https != null && https.hasCredentials() ? new ProxyRelay(https, timeout, userAgent) : null;
    }

    @Override
    public List<Proxy> select(URI uri) {
        ProxyServer server = options.serverFor(uri);
        if (server == null) {
            return List.of(Proxy.NO_PROXY);
        }
        try {
            InetSocketAddress address = relay != null && Origins.isHttps(uri) ? relay.address() : server.address();
            return List.of(new Proxy(Proxy.Type.HTTP, address));
        } catch (IOException e) {
            throw new UncheckedIOException("failed to start the relay to the proxy " + server, e);
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The call reports the failure.
    }

    /** Returns the {@code Proxy-Authorization} header of a request, or null if it doesn't need one. */
    @Nullable
    String authorization(URI uri) {
        ProxyServer server = options.serverFor(uri);
        if (server == null) {
            return null;
        }
        return relay != null && Origins.isHttps(uri) ? relay.key() : server.authorization();
    }

    /** Returns whether a user name and password are sent to the proxy for a URL. */
    boolean hasCredentials(URI uri) {
        ProxyServer server = options.serverFor(uri);
        return server != null && server.hasCredentials();
    }

    /** Returns the host and port of the proxy for a URL, or null if there is none. */
    @Nullable
    String proxy(URI uri) {
        ProxyServer server = options.serverFor(uri);
        return server == null ? null : server.toString();
    }

    void close() {
        if (relay != null) {
            relay.close();
        }
    }

    /**
     * Returns the host and port of the proxy that another selector returns, or null if it returns none. SOCKS proxies
     * don't count, because {@code java.net.http} ignores them.
     *
     * @param selector the proxy selector, or null if there is none
     */
    static @Nullable String proxy(@Nullable ProxySelector selector, URI uri) {
        List<Proxy> proxies = selector == null ? null : selector.select(uri);
        if (proxies == null || proxies.isEmpty()) {
            return null;
        }
        Proxy first = proxies.get(0);
        return first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : null;
    }
}
