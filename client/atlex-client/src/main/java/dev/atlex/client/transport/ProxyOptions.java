package dev.atlex.client.transport;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.internal.Excerpt;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxies of a {@link JdkTransport}: one for https URLs, one for http URLs, and the hosts that are contacted
 * without a proxy. Immutable.
 *
 * <pre>{@code
 * ProxyOptions proxy = ProxyOptions.of(o -> o.url("http://proxy.example.com:8080")
 *         .credentials("user", password)
 *         .noProxy("localhost", "intranet.example.com", "10.0.0.0/8"));
 * Transport transport = JdkTransport.builder().proxy(proxy).build();
 * }</pre>
 *
 * <p>Requests to https URLs pass through a tunnel ({@code CONNECT}), so the proxy sees only the server's name and port.
 * The proxy looks up that name. Credentials are sent to the proxy with the Basic scheme, without waiting to be asked.
 * They never appear in exceptions or {@code toString()}.
 */
public final class ProxyOptions {
    /** The defaults: no proxy, so all servers are contacted directly. */
    public static final ProxyOptions DEFAULTS = of(options -> {});

    private final @Nullable ProxyServer http;
    private final @Nullable ProxyServer https;
    private final List<String> noProxy;
    private final List<NoProxyRule> rules;

    private ProxyOptions(Builder builder) {
        this.http = builder.http;
        this.https = builder.https;
        this.noProxy = List.copyOf(builder.noProxy);
        this.rules = List.copyOf(builder.rules);
    }

    /**
     * Returns options configured by the function.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public static ProxyOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /**
     * Returns one proxy for all requests.
     *
     * @param url the URL, as for {@link Builder#url}
     * @throws IllegalArgumentException if it isn't the URL of an HTTP proxy; the message contains no part of the URL
     */
    public static ProxyOptions of(String url) {
        return of(options -> options.url(url));
    }

