package dev.atlex.oauth.internal.dpop;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import java.net.URI;

/**
 * The facts about servers that all requests of one OAuth client share, across sessions.
 *
 * @param nonces the nonces by origin
 * @param clock the servers' clocks
 */
public record DpopContext(DpopNonces nonces, ServerClock clock) {
    /** Creates a context without facts about any server. */
    public static DpopContext of(TimeSource time) {
        return new DpopContext(new DpopNonces(time), new ServerClock(time.clock()));
    }

    /**
     * Reads the nonce and the time from a response that isn't a challenge. Call this as soon as the headers have
     * arrived.
     *
     * @param url the URL that the response came from
     */
    public void observe(URI url, HttpHeaders headers) {
        clock.observe(url, headers);
        nonces.observe(url, headers, false);
    }
}
