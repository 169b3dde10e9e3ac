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
 * Which DNS servers the operating system uses. The JDK's own DNS client knows, on every platform; its lookups are not used
 * because their time limit is one for each try, doubled from try to try.
 */
final class SystemDns {
    private static final int DNS_PORT = 53;

    private SystemDns() {}

    /** The servers in their order; empty if there are none, or the JDK has no DNS client. */
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

    /** Of URLs with spaces between them, as {@code dns://192.0.2.1 dns://[2001:db8::1]:5353}. */
    static List<InetSocketAddress> parse(String urls) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String url : urls.trim().split("\\s+")) {
            try {
                URI uri = new URI(url);
                if (uri.getHost() != null) {
                    servers.add(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DNS_PORT : uri.getPort()));
                }
            } catch (URISyntaxException e) {
                // There may be others that can be used.
            }
        }
        return servers;
    }
}
