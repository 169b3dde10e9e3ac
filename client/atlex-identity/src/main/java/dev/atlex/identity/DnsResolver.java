package dev.atlex.identity;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Looks up TXT records. Implement this interface with a lambda, for DNS over HTTPS or in tests.
 *
 * <p>Implementations must be safe for use by multiple threads and must limit the time of each lookup.
 */
@FunctionalInterface
public interface DnsResolver {
    /**
     * Returns the TXT records of a name.
     *
     * @param name a domain name of at most 253 characters, without a trailing dot; labels may begin with an underscore
     * @return one String for each record, with the strings of the record joined, in any order; empty if the name
     *     doesn't exist or has no TXT records
     * @throws DnsException if the lookup fails; a failure must never be reported as an empty list
     */
    List<String> txt(String name);

    /**
     * Returns a resolver that queries the DNS servers of the operating system, with a time limit of 5 s for each
     * lookup.
     */
    static DnsResolver system() {
        return new DnsClient(SystemDns::servers, DnsClient.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a resolver that queries the given servers in order, each up to twice. The servers must be recursive,
     * because referrals aren't followed.
     *
     * @param servers at least one server; the usual port is 53
     * @param timeout the time limit of a whole lookup, including all servers; positive
     * @throws IllegalArgumentException if the list is empty, or the timeout isn't positive
     */
    static DnsResolver of(List<InetSocketAddress> servers, Duration timeout) {
        List<InetSocketAddress> copy = List.copyOf(servers);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("expected at least one DNS server (got an empty list)");
        }
        return new DnsClient(() -> copy, timeout);
    }
}
