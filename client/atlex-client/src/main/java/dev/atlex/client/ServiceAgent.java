package dev.atlex.client;

import dev.atlex.client.internal.Redirects;
import dev.atlex.client.internal.RequestLog;
import dev.atlex.client.internal.ServiceUrls;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An agent for one server, with fixed headers but without a session. */
public final class ServiceAgent implements Agent {
    private final URI service;
    private final Transport transport;
    private final HttpHeaders headers;
    private final @Nullable Did did;
    private final boolean followsRedirects;
    private final CallObserver observer;

    private ServiceAgent(Builder builder) {
        this.service = builder.service;
        this.transport = builder.transport == null ? Transport.jdk() : builder.transport;
        this.headers = builder.headers;
        this.did = builder.did;
        this.followsRedirects = builder.followsRedirects;
        this.observer = builder.observer;
    }

    /**
     * Returns a builder.
     *
     * @param service the server's URL
     * @throws IllegalArgumentException if it isn't an http or https URL, or contains a user name or password
     */
    public static Builder builder(URI service) {
        return new Builder(ServiceUrls.check(service));
    }

    /** Returns the server's URL. */
    public URI service() {
        return service;
    }

    @Override
    public @Nullable Did did() {
        return did;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public CallObserver observer() {
        return observer;
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
        return followsRedirects ? Redirects.send(transport, request) : RequestLog.send(transport, request);
    }

    /** Returns the server's origin. */
    @Override
    public String toString() {
        return "ServiceAgent[" + service.getScheme() + "://" + service.getRawAuthority() + "]";
    }

    /** Builds a {@link ServiceAgent}. Not thread-safe. */
    public static final class Builder {
        private final URI service;
        private @Nullable Transport transport;
        private HttpHeaders headers = HttpHeaders.of();
        private @Nullable Did did;
        private boolean followsRedirects = true;
        private CallObserver observer = CallObserver.NONE;

        private Builder(URI service) {
            this.service = service;
        }

        /** Sets the transport. The default is {@link Transport#jdk()}. */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /** Sets headers for every request; a request's own headers take precedence. */
        public Builder headers(HttpHeaders headers) {
            this.headers = Objects.requireNonNull(headers, "headers");
            return this;
        }

        /** Sets the account that the headers authenticate. */
        public Builder did(Did did) {
            this.did = Objects.requireNonNull(did, "did");
            return this;
        }

        /**
         * Sets whether to follow redirects of GETs. The default is true: at most 5, without credentials to a different
         * origin, and never from https to http or from a public host to one that is recognizably private. POSTs never
         * follow redirects.
         */
        public Builder followRedirects(boolean follow) {
            this.followsRedirects = follow;
            return this;
        }

        /** Sets the observer of all calls, for metrics and traces. None by default. */
        public Builder observer(CallObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /** Builds the agent. */
        public ServiceAgent build() {
            return new ServiceAgent(this);
        }
    }
}
