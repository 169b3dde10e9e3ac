package dev.atlex.oauth.internal.session;

import dev.atlex.client.CallObserver;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServerClient;
import dev.atlex.session.SessionListener;
import dev.atlex.session.store.EntryStore;
import java.time.Clock;
import java.time.Instant;

/**
 * The part of an OAuth client that its sessions use.
 *
 * @param store keeps the sessions
 * @param transport sends the calls
 * @param listener receives events
 * @param observer observes calls
 * @param identity resolves accounts of ended sessions
 * @param timing clock, monotonic time, sleep and randomness
 * @param server sends requests to authorization servers
 * @param dpop the nonces and clocks of all servers, shared with {@code server}
 * @param clientId the client's identifier
 * @param servers finds authorization servers
 * @param auths the client's keys
 */
public record OAuthContext(
        EntryStore store,
        Transport transport,
        SessionListener listener,
        CallObserver observer,
        IdentityResolver identity,
        TimeSource timing,
        AuthServerClient server,
        DpopContext dpop,
        String clientId,
        AuthServers servers,
        ClientAuths auths) {
    /** Returns the clock of {@link #timing}. */
    public Clock clock() {
        return timing.clock();
    }

    /** Returns the current time. */
    Instant now() {
        return clock().instant();
    }
}
