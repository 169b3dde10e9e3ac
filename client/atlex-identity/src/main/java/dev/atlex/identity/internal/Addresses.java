package dev.atlex.identity.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses are public: those of hosts on the internet, and no others. */
public final class Addresses {
    /**
     * What the IANA has set apart in IPv4 (its special-purpose registry), multicast, and what is reserved.
     */
    private static final List<Range> NOT_PUBLIC_4 = List.of(
            Range.of("0.0.0.0", 8),
            Range.of("10.0.0.0", 8),
            Range.of("100.64.0.0", 10),
            Range.of("127.0.0.0", 8),
            Range.of("169.254.0.0", 16),
            Range.of("172.16.0.0", 12),
            Range.of("192.0.0.0", 24),
            Range.of("192.0.2.0", 24),
            Range.of("192.31.196.0", 24),
            Range.of("192.52.193.0", 24),
            Range.of("192.88.99.0", 24),
            Range.of("192.168.0.0", 16),
            Range.of("192.175.48.0", 24),
            Range.of("198.18.0.0", 15),
            Range.of("198.51.100.0", 24),
            Range.of("203.0.113.0", 24),
            Range.of("224.0.0.0", 3));

    /** Public hosts are in here… */
    private static final Range GLOBAL_UNICAST_6 = Range.of("2000::", 3);

    /** …but not in here: protocols such as Teredo and ORCHID, documentation, 6to4. */
    private static final List<Range> NOT_PUBLIC_6 =
            List.of(Range.of("2001::", 23), Range.of("2001:db8::", 32), Range.of("2002::", 16), Range.of("3fff::", 20));

    /** On networks without IPv4 every host of IPv4 has an address in here, which ends in its own. */
    private static final Range NAT64 = Range.of("64:ff9b::", 96);

    private Addresses() {}

    /** Whether a host on the internet can have this address. */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isPublic4(bytes);
        }
        if (NAT64.contains(bytes)) {
            return isPublic4(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        }
        return GLOBAL_UNICAST_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        return NOT_PUBLIC_4.stream().noneMatch(range -> range.contains(bytes));
    }

    private record Range(byte[] start, int bits) {
        static Range of(String start, int bits) {
            try {
                return new Range(InetAddress.getByName(start).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        boolean contains(byte[] address) {
            for (int i = 0; i < bits; i += 8) {
                int mask = bits - i >= 8 ? 0xff : 0xff00 >> (bits - i);
                if (((address[i / 8] ^ start[i / 8]) & mask & 0xff) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
