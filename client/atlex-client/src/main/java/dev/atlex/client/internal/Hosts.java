package dev.atlex.client.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/** Compares origins, and recognizes hosts of private networks by their name or literal address. */
public final class Hosts {
    private static final Set<String> LOCAL = Set.of("localhost", "local", "internal", "arpa");

    private Hosts() {}

    /** Returns whether both URLs have the same scheme, host and port: credentials are bound to these. */
    public static boolean sameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && port(a) == port(b);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /**
     * Returns whether a host is a loopback, link-local, private or otherwise not public address, a name without a dot, or a name
     * of a local network. Names are not looked up.
     *
     * @param host as {@link URI#getHost()} gives it, which takes no short or hexadecimal forms of addresses
     */
    static boolean isLocal(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int dot = name.lastIndexOf('.');
        boolean literal = name.startsWith("[") || dot >= 0 && Character.isDigit(name.charAt(dot + 1));
        if (!literal) {
            return dot < 0 || LOCAL.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        }
        try {
            return !isPublic(InetAddress.getByName(name).getAddress());
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private static boolean isPublic(byte[] address) {
        int a = address[0] & 0xff;
        int b = address[1] & 0xff;
        if (address.length == 4) {
            return !(a == 0
                    || a == 10
                    || a == 127
                    || a >= 224
                    || a == 100 && b >= 64 && b < 128
                    || a == 169 && b == 254
                    || a == 172 && b >= 16 && b < 32
                    || a == 192 && b == 168
                    || a == 192 && b == 0 && address[2] == 0
                    || a == 198 && (b == 18 || b == 19));
        }
        // Global unicast only, without the ranges that embed addresses of IPv4: 6to4 and Teredo.
        boolean teredo = a == 0x20 && b == 1 && address[2] == 0 && address[3] == 0;
        return a >> 5 == 1 && !(a == 0x20 && b == 2) && !teredo;
    }
}
