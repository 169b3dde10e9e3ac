package dev.atlex.client;

import dev.atlex.client.internal.ServiceUrls;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client speaks as, and to which server: it completes requests with a server's address and credentials, and sends
 * them. A password session is one; {@link #of(String)} is one without credentials.
 *
 * <p>Implementations may be used by many threads at once.
 */
public interface Agent {
    /** The account that requests are made for, or null where they are made for nobody. */
    @Nullable
    Did did();

    /**
     * Sends a request. Every status is a response; the caller reads or closes it.
     *
     * @throws TransportException if no response came
     */
    TransportResponse send(AgentRequest request);

    /**
     * An agent for public methods of one server, without credentials.
     *
     * @param service the server's URL: {@code https://public.api.bsky.app}
     * @throws IllegalArgumentException if that is no http or https URL, or has a user name or password in it
     */
    static Agent of(String service) {
        return of(ServiceUrls.parse(service));
    }

    /** As {@link #of(String)}. */
    static Agent of(URI service) {
        return ServiceAgent.builder(service).build();
    }

    /**
     * Like {@link #of(String)}, with the caller's transport.
     *
     * @throws IllegalArgumentException as {@link #of(String)}
     */
    static Agent of(String service, Transport transport) {
        return of(ServiceUrls.parse(service), transport);
    }

    /** As {@link #of(String)}, through a transport of the caller's. */
    static Agent of(URI service, Transport transport) {
        return ServiceAgent.builder(service).transport(transport).build();
    }
}
