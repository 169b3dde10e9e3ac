package dev.atlex.identity;

import dev.atlex.identity.internal.SsrfGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses of the hosts in tests, without a DNS lookup. */
final class PublicHosts {
    /**
     * {@code private.com} has a private address, {@code mixed.com} public and private ones, {@code unknown.com} none.
     */
    static final SsrfGuard.Lookup LOOKUP = host -> switch (host) {
        case "private.com" -> addresses("10.0.0.1");
        case "mixed.com" -> addresses("1.1.1.1", "2606:4700::1111", "::1");
        case "unknown.com" -> throw new UnknownHostException(host);
        default -> addresses("1.1.1.1");
    };

    private PublicHosts() {}

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
