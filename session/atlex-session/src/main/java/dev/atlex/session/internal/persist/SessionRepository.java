package dev.atlex.session.internal.persist;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Deadline;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads, saves and deletes one session's entry in a store.
 *
 * <p>Holds no state: each method takes the known state of the entry and returns the new one, in a sealed result.
 * Failures of the store are results too, because the tokens that the server has just issued must not be lost when a
 * disk is full. In this process, only the caller works on the session. Other processes may write at any time, and the
 * store's generations decide which write wins. Decisions 0007 and 0010 define the rules.
 *
 * @param <T> the session's data
 */
public final class SessionRepository<T> {
    private static final System.Logger LOG = SessionLog.LOG;

    /**
     * The maximum number of races that a save may lose. It loses only if another process has saved first, which is
     * rare.
     */
    public static final int MAX_RACES = 20;

    /** The longest time that a refresh may need. After that, another process may try, which does no harm. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** The time for which a refresh waits for another process's lease. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(12);

    private final @Nullable EntryStore store;
    private final EntryCodec<T> codec;
    private final Did account;
    private final Key key;
    private final URI service;
    private final Clock clock;

    /**
     * Creates the repository of a session.
     *
     * @param store the store for the session, or null to keep it in memory only
     * @param session the session whose account and service are used
     */
    public SessionRepository(@Nullable EntryStore store, EntryCodec<T> codec, T session, Clock clock) {
        this.store = store;
        this.codec = codec;
        this.account = codec.account(session);
        this.key = codec.key(account);
        this.service = codec.service(session);
        this.clock = clock;
    }

    /** Returns whether there is a store. */
    public boolean isStored() {
        return store != null;
    }

    /** Returns the state of a session that was just loaded from an entry. */
    public EntryState loaded(EntryState before, Entry from, EntryCodec.Stored<T> stored) {
        return store == null
                ? before
                : before.wrote(from.generation(), codec.refreshToken(stored.session()))
                        .with(RotatedTokens.loaded(stored.rotated()));
    }

