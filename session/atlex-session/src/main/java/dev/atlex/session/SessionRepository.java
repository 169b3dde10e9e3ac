package dev.atlex.session;

import dev.atlex.client.internal.Deadline;
import dev.atlex.session.internal.ExponentialBackoff;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.RotatedTokens;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.StoredEntry;
import dev.atlex.session.internal.state.SessionLock;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session's changes to its store and its hooks, brings in what other processes have put there, and survives what
 * both throw: a full disk must not cost the tokens that the server has just given out.
 *
 * <p>What changes, changes under the session's lock.
 */
final class SessionRepository {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());
    private static final ExponentialBackoff RETRIES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** What a refresh may need at most; after that somebody else may try, which does no harm. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** How long a refresh waits for another's. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final PasswordSession session;
    private final @Nullable SessionStore store;
    private final Key key;
    private final @Nullable StoredEntry entry;
    private final SessionHooks hooks;
    private final Notifier events;
    private final Clock clock;
    private final RotatedTokens traded;

    /** The service of which it was said that its session stands in the way. */
    private @Nullable URI reported;

    private volatile boolean hookBehind;
    private volatile Instant retryAt = Instant.MIN;
    private int failures;

    SessionRepository(PasswordSession session, SessionData data, SessionOptions options) {
        this.session = session;
        this.store = options.store();
        this.key = Key.session(data.did());
        this.hooks = options.hooks();
        this.events = new Notifier(options.listener());
        this.clock = options.clock();
        this.traded = new RotatedTokens(clock);
        this.entry = store == null ? null : new StoredEntry(store, data.did(), data.service(), traded);
    }

    Notifier events() {
        return events;
    }

    /** Whether store and hooks have taken the newest data. */
    boolean isSaved() {
        return (entry == null || !entry.isBehind()) && !hookBehind;
    }

    /** The session was loaded from this entry. */
    void loadedFrom(Entry from, SessionRecord stored) {
        if (entry != null) {
            entry.loadedFrom(from, stored);
        }
    }

    RotatedTokens traded() {
        return traded;
    }

    /**
     * The right to be the only one that renews the tokens, or null where there is no store, it does not work, or somebody
     * else does not give the right back. Going on without it does no harm: servers answer the same token with the same
     * successor, and the store takes the first.
     *
     * @param wait whether to wait for it
     */
    @Nullable
    Lease lease(Deadline deadline, boolean wait) throws InterruptedException {
        if (store == null) {
            return null;
        }
        try {
            Lease lease = store.acquireLease(key, LEASE, wait ? deadline.leftWithin(PATIENCE) : Duration.ZERO);
            return lease == null ? null : () -> tell("closing a lease", lease::close);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the store lends no lease: {0}", e.getClass().getName());
            return null;
        }
    }

    /** The store's entry, or null without a store. */
    @Nullable
    StoredEntry entry() {
        return entry;
    }

    /**
     * Puts new tokens in the store, before they are used. If another process was faster, its tokens are there.
     *
     * @return what the store has that is newer, or null
     */
    @Nullable
    SessionData keep(SessionData data) {
        return keep(data, other -> false);
    }

    /**
     * As {@link #keep(SessionData)}, after a sign-in.
     *
     * @param replaces whether the session takes the place of one that another service has
     */
    @Nullable
    SessionData keep(SessionData data, Predicate<URI> replaces) {
        if (entry == null) {
            return null;
        }
        failures = 0;
        reported = null;
        entry.changed();
        return tryStore(data, entry, replaces, true);
    }

    /** @param verified whether the server has just confirmed the data */
    private @Nullable SessionData tryStore(
            SessionData data, StoredEntry into, Predicate<URI> replaces, boolean verified) {
        try {
            SessionData newer = into.save(data, replaces, verified);
            URI other = into.foreign();
            if (other != null) {
                inTheWay(data, other);
            }
            return newer;
        } catch (RuntimeException | Error e) {
            failed("the store", data, e);
            return null;
        }
    }

    /** Reports once for each refresh that another service's session stands where this one would be saved. */
    private void inTheWay(SessionData data, URI other) {
        if (other.equals(reported)) {
            retryAt = clock.instant().plus(RETRIES.after(failures++));
            return;
        }
        reported = other;
        SessionStoreException why = new SessionStoreException(
                "the store holds a session of " + data.did() + " at " + other + "; the one at " + data.service()
                        + " works from memory and is not saved",
                null);
        LOG.log(Level.WARNING, why.getMessage());
        notSaved("the store", data, why);
    }

    /** Tells the hook of new data that the store has, or would have if it could. */
    void tellUpdated(SessionData data) {
        hookBehind = true;
        callHook(data);
    }

    private void callHook(SessionData data) {
        try {
            hooks.onUpdated(session, data);
            hookBehind = false;
        } catch (Throwable e) { // Errors too: the new tokens must stay in use whatever a hook throws
            failed("the hook onUpdated", data, e);
        }
    }

    private void failed(String what, SessionData data, Throwable cause) {
        // The cause's own message is left to whoever reads the exception: it may hold what was to be saved.
        LOG.log(
                Level.WARNING,
                "a session could not be saved: {0} threw {1}",
                what,
                cause.getClass().getName());
        notSaved(what, data, cause);
    }

    private void notSaved(String what, SessionData data, Throwable cause) {
        SessionHookException failure = new SessionHookException(what, cause);
        retryAt = clock.instant().plus(RETRIES.after(failures++));
        tell("the hook onUpdateFailure", () -> hooks.onUpdateFailure(session, data, failure));
        events.tell(new SessionEvent.SaveFailed(data.did(), failure, retryAt));
    }

    /**
     * Saves again what could not be saved before, if nobody else is at it.
     *
     * @param now whether to try although it is not time yet
     * @param adopt takes what another process has saved meanwhile
     * @param revived takes the data of a session that another process has logged out meanwhile
     */
    void retry(Supplier<@Nullable SessionData> data, SessionLock lock, boolean now, Adoption adopt, Adoption revived) {
        boolean early = !now && RETRIES.isOn(retryAt, clock.instant());
        if (isSaved() || early || !lock.tryAcquire()) {
            return;
        }
        try {
            SessionData unsaved = data.get();
            if (unsaved == null || isSaved()) {
                return;
            }
            SessionData newer = entry != null && entry.isBehind() && !entry.isVanished()
                    ? tryStore(unsaved, entry, other -> false, false)
                    : null;
            if (entry != null && entry.isGone()) {
                revived.adopt(unsaved);
                return;
            }
            if (newer != null) {
                adopt.adopt(newer);
            }
            if (hookBehind) {
                callHook(newer == null ? unsaved : newer);
            }
            if (isSaved()) {
                events.tell(new SessionEvent.SaveRecovered(unsaved.did()));
            }
        } finally {
            lock.release();
        }
    }

    /** Takes the data of another process. */
    interface Adoption {
        void adopt(SessionData data);
    }

    /**
     * Removes a session that is over.
     *
     * @return what another process has put there meanwhile: a session that is not over, or null
     */
    @Nullable
    SessionData delete(SessionData data) {
        SessionData newer = entry == null ? null : entry.delete(data);
        if (newer != null) {
            return newer;
        }
        hookBehind = false;
        tell("the hook onDeleted", () -> hooks.onDeleted(session, data));
        return null;
    }

    /** Calls a hook, where that has no say in what happens. */
    void tell(String what, Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "{0} threw {1}", what, e.getClass().getName());
        }
    }
}
