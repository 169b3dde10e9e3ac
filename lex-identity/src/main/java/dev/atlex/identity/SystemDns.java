package dev.atlex.identity;

import java.net.InetSocketAddress;
import java.net.URI;
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
            // A scope, as in fe80::1%eth0, is no part of a URI.
            URI uri = URI.create(url.replace("%", "%25"));
            if (uri.getHost() != null) {
                String host = uri.getHost().replace("%25", "%");
                servers.add(new InetSocketAddress(host, uri.getPort() < 0 ? DNS_PORT : uri.getPort()));
            }
        }
        return servers;
    }
}