    /**
     * Returns the proxies in the process's environment variables. See {@link #fromEnvironment(Map)}.
     *
     * @throws IllegalArgumentException if a variable is invalid; the message contains the variable's name, but not its
     *     value
     */
    public static ProxyOptions fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Returns the proxies in environment variables, which have the same meaning as for curl. {@code https_proxy} is for
     * https URLs and {@code http_proxy} for http URLs; {@code all_proxy} fills in for either. {@code no_proxy} lists
     * hosts, separated by commas or spaces; its invalid entries are ignored. Uppercase names work too; lowercase names
     * take precedence. Uppercase {@code HTTP_PROXY} is ignored in CGI programs (if {@code REQUEST_METHOD} is set),
     * because the client of such a program can set it. Empty variables count as missing.
     *
     * @param variables environment variables by name
     * @throws IllegalArgumentException if a variable is invalid; the message contains the variable's name, but not its
     *     value
     */
    public static ProxyOptions fromEnvironment(Map<String, String> variables) {
        Builder builder = new Builder();
        builder.https = find(variables, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
        builder.http = variables.containsKey("REQUEST_METHOD")
                ? find(variables, "http_proxy", "all_proxy", "ALL_PROXY")
                : find(variables, "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");
        String lower = variables.getOrDefault("no_proxy", "");
        for (String entry : split(lower.isBlank() ? variables.getOrDefault("NO_PROXY", "") : lower)) {
            NoProxyRule rule = NoProxyRule.parse(entry);
            if (rule != null) {
                builder.noProxy.add(entry);
                builder.rules.add(rule);
            }
        }
        return builder.build();
    }

    private static @Nullable ProxyServer find(Map<String, String> variables, String... names) {
        for (String name : names) {
            String value = variables.getOrDefault(name, "");
            if (!value.isBlank()) {
                return ProxyServer.parse(name, value);
            }
        }
        return null;
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Returns the URL of the proxy for http URLs, without credentials, or null if there is none. */
    public @Nullable URI http() {
        return http == null ? null : http.uri();
    }

    /** Returns the URL of the proxy for https URLs, without credentials, or null if there is none. */
    public @Nullable URI https() {
        return https == null ? null : https.uri();
    }

    /** Returns the entries of {@link Builder#noProxy}. */
    public List<String> noProxy() {
        return noProxy;
    }

    /** Returns the URL of the proxy for requests to a URL, without credentials, or null if there is none. */
    public @Nullable URI proxyFor(URI url) {
        ProxyServer server = serverFor(url);
        return server == null ? null : server.uri();
    }

    @Nullable
    ProxyServer serverFor(URI url) {
        ProxyServer server = Origins.isHttps(url) ? https : http;
        return server == null || rules.stream().anyMatch(rule -> rule.matches(url)) ? null : server;
    }

    @Nullable
    ProxyServer httpsServer() {
        return https;
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.http = http;
        builder.https = https;
        builder.noProxy.addAll(noProxy);
        builder.rules.addAll(rules);
        return builder;
    }

    /** Returns the options without user names or passwords. */
    @Override
    public String toString() {
        return "ProxyOptions[http=" + http() + ", https=" + https() + ", noProxy=" + noProxy + "]";
    }

    /** Builds {@link ProxyOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ProxyServer http;
        private @Nullable ProxyServer https;
        private final List<String> noProxy = new ArrayList<>();
        private final List<NoProxyRule> rules = new ArrayList<>();

        private Builder() {}

        /**
         * Sets one proxy for all URLs. By default, there is none.
         *
         * @param url {@code http://proxy.example.com:8080}, optionally with credentials before the host:
         *     {@code http://user:password@proxy.example.com:8080}. The default port is 80
         * @throws IllegalArgumentException if it isn't the URL of an HTTP proxy; the message contains no part of the
         *     URL
         */
        public Builder url(String url) {
            return http(url).https(url);
        }

        /** Like {@link #url}, for requests to http URLs only. */
        public Builder http(String url) {
            this.http = ProxyServer.parse("http proxy", url);
            return this;
        }

        /** Like {@link #url}, for requests to https URLs only. */
        public Builder https(String url) {
            this.https = ProxyServer.parse("https proxy", url);
            return this;
        }

        /**
         * Sets the user name and password of all proxies that have been set so far. They replace those in a URL.
         *
         * @throws IllegalArgumentException if the user name contains a colon, or either contains control characters
         * @throws IllegalStateException if no proxy has been set
         */
        public Builder credentials(String user, String password) {
            if (http == null && https == null) {
                throw new IllegalStateException("proxy credentials: set the proxy's URL first");
            }
            http = http == null ? null : http.with("proxy credentials", user, password);
            https = https == null ? null : https.with("proxy credentials", user, password);
            return this;
        }

        /**
         * Adds hosts that are contacted without a proxy. By default, there are none, so even {@code localhost} is
         * contacted through the proxy.
         *
         * @param hosts the hosts, each one a domain, which includes its subdomains ({@code example.com}, the same as
         *     {@code .example.com}); an address ({@code 192.0.2.1}, {@code ::1}); a range of addresses
         *     ({@code 10.0.0.0/8}), which applies only to URLs with an address; or {@code *} for all hosts. A domain or
         *     address may be followed by a port: {@code example.com:8443}
         * @throws IllegalArgumentException if an entry has none of these forms
         */
        public Builder noProxy(String... hosts) {
            return noProxy(Arrays.asList(hosts));
        }

        /** Like {@link #noProxy(String...)}. */
        public Builder noProxy(Collection<String> hosts) {
            for (String list : hosts) {
                for (String entry : split(list)) {
                    NoProxyRule rule = NoProxyRule.parse(entry);
                    if (rule == null) {
                        throw new IllegalArgumentException(
                                "noProxy: expected a domain, an address, a range of addresses or * (got "
                                        + Excerpt.quote(entry) + ")");
                    }
                    noProxy.add(entry);
                    rules.add(rule);
                }
            }
            return this;
        }

        /** Builds the options. */
        public ProxyOptions build() {
            return new ProxyOptions(this);
        }
    }
}
