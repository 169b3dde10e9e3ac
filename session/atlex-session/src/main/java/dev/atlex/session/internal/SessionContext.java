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
 * The part of a session's options that the internal packages use. The options themselves contain hooks, whose methods
 * take the public session class, which internal code must not know.
 *
 * @param transport sends the requests
 * @param store keeps the session, or null to keep it in memory only
 * @param listener receives events
 * @param observer observes calls
 * @param identity resolves accounts of ended sessions, or null for the default ({@code auth.MigrationCheck})
 * @param signInLimit how often one identifier may sign in
 * @param timing clock, monotonic time, sleep and randomness
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
