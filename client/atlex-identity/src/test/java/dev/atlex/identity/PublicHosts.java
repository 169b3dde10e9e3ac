package dev.atlex.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses of a test's hosts, without asking anybody. */
final class PublicHosts {
    /** {@code private.com} is on a private network, {@code mixed.com} on both sides, {@code unknown.com} nowhere. */
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
