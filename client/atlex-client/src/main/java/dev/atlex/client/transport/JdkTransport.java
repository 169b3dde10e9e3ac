package dev.atlex.client.transport;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A transport based on {@code java.net.http}. It requests and decompresses gzip, and never follows redirects. A
 * request's time limit, 60 s by default, includes receiving the last byte of the body. Bytes that have already arrived
 * can still be read after that.
 *
 * <p>It uses HTTP/1.1 by default, because the JDK fails POSTs when a server routinely closes an HTTP/2 connection.
 *
 * <p>The JDK repeats a GET if the connection breaks before the first byte of the response, which happens when the server
 * closes an idle connection at that moment. Neither the JDK nor this class repeats a POST, because the server may have
 * processed it.
 *
 * <p>All threads are daemons, so the program ends when its main method does.
 */
public final class JdkTransport implements Transport {
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final @Nullable HttpClient client;
    private final Duration defaultTimeout;
    private final HostLookups lookups = new HostLookups();

    private JdkTransport(@Nullable HttpClient client, Duration defaultTimeout) {
        this.client = client;
        this.defaultTimeout = defaultTimeout;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    static JdkTransport shared() {
        return Shared.INSTANCE;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TransportTimeoutException if the time limit was reached
     * @throws TransportInterruptedException if the calling thread is interrupted
     */
    @Override
    public TransportResponse send(TransportRequest request) {
        return new JdkCall(lookups, request, defaultTimeout).send(client == null ? SharedClient.INSTANCE : client);
    }

    static void requirePositive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive (got " + duration + ")");
        }
    }

    /** Returns the time limit of requests without one. */
    @Override
    public String toString() {
        return "JdkTransport[defaultTimeout=" + defaultTimeout + "]";
    }

    private static final class Shared {
        static final JdkTransport INSTANCE = new JdkTransport(null, DEFAULT_TIMEOUT);
    }

    /** Created on first use, because setting up TLS takes a while and many programs have their own transport. */
    private static final class SharedClient {
        static final HttpClient INSTANCE = builder().newClient();
    }

    /** Builds a {@link JdkTransport}. Not thread-safe. */
    public static final class Builder {
        private @Nullable HttpClient client;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration defaultTimeout = DEFAULT_TIMEOUT;
        private HttpClient.Version version = HttpClient.Version.HTTP_1_1;
        private @Nullable ProxySelector proxy;
        private @Nullable SSLContext sslContext;
        private Executor executor = TransportThreads.WORKERS;
        private boolean configured;

        private Builder() {}

        /**
         * Uses an existing client. This can't be combined with settings for a new client.
         *
         * @throws IllegalArgumentException if the client follows redirects, which would send tokens to other hosts
         */
        public Builder httpClient(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException("the HttpClient must not follow redirects");
            }
            this.client = client;
            return this;
        }

        /** Sets the time limit for connecting, which must be positive. The default is 10 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            requirePositive("connectTimeout", connectTimeout);
            this.connectTimeout = connectTimeout;
            configured = true;
            return this;
        }

        /** Sets the time limit for requests that don't set their own. It must be positive. The default is 60 s. */
        public Builder defaultTimeout(Duration defaultTimeout) {
            requirePositive("defaultTimeout", defaultTimeout);
            this.defaultTimeout = defaultTimeout;
            return this;
        }

        /** Sets the preferred HTTP version. The default is HTTP/1.1. */
        public Builder version(HttpClient.Version version) {
            this.version = Objects.requireNonNull(version, "version");
            configured = true;
            return this;
        }

        /** Sets the proxy selector. The default is the JVM's. */
        public Builder proxy(ProxySelector proxy) {
            this.proxy = Objects.requireNonNull(proxy, "proxy");
            configured = true;
            return this;
        }

        /** Sets the TLS context. The default is the JVM's. */
        public Builder sslContext(SSLContext sslContext) {
            this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
            configured = true;
            return this;
        }

        /**
         * Sets the executor for the CPU-bound tasks of {@code java.net.http}. Tasks that may block, such as looking up
         * a host or reading an upload, run on the transport's own threads. The default is a few daemon threads that all
         * transports share.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            configured = true;
            return this;
        }

        /**
         * Builds the transport.
         *
         * @throws IllegalStateException if both an HttpClient and settings for a new one are given
         */
        public JdkTransport build() {
            if (client == null) {
                return new JdkTransport(newClient(), defaultTimeout);
            }
            if (configured) {
                throw new IllegalStateException("an existing HttpClient can't be configured");
            }
            return new JdkTransport(client, defaultTimeout);
        }

        private HttpClient newClient() {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(connectTimeout)
                    .version(version)
                    .executor(TransportThreads.of(executor))
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (proxy != null) {
                builder.proxy(proxy);
            }
            if (sslContext != null) {
                builder.sslContext(sslContext);
            }
            return builder.build();
        }
    }
}
