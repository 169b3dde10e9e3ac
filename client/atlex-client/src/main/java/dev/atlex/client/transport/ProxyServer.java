package dev.atlex.client.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: its address, and the user name and password that it asks for, which never appear in
 * {@code toString()}.
 */
final class ProxyServer {
    private static final String EXAMPLE = "expected a URL such as http://proxy.example.com:8080";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65535;

    private final String host;
    private final int port;
    private final @Nullable String authorization;

    private ProxyServer(String host, int port, @Nullable String authorization) {
        this.host = host;
        this.port = port;
        this.authorization = authorization;
    }

    /**
     * Parses a proxy's URL. The scheme is optional. A password may contain any character, even unencoded.
     *
     * @param name the option or variable, for the message
     * @throws IllegalArgumentException if it isn't the URL of an HTTP proxy; the message contains no part of the URL
     */
    static ProxyServer parse(String name, String url) {
        String rest = url.strip();
        int scheme = rest.indexOf("://");
        if (scheme >= 0) {
            String given = rest.substring(0, scheme).toLowerCase(Locale.ROOT);
            if (given.startsWith("socks")) {
                throw invalid(name, "SOCKS proxies aren't supported; use the URL of an HTTP proxy");
            } else if (given.equals("https")) {
                throw invalid(name, "TLS to the proxy itself isn't supported; use an http:// URL");
            } else if (!given.equals("http")) {
                throw invalid(name, EXAMPLE);
            }
            rest = rest.substring(scheme + 3);
        }
        int at = rest.lastIndexOf('@');
        String address = rest.substring(at + 1);
        if (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > address.lastIndexOf(']');
        String host = hasPort ? address.substring(0, colon) : address;
        if (!HOST.matcher(host).matches()) {
            throw invalid(name, EXAMPLE);
        }
        int port = hasPort ? port(name, address.substring(colon + 1)) : DEFAULT_PORT;
        ProxyServer server = new ProxyServer(host.toLowerCase(Locale.ROOT), port, null);
        if (at <= 0) {
            return server;
        }
        String info = rest.substring(0, at);
        int end = info.indexOf(':');
        return server.with(
                name, decode(end < 0 ? info : info.substring(0, end)), end < 0 ? "" : decode(info.substring(end + 1)));
    }

    private static int port(String name, String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw invalid(name, "expected a port from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign that encodes nothing
        }
    }

    private static IllegalArgumentException invalid(String name, String problem) {
        return new IllegalArgumentException(name + ": " + problem);
    }

    /**
     * Returns the same proxy with other credentials.
     *
     * @throws IllegalArgumentException if the user name contains a colon, or one of them has a control character
     */
    ProxyServer with(String name, String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw invalid(name, "the user name must not contain a colon");
        }
        String both = user + ":" + password;
        if (both.chars().anyMatch(Character::isISOControl)) {
            throw invalid(name, "user name and password must not contain control characters");
        }
        String encoded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        return new ProxyServer(host, port, "Basic " + encoded);
    }

    /** Returns the value of {@code Proxy-Authorization}, or null if there are no credentials. */
    @Nullable
    String authorization() {
        return authorization;
    }

    boolean hasCredentials() {
        return authorization != null;
    }

    /** Returns the address, unresolved, so that each connection looks it up. */
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(bareHost(), port);
    }

    private String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the URL without credentials. */
    URI uri() {
        return URI.create("http://" + this);
    }

    /** Returns the host and the port. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
