package dev.atlex.identity;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/**
 * Finds the DNS servers of the operating system. The JDK's JNDI provider reads them on all platforms. Its lookups
 * aren't used because they report some failures as absent records; see decision 0017.
 */
final class SystemDns {
    private static final int DNS_PORT = 53;

    private SystemDns() {}

    /**
     * Returns the servers in order; empty if none are configured, or the runtime image lacks the module
     * {@code jdk.naming.dns}.
     */
    static List<InetSocketAddress> servers() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                return context.getEnvironment().get(Context.PROVIDER_URL) instanceof String urls
                        ? parse(urls)
                        : List.of();
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            return List.of();
        }
    }

    /**
     * Parses URLs separated by spaces, such as {@code dns://192.0.2.1 dns://[2001:db8::1]:5353}. Invalid URLs are
     * skipped.
     */
    static List<InetSocketAddress> parse(String urls) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String url : urls.trim().split("\\s+")) {
            try {
                URI uri = new URI(url);
                if (uri.getHost() != null) {
                    servers.add(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DNS_PORT : uri.getPort()));
                }
            } catch (URISyntaxException e) {
                // Other URLs in the list may be valid.
            }
        }
        return servers;
    }
}
