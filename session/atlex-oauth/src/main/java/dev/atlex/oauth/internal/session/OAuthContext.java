package dev.atlex.oauth.internal.session;

import dev.atlex.client.CallObserver;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.AuthServerClient;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.session.SessionListener;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The part of an OAuth client that its sessions use.
 *
 * @param store the store for sessions
 * @param transport the transport for calls
 * @param listener the listener for session events
 * @param observer the observer of calls
 * @param identity the resolver for the accounts of ended sessions
 * @param timing the clock, monotonic time, sleep and randomness
 * @param server the client for requests to authorization servers
 * @param dpop the nonces and clocks of all servers, shared with {@code server}
 * @param clientId the client's identifier
 * @param servers the finder of authorization servers
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

    /** The maximum age of a server's endpoints. */
    private static final Duration MAX_METADATA_AGE = Duration.ofDays(1);

    /**
     * Returns a session's authorization server, from its record if that is recent enough.
     *
     * @throws dev.atlex.data.LexException if the server's metadata can't be read
     */
    AuthServer server(OAuthRecord record) {
        AuthServer known = record.server(now(), MAX_METADATA_AGE);
        return known == null ? servers.server(record.data().issuer(), MAX_METADATA_AGE) : known;
    }

    /** Returns a record with its server's endpoints. Existing endpoints stay until they have to be read again. */
    OAuthRecord described(OAuthRecord record, AuthServer server) {
        return record.server(now(), MAX_METADATA_AGE) == null ? record.with(server, now()) : record;
    }

    /**
     * Returns the method by which the client authenticates for a session.
     *
     * @throws SessionStoreException if the session belongs to a different client, whose request would end it
     * @throws dev.atlex.oauth.MissingClientKeyException if the client no longer has the session's key
     */
    ClientAuth auth(OAuthSessionData data) {
        if (!isOurs(data)) {
            throw new SessionStoreException(
                    "the session for " + data.did() + " belongs to the client " + data.clientId() + ", not to "
                            + clientId + ": use that client, or sign in again",
                    null);
        }
        return auths.auth(data.authMethod(), data.keyId());
    }

    /** Returns whether a session belongs to this client, as far as it is known. */
    boolean isOurs(OAuthSessionData data) {
        return data.clientId() == null || clientId.equals(data.clientId());
    }

    /** Returns the current time. */
    Instant now() {
        return clock().instant();
    }
}
