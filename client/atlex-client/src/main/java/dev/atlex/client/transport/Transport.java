package dev.atlex.client.transport;

/**
 * Sends a request and returns the response. It is where a test, another HTTP library, a recorder or a proxy is put in; a
 * lambda will do. (Upstream's counterpart is the custom {@code fetch}.)
 *
 * <p>An implementation serves several threads at once. It must not follow redirects (the request may carry a token, which
 * belongs to one origin), nor send anything twice that a server may have acted on. It keeps the request's time limit and
 * its bound on the body as well as it can: {@link JdkTransport} keeps both. A transport is not closed: sessions share it,
 * and what it holds is freed with it.
 */
@FunctionalInterface
public interface Transport {
    /**
     * Sends the request and waits for the head of the response, whatever its status. The body is read by the caller, who
     * must close the response.
     *
     * @throws TransportException if there is no response
     */
    TransportResponse send(TransportRequest request);

    /** The default: one {@link JdkTransport} for the whole program, made when it is first asked for. */
    static Transport jdk() {
        return JdkTransport.shared();
    }
}
