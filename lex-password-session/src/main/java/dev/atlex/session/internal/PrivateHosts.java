package dev.atlex.session.internal;

import java.net.URI;
import java.util.Locale;

/** Tells servers that only their own network knows, by their name alone. */
public final class PrivateHosts {
    private PrivateHosts() {}

    /** Whether the host is an address, a name without a dot, or of a top-level domain that is reserved for private use. */
    public static boolean isPrivate(URI service) {
        String host = service.getHost() == null ? "" : service.getHost().toLowerCase(Locale.ROOT);
        int dot = host.lastIndexOf('.');
        if (dot < 0) {
            return true; // localhost, and addresses of IPv6 in brackets
        }
        String top = host.substring(dot + 1);
        return top.isEmpty()
                || Character.isDigit(top.charAt(0))
                || switch (top) {
                    case "test", "local", "localhost", "internal", "invalid", "example", "arpa", "onion" -> true;
                    default -> false;
                };
    }
}
