package dev.atlex.client.internal;

import dev.atlex.syntax.Handle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Separates hosts on the internet from hosts in private networks, so that untrusted documents and redirects can't make
 * a program send requests into the network it runs in. Names are classified by their form alone; nothing is looked up.
 */
public final class Hosts {
    /** Top-level domains that the handle specification reserves: no server on the internet has such a name. */
    private static final Set<String> RESERVED =
            Set.of("alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion");

    /** Top-level domains that resolvers look up on the local machine or network. */
    private static final Set<String> LOCAL = Set.of("arpa", "internal", "local", "localhost");

    private static final String TEST = "test";

    /** IPv4: IANA's special-purpose registry, multicast, and the reserved block. */
    private static final List<AddressRange> NOT_PUBLIC_IPV4 = List.of(
            AddressRange.of("0.0.0.0", 8),
            AddressRange.of("10.0.0.0", 8),
            AddressRange.of("100.64.0.0", 10),
            AddressRange.of("127.0.0.0", 8),
            AddressRange.of("169.254.0.0", 16),
            AddressRange.of("172.16.0.0", 12),
            AddressRange.of("192.0.0.0", 24),
            AddressRange.of("192.0.2.0", 24),
            AddressRange.of("192.31.196.0", 24),
            AddressRange.of("192.52.193.0", 24),
            AddressRange.of("192.88.99.0", 24),
            AddressRange.of("192.168.0.0", 16),
            AddressRange.of("192.175.48.0", 24),
            AddressRange.of("198.18.0.0", 15),
            AddressRange.of("198.51.100.0", 24),
            AddressRange.of("203.0.113.0", 24),
            AddressRange.of("224.0.0.0", 3));

    private static final AddressRange GLOBAL_UNICAST_IPV6 = AddressRange.of("2000::", 3);

    /** Ranges inside the global unicast range: protocols such as Teredo and ORCHID, documentation, 6to4. */
    private static final List<AddressRange> NOT_PUBLIC_IPV6 = List.of(
            AddressRange.of("2001::", 23),
            AddressRange.of("2001:db8::", 32),
            AddressRange.of("2002::", 16),
            AddressRange.of("3fff::", 20));

    /**
     * In networks without IPv4, each IPv4 host appears under an address in this range that ends with its own address.
     */
    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::", 96);

    private Hosts() {}

    /**
     * Returns whether a host on the internet can have this address. A NAT64 address is as public as the IPv4 address in
     * it, because in a network without IPv4, a lookup returns only such addresses.
     *
     * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA: special-purpose addresses</a>
     */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isPublicIpv4(bytes);
        }
        if (NAT64.contains(bytes)) {
            return isPublicIpv4(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        }
        return GLOBAL_UNICAST_IPV6.contains(bytes)
                && NOT_PUBLIC_IPV6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        return NOT_PUBLIC_IPV4.stream().noneMatch(range -> range.contains(bytes));
    }

    /** Returns the last label of a domain name in lowercase. */
    public static String topLevel(String host) {
        return host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns whether the top-level domain, in lowercase, is reserved, so that nothing can be found there. */
    public static boolean isReserved(String topLevel) {
        return RESERVED.contains(topLevel);
    }

    /** Returns whether the top-level domain, in lowercase, is the one for tests. */
    public static boolean isTest(String topLevel) {
        return topLevel.equals(TEST);
    }

    /**
     * Returns whether the host is a full domain name that isn't reserved. Refuses all literal forms of addresses, such
     * as {@code 127.0.0.1}, {@code 127.1}, {@code 0x7f000001}, {@code [::1]} and {@code [::ffff:10.0.0.1]}, and names
     * that end with a dot. Accepts names under {@code .test}, which don't exist on the internet.
     */
    public static boolean isPublicName(@Nullable String host) {
        return host != null && Handle.isValid(host) && !isReserved(topLevel(host));
    }

    /**
     * Returns whether only a private network can know the host: an address that isn't public or is a NAT64 address, a
     * name without a dot, or a name under a top-level domain that is reserved or for tests. A dot at the end is
     * ignored.
     *
     * @param host the host as {@link java.net.URI#getHost()} returns it; null is private
     */
    public static boolean isPrivate(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = withoutDot(host);
        return isLiteral(name) ? !isPublicLiteral(name) : !isPublicName(name) || isTest(topLevel(name));
    }

    /**
     * Returns whether the host is an address that isn't public or is a NAT64 address, a name without a dot, or a name
     * of the local machine or network. Unlike {@link #isPrivate}, returns false for names that merely don't exist on
     * the internet. A dot at the end is ignored.
     *
     * @param host the host as {@link java.net.URI#getHost()} returns it
     */
    public static boolean isLocal(String host) {
        String name = withoutDot(host);
        if (isLiteral(name)) {
            return !isPublicLiteral(name);
        }
        String topLevel = topLevel(name);
        boolean numeric = !topLevel.isEmpty() && Character.isDigit(topLevel.charAt(0));
        return name.indexOf('.') < 0 || numeric || LOCAL.contains(topLevel);
    }

    /** Returns the host without a dot at its end. */
    public static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static boolean isLiteral(String name) {
        return name.startsWith("[") || AddressRange.isIpv4(name);
    }

    private static boolean isPublicLiteral(String name) {
        try {
            // Parses the literal without a lookup.
            InetAddress address = InetAddress.getByName(name);
            return isPublic(address) && !isNat64(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isNat64(InetAddress address) {
        return address.getAddress().length == 16 && NAT64.contains(address.getAddress());
    }
}
