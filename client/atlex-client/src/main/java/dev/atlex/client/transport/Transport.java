package dev.atlex.client.transport;

/**
 * Sends HTTP requests. Implement or wrap a transport to use a different HTTP library, or to test, record or proxy
 * requests. A lambda is enough. Upstream's counterpart is a custom {@code fetch}.
 *
 * <p>Implementations are thread-safe. They must not follow redirects, because a request may carry a token that belongs to
 * one origin. They must not repeat a request that a server may have processed. They should respect the request's
 * {@linkplain TransportRequest#deadline() deadline} and its limit on the body, as {@link JdkTransport} does. A transport has
 * no {@code close}, because sessions share it.
 */
@FunctionalInterface
public interface Transport {
    /**
     * Sends a request and waits for the status and headers of the response. The caller reads the body and must close the
     * response.
     *
     * @throws TransportException if there is no response
     */
    TransportResponse send(TransportRequest request);

    /** Returns the default transport: one {@link JdkTransport} for the whole program, created when first used. */
    static Transport jdk() {
        return JdkTransport.shared();
    }
}
