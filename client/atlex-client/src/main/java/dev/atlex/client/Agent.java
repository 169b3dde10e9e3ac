package dev.atlex.client;

import dev.atlex.client.internal.ServiceUrls;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Completes a client's requests with a server's address and credentials, and sends them. A password session is an
 * agent; {@link #of(String)} returns one without credentials.
 *
 * <p>Implementations must be thread-safe.
 */
public interface Agent {
    /** Returns the account that requests are made for, or null for unauthenticated requests. */
    @Nullable
    Did did();

    /**
     * Sends a request. Returns a response of any status, which the caller reads or closes.
     *
     * @throws TransportException if there is no response
     */
    TransportResponse send(AgentRequest request);

    /**
     * Returns the transport that sends the requests. Requests to other servers on behalf of the account use it too,
     * such as those for link cards and videos, so that they share its proxy, TLS settings and {@code User-Agent}. The
     * default is {@link Transport#jdk()}.
     */
    default Transport transport() {
        return Transport.jdk();
    }

    /** Returns the observer of all calls that clients make with this agent; {@link CallObserver#NONE} by default. */
    default CallObserver observer() {
        return CallObserver.NONE;
    }

    /**
     * Returns an agent for the public methods of one server, without credentials.
     *
     * @param service the server's URL, such as {@code https://public.api.bsky.app}
     * @throws IllegalArgumentException if it isn't an http or https URL, or contains a user name or password
     */
    static Agent of(String service) {
        return of(ServiceUrls.parse(service));
    }

    /** Like {@link #of(String)}. */
    static Agent of(URI service) {
        return ServiceAgent.builder(service).build();
    }

    /**
     * Like {@link #of(String)}, with the caller's transport.
     *
     * @throws IllegalArgumentException under the same conditions as {@link #of(String)}
     */
    static Agent of(String service, Transport transport) {
        return of(ServiceUrls.parse(service), transport);
    }

    /** Like {@link #of(URI)}, with the caller's transport. */
    static Agent of(URI service, Transport transport) {
        return ServiceAgent.builder(service).transport(transport).build();
    }
}