    /**
     * Returns a lease that gives the exclusive right to refresh, or null if there is no store, the store fails, or
     * another process doesn't release the lease. Refreshing without it does no harm: servers return the same successor
     * for the same token, and the store accepts the first.
     *
     * @param wait whether to wait for the lease
     */
    public @Nullable Lease lease(Deadline deadline, boolean wait) throws InterruptedException {
        if (store == null) {
            return null;
        }
        try {
            Lease lease = store.acquireLease(key, LEASE, wait ? deadline.leftWithin(MAX_WAIT) : Duration.ZERO);
            return lease == null ? null : () -> release(lease);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "failed to acquire a lease for {0}: the store threw {1}; refreshing without it",
                    account,
                    e.getClass().getName());
            return null;
        }
    }

    private void release(Lease lease) {
        try {
            lease.close();
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    "failed to release the lease for {0}: the store threw {1}; it expires on its own",
                    account,
                    e.getClass().getName());
        }
    }

    /** Looks for newer tokens that another process has saved. */
    public Reload<T> reload(EntryState now, T mine) {
        return reload(now, mine, false);
    }

    /**
     * Looks for newer tokens that certainly continue this session, because ending it must not end another session that
     * has since signed in.
     */
    public Reload<T> reloadSuccessor(EntryState now, T mine) {
        return reload(now, mine, true);
    }

    /**
     * Like {@link #reload}, and also reports whether another process has logged the session out. A missing entry
     * doesn't prove that, because files can get lost, and the server would reject the token. The logout of another
     * session of the account doesn't prove it either.
     */
    public Reload<T> reloadUnderLease(EntryState now, T mine) {
        Reload<T> found = reload(now, mine, false);
        EntryState state = found.state();
        boolean replaced = state.generation() == EntryStore.NONE || state.foreign() != null;
        // If the server has confirmed a logout, it rejects the tokens itself. The process that logged out may not know
        // about tokens that couldn't be saved.
        return !(found instanceof Reload.Newer<T>)
                        && store != null
                        && replaced
                        && isOver(store, state, mine, state.behind())
                ? new Reload.LoggedOutElsewhere<>(state)
                : found;
    }

    private Reload<T> reload(EntryState now, T mine, boolean successorOnly) {
        if (store == null) {
            return new Reload.Unchanged<>(now);
        }
        try {
            Entry entry = store.load(key);
            if (entry == null) {
                return new Reload.Unchanged<>(now.missing());
            }
            return entry.generation() == now.generation()
                    ? new Reload.Unchanged<>(now)
                    : compare(now, mine, entry, successorOnly);
        } catch (RuntimeException | Error e) {
            logStoreFailure("read", e);
            return new Reload.Unavailable<>(now, e);
        }
    }

    private Reload<T> compare(EntryState now, T mine, Entry entry, boolean successorOnly) {
        boolean certain = now.isKnown() && !now.behind();
        EntryCodec.Stored<T> stored;
        try {
            stored = codec.decode(entry);
        } catch (SessionStoreException e) {
            // Only the session in memory is left; the next save replaces the entry.
            LOG.log(Level.WARNING, e.getMessage());
            return new Reload.Unchanged<>(now.replacing(entry.generation(), now.isKnown()));
        }
        T other = stored.session();
        if (!Origins.same(codec.service(other), service)) {
            return new Reload.Unchanged<>(now.foreign(codec.service(other)));
        }
        String current = codec.refreshToken(mine);
        String theirs = codec.refreshToken(other);
        boolean ours = certain || now.rotated().isRelated(current, theirs, stored.rotated());
        RotatedTokens rotated = now.rotated().saw(stored.rotated());
        EntryState seen = now.read(entry.generation(), ours, theirs, rotated);
        if (theirs.equals(current)) {
            return new Reload.Unchanged<>(seen.with(rotated.merged(clock.instant())));
        }
        if (rotated.isOwn(theirs) || !certain && isOlder(theirs, current) || successorOnly && !ours) {
            return new Reload.Unchanged<>(seen);
        }
        return new Reload.Newer<>(seen.adopted(rotated.merged(current, clock.instant())), other);
    }

    /**
     * Returns whether the stored token is older, judging by the expiry times. If a token has none, the stored one
     * counts as newer.
     */
    private static boolean isOlder(String stored, String mine) {
        Instant theirs = TokenTimes.of(stored).expires();
        Instant ours = TokenTimes.of(mine).expires();
        return theirs != null && ours != null && theirs.isBefore(ours);
    }

    /**
     * Saves the session's data, if the entry may be written.
     *
     * @param verified whether the server has just confirmed the data
     */
    public Save<T> save(EntryState now, T data, boolean verified) {
        if (store == null) {
            return new Save.Saved<>(now.upToDate());
        }
        EntryState state = now;
        try {
            for (CompareAndSet.Race race = CompareAndSet.race(key, MAX_RACES); ; race.lost()) {
                if (state.generation() == EntryState.UNKNOWN) {
                    Entry there = store.load(key);
                    URI other = there == null ? service : serviceOf(there);
                    if (there != null && !Origins.same(other, service)) {
                        return new Save.Foreign<>(state.foreign(other), other, there.generation());
                    }
                    state = there == null ? state.missing() : state.replacing(there.generation(), false);
                }
                if (state.generation() == EntryStore.NONE && isLoggedOut(store, state, data)) {
                    return new Save.LoggedOutElsewhere<>(state.upToDate());
                }
                String value = codec.encode(data, state.rotated().alive(clock.instant()));
                Entry saved = store.save(key, state.generation(), value);
                if (saved != null) {
                    return new Save.Saved<>(state.wrote(saved.generation(), codec.refreshToken(data))
                            .upToDate());
                }
                Entry there = store.load(key);
                if (there == null) {
                    state = verified ? state.missing().confirmed() : state.missing();
                    if (state.vanished() && !isLoggedOut(store, state, data)) {
                        return new Save.Unconfirmed<>(state);
                    }
                    continue;
                }
                Reload<T> found = compare(state, data, there, false);
                state = found.state();
                if (found instanceof Reload.Newer<T> newer) {
                    return new Save.Superseded<>(state.upToDate(), newer.session());
                }
            }
        } catch (RuntimeException | Error e) {
            return new Save.Failed<>(state, e);
        }
    }

    /** Returns the state in which a sign-in replaces another service's entry. */
    public EntryState replacing(Save.Foreign<T> foreign) {
        return foreign.state().replacing(foreign.generation(), false);
    }

    /**
     * Returns the service of an entry. If the entry can't be read, returns this session's service, because such an
     * entry may be replaced.
     */
    private URI serviceOf(Entry entry) {
        try {
            return codec.service(codec.decode(entry).session());
        } catch (RuntimeException | Error e) {
            SessionRecord.leftOut(entry, e);
            return service;
        }
    }

    /**
     * Returns whether the session was logged out, now that the store has no entry. A session that has just signed in
     * wasn't.
     */
    private boolean isLoggedOut(EntryStore from, EntryState state, T data) {
        boolean hasHistory = state.lastStored() != null
                || !state.rotated().alive(clock.instant()).isEmpty();
        return hasHistory && isOver(from, state, data, true);
    }

    /** @param confirmed whether logouts that the server has confirmed count too */
    private boolean isOver(EntryStore from, EntryState state, T data, boolean confirmed) {
        List<String> tokens = new ArrayList<>(state.rotated().with(codec.refreshToken(data), clock.instant()));
        if (state.lastStored() != null) {
            tokens.add(state.lastStored());
        }
        try {
            return PendingLogout.contains(from, account, tokens)
                    || confirmed && EndedTokens.contain(from, account, tokens);
        } catch (RuntimeException | Error e) {
            logStoreFailure("read the logouts of", e);
            return false;
        }
    }

    /** Returns whether other processes may have read these tokens from the store and refreshed them. */
    public boolean wasStored(EntryState state, T data) {
        return codec.refreshToken(data).equals(state.lastStored());
    }

    /** Deletes the entry of a session that has ended, if the entry is this session's. */
    public Removal<T> delete(EntryState now, T data) {
        if (store == null) {
            return new Removal.Removed<>(now.upToDate().confirmed());
        }
        EntryState state = now;
        try {
            if (state.generation() == EntryState.UNKNOWN) {
                Reload<T> found = reloadSuccessor(state, data);
                state = found.state();
                if (found instanceof Reload.Newer<T> newer) {
                    return new Removal.Newer<>(state, newer.session());
                }
            }
            if (state.isDeletable() && !store.delete(key, state.generation())) {
                Reload<T> found = reload(state, data);
                state = found.state();
                if (found instanceof Reload.Newer<T> newer) {
                    return new Removal.Newer<>(state, newer.session());
                }
                if (state.isDeletable()) {
                    store.delete(key, state.generation());
                }
            }
        } catch (RuntimeException | Error e) {
            logStoreFailure("delete", e);
        }
        return new Removal.Removed<>(state.upToDate().confirmed());
    }

    private void logStoreFailure(String operation, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "failed to {0} {1}: the store threw {2}; continuing with the session in memory",
                operation,
                account,
                failure.getClass().getName());
    }
}
