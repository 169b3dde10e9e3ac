package dev.atlex.client.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8}.
 *
 * @param start the first address: 4 bytes, or 16 for IPv6
 * @param bits the prefix length: the number of leading bits that all addresses in the range share
 */
public record AddressRange(byte[] start, int bits) {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /**
     * Returns the range with this first address and prefix length.
     *
     * @throws IllegalArgumentException if the text isn't an address
     */
    static AddressRange of(String start, int bits) {
        byte[] address = address(start);
        if (address == null) {
            throw new IllegalArgumentException("AddressRange.of: expected an IP address (got " + start + ")");
        }
        return new AddressRange(address, bits);
    }

    /** Returns whether the text is an IPv4 address in dotted decimal notation. */
    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    /**
     * Returns the bytes of an address, or null if the text isn't one. Never looks up a name.
     *
     * @param text an IPv4 address, or an IPv6 address with or without brackets
     */
    public static byte @Nullable [] address(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!isIpv4(bare) && bare.indexOf(':') < 0) {
            return null;
        }
        try {
            // Within brackets, the JDK accepts only addresses, so it never looks up a name.
            return InetAddress.getByName(bare.indexOf(':') < 0 ? bare : "[" + bare + "]")
                    .getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Returns whether the address is in this range. An address of the other IP version never is. */
    public boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        for (int i = 0; i < bits; i += 8) {
            int mask = bits - i >= 8 ? 0xff : 0xff00 >> (bits - i);
            if (((address[i / 8] ^ start[i / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}
