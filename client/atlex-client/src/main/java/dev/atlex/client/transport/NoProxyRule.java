package dev.atlex.client.transport;

import dev.atlex.client.internal.Origins;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a list of hosts that are contacted without a proxy. Names are never looked up, so a range of addresses
 * applies only to URLs with an address.
 *
 * @param host the host, or its parent domain, in lower case; null if the rule is for an address or for all hosts
 * @param address the address; null if the rule is for a name or for all hosts
 * @param bits how many bits of the address have to match
 * @param port the port, or -1 for all
 */
record NoProxyRule(@Nullable String host, byte @Nullable [] address, int bits, int port) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private static final NoProxyRule ALL = new NoProxyRule(null, null, 0, -1);

    /** Parses an entry, or returns null if it is invalid. */
    static @Nullable NoProxyRule parse(String entry) {
        String text = entry.strip().toLowerCase(Locale.ROOT);
        if (text.equals("*")) {
            return ALL;
        }
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return range(text.substring(0, slash), text.substring(slash + 1));
        }
        int port = -1;
        int colon = text.lastIndexOf(':');
        boolean hasPort = text.startsWith("[") ? colon > text.indexOf(']') : colon >= 0 && text.indexOf(':') == colon;
        if (hasPort) {
            String digits = text.substring(colon + 1);
            if (!PORT.matcher(digits).matches()) {
                return null;
            }
            port = Integer.parseInt(digits);
            text = text.substring(0, colon);
        }
        byte[] address = address(text);
        if (address != null) {
            return new NoProxyRule(null, address, address.length * 8, port);
        }
        String name = text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text;
        name = withoutDot(name);
        return NAME.matcher(name).matches() ? new NoProxyRule(name, null, 0, port) : null;
    }

    private static @Nullable NoProxyRule range(String start, String length) {
        byte[] address = address(start);
        if (address == null || !length.matches("[0-9]{1,3}") || Integer.parseInt(length) > address.length * 8) {
            return null;
        }
        return new NoProxyRule(null, address, Integer.parseInt(length), -1);
    }

    /** Returns the bytes of an address, or null if the text is a name. Never looks up a name. */
    private static byte @Nullable [] address(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!IPV4.matcher(bare).matches() && bare.indexOf(':') < 0) {
            return null;
        }
        try {
            // In brackets, the JDK accepts addresses only.
            return InetAddress.getByName(bare.indexOf(':') < 0 ? bare : "[" + bare + "]")
                    .getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Returns whether requests to the URL go without a proxy. */
    boolean matches(URI url) {
        if (this == ALL) {
            return true;
        }
        if (port >= 0 && port != (url.getPort() >= 0 ? url.getPort() : Origins.isHttps(url) ? 443 : 80)) {
            return false;
        }
        String target = withoutDot(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT));
        if (host != null) {
            return target.equals(host) || target.endsWith("." + host);
        }
        byte[] other = address(target);
        return address != null && other != null && other.length == address.length && startsAlike(address, other);
    }

    private boolean startsAlike(byte[] a, byte[] b) {
        int whole = bits / 8;
        if (!Arrays.equals(a, 0, whole, b, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0;
    }
}
