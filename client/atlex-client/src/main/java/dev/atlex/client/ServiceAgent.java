package dev.atlex.client;

import dev.atlex.client.internal.Redirects;
import dev.atlex.client.internal.ServiceUrls;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An agent for one server, with headers of its own but no session. */
public final class ServiceAgent implements Agent {
    private final URI service;
    private final Transport transport;
    private final HttpHeaders headers;
    private final @Nullable Did did;
    private final boolean followsRedirects;

    private ServiceAgent(Builder builder) {
        this.service = builder.service;
        this.transport = builder.transport == null ? Transport.jdk() : builder.transport;
        this.headers = builder.headers;
        this.did = builder.did;
        this.followsRedirects = builder.followsRedirects;
    }

    /**
     * @param service the server's URL
     * @throws IllegalArgumentException if that is no http or https URL, or has a user name or password in it
     */
    public static Builder builder(URI service) {
        return new Builder(ServiceUrls.check(service));
    }

    /** The server's URL. */
    public URI service() {
        return service;
    }

    @Override
    public @Nullable Did did() {
        return did;
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        HttpHeaders own = request.headers();
        if (headers.names().isEmpty()) {
            return transmit(request.to(service));
        }
        HttpHeaders.Builder merged = headers.toBuilder();
        own.names().forEach(merged::remove);
        own.forEach(merged::add);
        return transmit(request.withHeaders(merged.build()).to(service));
    }

    private TransportResponse transmit(TransportRequest request) {
        return followsRedirects ? Redirects.send(transport, request) : transport.send(request);
    }

    @Override
    public String toString() {
        return "ServiceAgent[" + service.getScheme() + "://" + service.getRawAuthority() + "]";
    }

    /** Makes a {@link ServiceAgent}. */
    public static final class Builder {
        private final URI service;
        private @Nullable Transport transport;
        private HttpHeaders headers = HttpHeaders.of();
        private @Nullable Did did;
        private boolean followsRedirects = true;

        private Builder(URI service) {
            this.service = service;
        }

        /** What sends the requests; by default {@link Transport#jdk()}. */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /** Headers of every request; a request's own take precedence. */
        public Builder headers(HttpHeaders headers) {
            this.headers = Objects.requireNonNull(headers, "headers");
            return this;
        }

        /** The account that the headers speak for. */
        public Builder did(Did did) {
            this.did = Objects.requireNonNull(did, "did");
            return this;
        }

        /**
         * Whether the redirects of GETs are followed, by default they are: 5 at most, without credentials to another
         * origin, never from https to http or from a public host into a private network. Those of POSTs never are.
         */
        public Builder followRedirects(boolean follow) {
            this.followsRedirects = follow;
            return this;
        }

        public ServiceAgent build() {
            return new ServiceAgent(this);
        }
    }
}
