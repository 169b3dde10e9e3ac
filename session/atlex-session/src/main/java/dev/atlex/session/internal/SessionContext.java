package dev.atlex.session.internal;

import dev.atlex.client.CallObserver;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.SessionListener;
import dev.atlex.session.SignInLimit;
import dev.atlex.session.store.EntryStore;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The part of a session's options that the internal packages use. Internal code doesn't use the options themselves,
 * because their hooks refer to the public session class.
 *
 * @param transport the transport for requests
 * @param store the store for the session, or null to keep it in memory only
 * @param listener the listener for session events
 * @param observer the observer of calls
 * @param identity the resolver for the accounts of ended sessions, or null for the default ({@code
 *     auth.MigrationCheck})
 * @param signInLimit the limit on how often one identifier may sign in
 * @param timing the clock, monotonic time, sleep and randomness
 */
public record SessionContext(
        Transport transport,
        @Nullable EntryStore store,
        SessionListener listener,
        CallObserver observer,
        @Nullable IdentityResolver identity,
        SignInLimit signInLimit,
        TimeSource timing) {
    /** Returns the clock of {@link #timing}. */
    public Clock clock() {
        return timing.clock();
    }
}
