package dev.atlex.session;

import dev.atlex.client.internal.Deadline;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Lease;
import dev.atlex.session.internal.Pauses;
import dev.atlex.session.internal.SessionLock;
import dev.atlex.session.internal.TokenTimes;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session's changes to its store and its hooks, brings in what other processes have put there, and survives what
 * both throw: a full disk must not cost the tokens that the server has just given out.
 *
 * <p>What changes, changes under the session's lock.
 */
final class Persistence {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());
    private static final Pauses RETRIES = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** What a refresh may need at most; after that somebody else may try, which does no harm. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** How long a refresh waits for another's. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** Only other processes can make a save lose, each by having saved; they don't do that all the time. */
    static final int MAX_RACES = 20;

    private static final long UNKNOWN = -1;

    private final PasswordSession session;
    private final @Nullable SessionStore store;
    private final Key key;
    private final SessionHooks hooks;
    private final Events events;
    private final Clock clock;
    private final TradedTokens traded;

    private long generation = UNKNOWN;
    private boolean gone;

    private volatile boolean storeBehind;
    private volatile boolean hookBehind;
    private volatile Instant retryAt = Instant.MIN;
    private int failures;

    Persistence(PasswordSession session, SessionData data, SessionOptions options) {
        this.session = session;
        this.store = options.store();
        this.key = Key.session(data.did());
        this.hooks = options.hooks();
        this.events = new Events(options.listener());
        this.clock = options.timing().clock();
        this.traded = new TradedTokens(clock);
    }

    Events events() {
        return events;
    }

    /** Whether store and hooks have taken the newest data. */
    boolean isSaved() {
        return !storeBehind && !hookBehind;
    }

    /** The session was loaded from this entry. */
    void loadedFrom(Entry entry, SessionRecord stored) {
        generation = entry.generation();
        traded.loaded(stored.superseded());
    }

    TradedTokens traded() {
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
            Lease lease = store.lease(key, LEASE, wait ? deadline.leftWithin(PATIENCE) : Duration.ZERO);
            return lease == null ? null : () -> tell("closing a lease", lease::close);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the store lends no lease: {0}", e.getClass().getName());
            return null;
        }
    }

    boolean hasStore() {
        return store != null;
    }

    /** What another process has put into the store since, or null where it has nothing newer than these. */
    @Nullable
    SessionData newer(SessionData mine) {
        if (store == null) {
            return null;
        }
        try {
            Entry entry = store.load(key);
            if (entry == null) {
                generation = SessionStore.NONE;
                return null;
            }
            return entry.generation() == generation ? null : newer(mine, entry);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return null;
        }
    }

    private @Nullable SessionData newer(SessionData mine, Entry entry) {
        boolean certain = generation != UNKNOWN && generation != SessionStore.NONE && !storeBehind;
        generation = entry.generation();
        SessionRecord stored;
        try {
            stored = SessionRecord.of(entry);
        } catch (SessionStoreException e) {
            // What is in memory is all that is left; the next save replaces it.
            LOG.log(Level.WARNING, e.getMessage());
            return null;
        }
        String theirs = stored.data().refreshJwt();
        traded.saw(stored.superseded());
        if (theirs.equals(mine.refreshJwt())) {
            traded.takeOver();
            return null;
        }
        boolean other = !stored.data().service().equals(mine.service());
        if (other || traded.isOwn(theirs) || !certain && isOlder(stored.data(), mine)) {
            return null;
        }
        traded.takeOver(mine.refreshJwt());
        return stored.data();
    }

    /** Whether the tokens say that they are older; where they say nothing, the store is right. */
    private static boolean isOlder(SessionData stored, SessionData mine) {
        Instant theirs = TokenTimes.of(stored.refreshJwt()).expires();
        Instant ours = TokenTimes.of(mine.refreshJwt()).expires();
        return theirs != null && ours != null && theirs.isBefore(ours);
    }

    /**
     * Whether a process has logged the session out since, and the server may not know yet. An entry that is gone does not
     * say that: files get lost. The server would. Nor does a logout of another session of the account.
     */
    boolean isLoggedOutElsewhere(SessionData data) {
        try {
            return store != null
                    && generation == SessionStore.NONE
                    && Logouts.isPending(store, session.did(), traded.with(data));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return false;
        }
    }

    /** Whether that was found out on saving: nothing was saved, and nothing will be. */
    boolean isGone() {
        return gone;
    }

    /**
     * Puts new tokens in the store, before they are used. If another process was faster, its tokens are there.
     *
     * @return what the store has that is newer, or null
     */
    @Nullable
    SessionData keep(SessionData data) {
        if (store == null) {
            return null;
        }
        storeBehind = true;
        failures = 0;
        return tryStore(data, store);
    }

    private @Nullable SessionData tryStore(SessionData data, SessionStore into) {
        try {
            return store(data, into);
        } catch (RuntimeException e) {
            failed("the store", data, e);
            return null;
        }
    }

    private @Nullable SessionData store(SessionData data, SessionStore into) {
        for (int race = 0; race < MAX_RACES; race++) {
            if (generation == UNKNOWN) {
                Entry entry = into.load(key);
                generation = entry == null ? SessionStore.NONE : entry.generation();
            }
            String value = new SessionRecord(data, traded.alive()).toJson();
            Entry saved = into.save(key, generation, value);
            if (saved != null) {
                generation = saved.generation();
                storeBehind = false;
                return null;
            }
            Entry now = into.load(key);
            if (now == null) {
                generation = SessionStore.NONE;
                if (isLoggedOutElsewhere(data)) {
                    gone = true;
                    storeBehind = false;
                    return null;
                }
                continue;
            }
            SessionData newer = newer(data, now);
            if (newer != null) {
                storeBehind = false;
                return newer;
            }
        }
        throw new SessionStoreException("others save the session all the time", null);
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
        } catch (RuntimeException e) {
            failed("the hook onUpdated", data, e);
        }
    }

    private void failed(String what, SessionData data, RuntimeException cause) {
        // The cause's own message is left to whoever reads the exception: it may hold what was to be saved.
        LOG.log(
                Level.WARNING,
                "a session could not be saved: {0} threw {1}",
                what,
                cause.getClass().getName());
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
            SessionData newer = storeBehind && store != null ? tryStore(unsaved, store) : null;
            if (gone) {
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
        if (store != null) {
            try {
                SessionData newer = generation == UNKNOWN ? newer(data) : null;
                if (newer == null && generation > SessionStore.NONE && !store.delete(key, generation)) {
                    newer = newer(data);
                    if (newer == null) {
                        store.delete(key, generation);
                    }
                }
                if (newer != null) {
                    return newer;
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            }
        }
        storeBehind = false;
        hookBehind = false;
        tell("the hook onDeleted", () -> hooks.onDeleted(session, data));
        return null;
    }

    /** Calls a hook, where that has no say in what happens. */
    void tell(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} threw {1}", what, e.getClass().getName());
        }
    }
}
