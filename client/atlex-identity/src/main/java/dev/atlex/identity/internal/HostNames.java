package dev.atlex.identity.internal;

import dev.atlex.syntax.Handle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Classifies host names by their form alone, without a lookup: which ones can belong to a server on the internet, and which
 * ones only a private network knows.
 */
public final class HostNames {
    /** Top-level domains of the handle specification that no server on the internet has; also in force for hosts. */
    private static final Set<String> RESERVED =
            Set.of("alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion");

    private static final String TEST = "test";
    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private HostNames() {}

    /** Returns the last label of the name in lower case. */
    public static String topLevel(String host) {
        return host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns whether the top-level domain is reserved, so that nothing is found there. */
    public static boolean isReserved(String topLevel) {
        return RESERVED.contains(topLevel);
    }

    /** Returns whether the top-level domain is the one for tests. */
    public static boolean isTest(String topLevel) {
        return topLevel.equals(TEST);
    }

    /**
     * Returns whether the host is a full domain name that is not reserved. Every literal form of an address is refused:
     * {@code 127.0.0.1}, {@code 127.1}, {@code 0x7f000001}, {@code [::1]}, {@code [::ffff:10.0.0.1]}. Names under
     * {@code .test} pass: nothing on the internet is called so.
     */
    public static boolean isPublicName(@Nullable String host) {
        return host != null && Handle.isValid(host) && !isReserved(topLevel(host));
    }

    /**
     * Returns whether only a private network can know the host: an address that is not public, a name without a dot, or a
     * name under a top-level domain that is reserved or for tests. Null is private.
     */
    public static boolean isPrivate(@Nullable String host) {
        if (host == null) {
            return true;
        }
        if (host.startsWith("[") || DOTTED.matcher(host).matches()) {
            try {
                // Of a literal address, this is no lookup.
                return !Addresses.isPublic(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                return true;
            }
        }
        return !isPublicName(host) || isTest(topLevel(host));
    }
}
