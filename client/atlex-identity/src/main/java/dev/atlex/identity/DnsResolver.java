package dev.atlex.identity;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Looks up TXT records. A lambda will do, for DNS over HTTPS or a test.
 *
 * <p>An implementation serves several threads at once, and keeps to a time limit.
 */
@FunctionalInterface
public interface DnsResolver {
    /**
     * The TXT records of a name.
     *
     * @param name a domain name of at most 253 characters, without a dot at its end; labels may begin with an underscore
     * @return a text for each record, its parts joined, in any order; empty if the name has none or does not exist
     * @throws DnsException if that could not be found out
     */
    List<String> txt(String name);

    /** Asks the servers that the operating system is set to use, and gives up after 5 s. */
    static DnsResolver system() {
        return new DnsClient(SystemDns::servers, DnsClient.DEFAULT_TIMEOUT);
    }

    /**
     * Asks these servers, in their order, each up to twice. They must be recursive, as those of an operating system are:
     * referrals are not followed.
     *
     * @param servers at least one; the port is usually 53
     * @param timeout of a whole lookup, over all servers; positive
     * @throws IllegalArgumentException if there is no server, or the timeout is not positive
     */
    static DnsResolver of(List<InetSocketAddress> servers, Duration timeout) {
        List<InetSocketAddress> copy = List.copyOf(servers);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("there is no DNS server");
        }
        return new DnsClient(() -> copy, timeout);
    }
}
