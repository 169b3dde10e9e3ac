package dev.atlex.client.transport;

import dev.atlex.client.internal.AddressRange;
import dev.atlex.client.internal.Hosts;
import dev.atlex.client.internal.Origins;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a list of hosts that are contacted without a proxy. Names are never looked up, so a range of addresses
 * applies only to URLs with an address.
 *
 * @param host the host, or its parent domain, in lowercase; null if the rule is for addresses or for all hosts
 * @param range the addresses; null if the rule is for a name or for all hosts
 * @param port the port, or -1 for all
 */
record NoProxyRule(@Nullable String host, @Nullable AddressRange range, int port) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private static final NoProxyRule ALL = new NoProxyRule(null, null, -1);

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
        byte[] address = AddressRange.address(text);
        if (address != null) {
            return new NoProxyRule(null, new AddressRange(address, address.length * 8), port);
        }
        String name = text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text;
        name = Hosts.withoutDot(name);
        return NAME.matcher(name).matches() ? new NoProxyRule(name, null, port) : null;
    }

    private static @Nullable NoProxyRule range(String start, String length) {
        byte[] address = AddressRange.address(start);
        if (address == null || !length.matches("[0-9]{1,3}") || Integer.parseInt(length) > address.length * 8) {
            return null;
        }
        return new NoProxyRule(null, new AddressRange(address, Integer.parseInt(length)), -1);
    }

    /** Returns whether requests to the URL go without a proxy. */
    boolean matches(URI url) {
        if (this == ALL) {
            return true;
        }
        if (port >= 0 && port != (url.getPort() >= 0 ? url.getPort() : Origins.isHttps(url) ? 443 : 80)) {
            return false;
        }
        String target = Hosts.withoutDot(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT));
        if (host != null) {
            return target.equals(host) || target.endsWith("." + host);
        }
        byte[] address = AddressRange.address(target);
        return range != null && address != null && range.contains(address);
    }
}
