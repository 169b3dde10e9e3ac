package dev.atlex.client.transport;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The transport on {@code java.net.http}. It asks for gzip and undoes it, never follows a redirect, and gives each call a
 * time limit (of the request, else 60 s) that covers everything until the last byte of the body has arrived; what has
 * arrived may be read after that.
 *
 * <p>HTTP/1.1 by default: the JDK turns a server's routine end of an HTTP/2 connection into a failure of the POSTs on
 * it.
 *
 * <p>Repeating: the JDK itself repeats a GET whose connection breaks before the first byte of an answer, as a connection
 * does that was kept alive and that the server closes just then. It never repeats a POST for that reason, and neither
 * does this class: nobody knows whether the server acted on it.
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

    /** A builder with the defaults. */
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
            throw new IllegalArgumentException(what + " is not positive: " + duration);
        }
    }

    private static final class Shared {
        static final JdkTransport INSTANCE = new JdkTransport(null, DEFAULT_TIMEOUT);
    }

    /** Made when it is first used: setting up TLS takes a while, and many a program has a transport of its own. */
    private static final class SharedClient {
        static final HttpClient INSTANCE = builder().newClient();
    }

    /** Settings of a transport; not safe for use by several threads. */
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
         * Uses an existing client; the settings that make one can't be given beside it.
         *
         * @throws IllegalArgumentException if the client follows redirects, for that would carry tokens to other hosts
         */
        public Builder httpClient(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException("the HttpClient must not follow redirects");
            }
            this.client = client;
            return this;
        }

        /** How long making a connection may take; positive. The default is 10 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            requirePositive("connectTimeout", connectTimeout);
            this.connectTimeout = connectTimeout;
            configured = true;
            return this;
        }

        /** The time limit of requests that have none of their own; positive. The default is 60 s. */
        public Builder defaultTimeout(Duration defaultTimeout) {
            requirePositive("defaultTimeout", defaultTimeout);
            this.defaultTimeout = defaultTimeout;
            return this;
        }

        /** The version to prefer. The default is HTTP/1.1. */
        public Builder version(HttpClient.Version version) {
            this.version = Objects.requireNonNull(version, "version");
            configured = true;
            return this;
        }

        /** How proxies are found. The default is that of the JVM. */
        public Builder proxy(ProxySelector proxy) {
            this.proxy = Objects.requireNonNull(proxy, "proxy");
            configured = true;
            return this;
        }

        /** What TLS trusts. The default is that of the JVM. */
        public Builder sslContext(SSLContext sslContext) {
            this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
            configured = true;
            return this;
        }

        /**
         * What runs the tasks of {@code java.net.http} that only compute. What may wait, as the lookup of a host or the stream
         * of an upload, runs on threads of the transport's own. The default is a few daemon threads that all transports
         * share.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            configured = true;
            return this;
        }

        /** @throws IllegalStateException if an HttpClient was given, and settings to make one too */
        public JdkTransport build() {
            if (client == null) {
                return new JdkTransport(newClient(), defaultTimeout);
            }
            if (configured) {
                throw new IllegalStateException("an existing HttpClient can't be configured any more");
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
