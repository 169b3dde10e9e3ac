package dev.atlex.client.transport;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers recent lookups of host names. The JVM caches an address for 30 s by default. After that it asks the system
 * again, which can take long and can't be interrupted.
 */
final class HostLookups {
    private static final long KNOWN_NANOS = 20_000_000_000L;
    private static final int MAX_HOSTS = 1000;

    private final ConcurrentMap<String, Long> lookedUp = new ConcurrentHashMap<>();

    /** Returns whether a call to the host can start without waiting for a lookup. */
    boolean isKnown(String host, long now) {
        char last = host.charAt(host.length() - 1);
        if (last == ']' || (last >= '0' && last <= '9')) {
            return true; // an IPv6 or IPv4 address: no top-level domain ends in a digit
        }
        Long then = lookedUp.get(host);
        return then != null && now - then < KNOWN_NANOS;
    }

    /** Remembers that a call succeeded, so any necessary lookup of the host was made after the call began. */
    void succeeded(String host, long began) {
        if (lookedUp.size() >= MAX_HOSTS) {
            lookedUp.clear();
        }
        lookedUp.put(host, began);
    }
}
