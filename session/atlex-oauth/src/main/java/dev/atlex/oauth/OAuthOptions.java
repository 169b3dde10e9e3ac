package dev.atlex.oauth;

import dev.atlex.client.CallObserver;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.SessionListener;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options for an {@link OAuthClient} and its sessions. Instances are immutable. The setters of {@link Builder} document
 * the defaults. {@link Builder#metadata} is required.
 */
public final class OAuthOptions {
    private final ClientMetadata metadata;
    private final @Nullable ClientKeys keys;
    private final Transport transport;
    private final @Nullable IdentityResolver identity;
    private final SessionListener listener;
    private final CallObserver observer;
    private final Clock clock;

    private OAuthOptions(Builder builder) {
        if (builder.metadata == null) {
            throw new IllegalStateException("the client's metadata is missing; set metadata(ClientMetadata)");
        }
        this.keys = builder.keys;
        this.metadata = keys == null ? builder.metadata : builder.metadata.withKeys(keys);
        if (metadata.isConfidential() && keys == null) {
            throw new ClientMetadataException(
                    "token_endpoint_auth_method", "belongs to a confidential client; set keys(ClientKeys)", null);
        }
        this.transport = builder.transport == null ? Transport.jdk() : builder.transport;
        this.identity = builder.identity;
        this.listener = builder.listener;
        this.observer = builder.observer;
        this.clock = builder.clock;
    }

    /**
     * Returns options configured by the function.
     *
     * @throws IllegalStateException if it doesn't set the metadata
     * @throws ClientMetadataException if the client can't have keys, or a confidential client has none
     */
    public static OAuthOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new OAuthOptions(builder);
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.metadata = metadata;
        builder.keys = keys;
        builder.transport = transport;
        builder.identity = identity;
        builder.listener = listener;
        builder.observer = observer;
        builder.clock = clock;
        return builder;
    }

    /** Returns the client's metadata, with the public part of its keys. */
    public ClientMetadata metadata() {
        return metadata;
    }

    /** Returns the keys of a confidential client, or null for a public one. */
    public @Nullable ClientKeys keys() {
        return keys;
    }

    /** Returns the transport that sends the requests. */
    public Transport transport() {
        return transport;
    }

    /** Returns the identity resolver, or null for the default of {@link Builder#identity}. */
    public @Nullable IdentityResolver identity() {
        return identity;
    }

    /** Returns the listener; {@link SessionListener#NONE} by default. */
    public SessionListener listener() {
        return listener;
    }

    /** Returns the observer of calls; {@link CallObserver#NONE} by default. */
    public CallObserver observer() {
        return observer;
    }

    /** Returns the clock; the system clock by default. */
    public Clock clock() {
        return clock;
    }

    @Override
    public String toString() {
        return "OAuthOptions[metadata=" + metadata + ", keys=" + keys + ", transport=" + transport + ", listener="
                + (listener == SessionListener.NONE
                        ? "none"
                        : listener.getClass().getName()) + "]";
    }

    /** Builds {@link OAuthOptions}. */
    public static final class Builder {
        private @Nullable ClientMetadata metadata;
        private @Nullable ClientKeys keys;
        private @Nullable Transport transport;
        private @Nullable IdentityResolver identity;
        private SessionListener listener = SessionListener.NONE;
        private CallObserver observer = CallObserver.NONE;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Sets the client's metadata. Required. */
        public Builder metadata(ClientMetadata metadata) {
            this.metadata = Objects.requireNonNull(metadata, "metadata");
            return this;
        }

        /**
         * Sets the keys of a confidential client. The first key signs for new sessions; existing sessions keep their
         * keys. Without keys, the client is public.
         */
        public Builder keys(ClientKeys keys) {
            this.keys = Objects.requireNonNull(keys, "keys");
            return this;
        }

        /**
         * Sets the transport that sends the requests; {@link Transport#jdk()} by default. It holds all network
         * settings: proxy, TLS, time limits and {@code User-Agent}.
         */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets the resolver for handles and DIDs. It also decides which hosts a sign-in may contact, because the host
         * names come from users and from other servers. The default is a resolver that uses the client's transport and
         * refuses plain http and private addresses.
         */
        public Builder identity(IdentityResolver identity) {
            this.identity = Objects.requireNonNull(identity, "identity");
            return this;
        }

        /** Sets the listener for session events, for logs and metrics; none by default. */
        public Builder listener(SessionListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets the observer of calls, for metrics and traces; none by default. */
        public Builder observer(CallObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Sets the clock that decides whether sign-ins and tokens have expired. The default is the system clock. Time
         * limits and delays within a call are measured with {@link System#nanoTime}.
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalStateException if the metadata is missing
         * @throws ClientMetadataException if the client can't have keys, or a confidential client has none
         */
        public OAuthOptions build() {
            return new OAuthOptions(this);
        }
    }
}
