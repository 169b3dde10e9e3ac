package dev.atlex.client.transport;

import dev.atlex.data.internal.Durations;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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
 * <p>The JDK repeats a GET if the connection breaks before the first byte of the response, which happens when the
 * server closes an idle connection at that moment. Neither the JDK nor this class repeats a POST that the server may
 * have processed.
 *
 * <p>Its own threads are daemons, so they don't keep the program running.
 */
public final class JdkTransport implements Transport {
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final @Nullable HttpClient client;

    /** Whether this transport created the client. */
    private final boolean owned;

    private final JdkSettings settings;

    private JdkTransport(
            @Nullable HttpClient client,
            boolean owned,
            Duration defaultTimeout,
            String userAgent,
            @Nullable ProxyRoutes routes) {
        this.client = client;
        this.owned = owned;
        this.settings = new JdkSettings(
                new HostLookups(),
                defaultTimeout,
                userAgent,
                routes,
                client == null ? null : client.proxy().orElse(null));
        if (routes != null) {
            Proxies.CLEANER.register(this, routes::close);
        }
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the shared transport, the same one as {@link Transport#jdk()}. */
    public static JdkTransport shared() {
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
        try {
            return new JdkCall(settings, request).send(client == null ? SharedClient.INSTANCE : client);
        } finally {
            // The relay to the proxy closes when this object is unreachable.
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Opens a WebSocket with this transport's proxy, TLS settings and {@code User-Agent}. Returns without waiting for
     * the network.
     *
     * @param url a ws or wss URL
     * @param headers further headers of the handshake, such as {@code Authorization}
     * @param subprotocols the subprotocols to offer, in order of preference; may be empty
     * @param timeout the time limit for the handshake; positive
     * @return the WebSocket; if the server refuses the handshake, the future fails with a {@link
     *     java.net.http.WebSocketHandshakeException}, whose response contains the body
     */
    public CompletableFuture<WebSocket> openWebSocket(
            URI url, HttpHeaders headers, List<String> subprotocols, Duration timeout, WebSocket.Listener listener) {
        HttpClient http = client == null ? SharedClient.INSTANCE : client;
        WebSocket.Builder builder = http.newWebSocketBuilder()
                .connectTimeout(Durations.bounded(timeout))
                .header("User-Agent", settings.userAgent());
        headers.forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            String[] others = subprotocols.subList(1, subprotocols.size()).toArray(String[]::new);
            builder.subprotocols(subprotocols.get(0), others);
        }
        return TransportThreads.starting(() -> builder.buildAsync(url, listener))
                .whenComplete((socket, failure) -> Reference.reachabilityFence(this));
    }

    @Override
    public boolean isProxied(URI url) {
        return settings.proxy(url) != null;
    }

    /**
     * Aborts the calls in progress, closes the connections and ends the thread that reads from the network. No call may
     * follow. Only short-lived programs need this: at exit, the JVM waits up to 0.3 s for that thread. Does nothing
     * before Java 21, for {@link Transport#jdk()}, and for a client that {@linkplain Builder#httpClient the caller
     * supplied}.
     */
    public void abort() {
        // An HttpClient is closeable since Java 21.
        if (!owned || !(client instanceof AutoCloseable closeable)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            // In an interrupted thread, close() aborts calls instead of waiting for them.
            Thread.currentThread().interrupt();
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("HttpClient.close() failed", e);
        } finally {
            if (!interrupted) {
                Thread.interrupted();
            }
        }
    }

    static void requirePositive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive (got " + duration + ")");
        }
    }

    /** Returns the default time limit and the {@code User-Agent}. */
    @Override
    public String toString() {
        return "JdkTransport[defaultTimeout=" + settings.timeout() + ", userAgent=" + settings.userAgent() + "]";
    }

    private static final class Shared {
        static final JdkTransport INSTANCE = new JdkTransport(null, false, DEFAULT_TIMEOUT, UserAgent.DEFAULT, null);
    }

    /** Loaded only if there are proxies with credentials: it starts a thread. */
    private static final class Proxies {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** Created on first use, because setting up TLS takes a while and many programs have their own transport. */
    private static final class SharedClient {
        static final HttpClient INSTANCE = builder().newClient(null);
    }

    /** Builds a {@link JdkTransport}. Not thread-safe. */
    public static final class Builder {
        private @Nullable HttpClient client;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration defaultTimeout = DEFAULT_TIMEOUT;
        private HttpClient.Version version = HttpClient.Version.HTTP_1_1;
        private String userAgent = UserAgent.DEFAULT;
        private @Nullable ProxySelector proxy;
        private @Nullable ProxyOptions proxies;
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

        /**
         * Sets the program's part of the {@code User-Agent} header, which all requests have: {@code mybot/1.0
         * (+https://example.com/bot) atlex/0.1.0 (Java 17)}. The default is {@link UserAgent#DEFAULT}. A request's own
         * header takes precedence.
         *
         * @param products the products, as for {@link UserAgent#of}
         * @throws IllegalArgumentException if it isn't a valid header, for example because it contains a line break
         */
        public Builder userAgent(String products) {
            this.userAgent = UserAgent.of(products);
            return this;
        }

        /**
         * Sets the proxy selector, for proxies without a password. The default is the JVM's, which reads system
         * properties such as {@code https.proxyHost}. SOCKS proxies are ignored, because {@code java.net.http} doesn't
         * support them.
         */
        public Builder proxy(ProxySelector proxy) {
            this.proxy = Objects.requireNonNull(proxy, "proxy");
            this.proxies = null;
            configured = true;
            return this;
        }

        /**
         * Sets the proxies, with user names and passwords if they need them. No system property has to be set for them.
         * With {@link ProxyOptions#DEFAULTS}, all servers are contacted directly.
         */
        public Builder proxy(ProxyOptions proxy) {
            this.proxies = Objects.requireNonNull(proxy, "proxy");
            this.proxy = null;
            configured = true;
            return this;
        }

        /**
         * Like {@link #proxy(ProxyOptions)}, with one proxy for all requests.
         *
         * @param url such as {@code http://user:password@proxy.example.com:8080}; see {@link ProxyOptions.Builder#url}
         * @throws IllegalArgumentException if it isn't the URL of an HTTP proxy; the message contains no part of the
         *     URL
         */
        public Builder proxy(String url) {
            return proxy(ProxyOptions.of(url));
        }

        /**
         * Like {@link #proxy(ProxyOptions)}, with the proxies from the environment: {@code HTTPS_PROXY},
         * {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}. By default, these variables are ignored.
         *
         * @throws IllegalArgumentException if a variable is invalid; the message contains the variable's name, but not
         *     its value
         * @see ProxyOptions#fromEnvironment(java.util.Map)
         */
        public Builder proxyFromEnvironment() {
            return proxy(ProxyOptions.fromEnvironment());
        }

        /**
         * Sets the TLS context: the certificates that are trusted, and those that the client presents. The default is
         * the JVM's.
         */
        public Builder sslContext(SSLContext sslContext) {
            this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
            configured = true;
            return this;
        }

        /**
         * Like {@link #sslContext}, with certificates from files.
         *
         * @throws TlsException if the JVM can't use the certificates
         */
        public Builder tls(TlsOptions tls) {
            return sslContext(tls.context());
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
                ProxyRoutes routes = proxies == null ? null : new ProxyRoutes(proxies, connectTimeout, userAgent);
                return new JdkTransport(newClient(routes), true, defaultTimeout, userAgent, routes);
            }
            if (configured) {
                throw new IllegalStateException("an existing HttpClient can't be configured");
            }
            return new JdkTransport(client, false, defaultTimeout, userAgent, null);
        }

        private HttpClient newClient(@Nullable ProxyRoutes routes) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(Durations.bounded(connectTimeout))
                    .version(version)
                    .executor(TransportThreads.of(executor))
                    .followRedirects(HttpClient.Redirect.NEVER);
            ProxySelector selector = routes == null ? proxy : routes;
            if (selector != null) {
                builder.proxy(selector);
            }
            SSLContext tls = sslContext == null ? DeferredTls.context() : sslContext;
            if (tls != null) {
                builder.sslContext(tls);
            }
            return builder.build();
        }
    }
}
