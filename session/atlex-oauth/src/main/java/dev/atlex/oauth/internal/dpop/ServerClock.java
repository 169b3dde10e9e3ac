package dev.atlex.oauth.internal.dpop;

import dev.atlex.client.internal.HttpDates;
import dev.atlex.client.transport.HttpHeaders;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The servers' clocks, as shown by the {@code Date} headers of their responses. Thread-safe.
 *
 * <p>Servers refuse proofs whose date is off by minutes, and client assertions dated a second ahead. Users' clocks are
 * often off by more. {@code Date} has whole seconds, rounded down, and a response takes time to arrive. Therefore, the
 * time computed from it is never ahead of the server's, and at most a second plus that time behind.
 */
public final class ServerClock {
    private final OriginCache<Duration> offsets = new OriginCache<>();
    private final Clock clock;

    /** Creates clocks that follow the given one until a server's response is observed. */
    public ServerClock(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the current time by the clock of the server at a URL's origin; our own time if no response has shown that
     * clock.
     */
    public Instant now(URI url) {
        Duration offset = offsets.get(url);
        Instant own = clock.instant();
        return offset == null ? own : own.plus(offset);
    }

    /** Returns how far the clock of the server at a URL's origin is ahead of ours, or null if it isn't known. */
    public @Nullable Duration offset(URI url) {
        return offsets.get(url);
    }

    /**
     * Reads the server's time from a response. Call this as soon as the headers have arrived.
     *
     * @param url the URL that the response came from
     * @return the time in the response, or null if it is absent, malformed, or from a cache
     */
    public @Nullable Instant observe(URI url, HttpHeaders headers) {
        Instant date = HttpDates.parse(headers.first("Date"));
        // The Date of a cached response is that of the original response. Some proxies mark all responses with age 0.
        String age = headers.first("Age");
        if (date == null || age != null && !age.strip().equals("0")) {
            return null;
        }
        Duration offset = Duration.between(clock.instant(), date);
        offsets.update(url, old -> offset);
        return date;
    }
}
