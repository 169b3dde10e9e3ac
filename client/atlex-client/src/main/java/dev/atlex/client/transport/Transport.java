package dev.atlex.client.transport;

import java.net.URI;

/**
 * Sends HTTP requests. Implement or wrap a transport to use a different HTTP library, or to test, record or proxy
 * requests. A lambda is enough. Upstream's counterpart is a custom {@code fetch}.
 *
 * <p>Implementations must be thread-safe. They must not follow redirects, because a request may carry a token that
 * belongs to one origin. They must not repeat a request that a server may have processed. They should respect the
 * request's {@linkplain TransportRequest#deadline() deadline} and its limit on the body, and add a {@link UserAgent},
 * as {@link JdkTransport} does. A transport has no {@code close}, because sessions share it.
 */
@FunctionalInterface
public interface Transport {
    /**
     * Sends a request and waits for the status and headers of the response. The caller reads the body and must close
     * the response.
     *
     * @throws TransportException if there is no response
     */
    TransportResponse send(TransportRequest request);

    /**
     * Returns whether requests to a URL pass through an HTTP proxy, which looks up the host itself. If so, checks of
     * untrusted hosts can't rely on this machine's lookups. The default is false; a transport that wraps another one
     * should delegate.
     */
    default boolean isProxied(URI url) {
        return false;
    }

    /** Returns the default transport: one {@link JdkTransport} for the whole program, created when first used. */
    static Transport jdk() {
        return JdkTransport.shared();
    }
}
