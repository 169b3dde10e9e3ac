package dev.atlex.session;

import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Lease;
import dev.atlex.session.internal.Deadline;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.Pauses;
import dev.atlex.session.internal.SessionLock;
import dev.atlex.session.internal.TokenTimes;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
    private final URI service;
    private final SessionHooks hooks;
    private final Events events;
    private final Clock clock;
    private final TradedTokens traded;

    private long generation = UNKNOWN;
    private boolean gone;

    /** Whether the entry of that generation comes from this session: by its tokens, or as this object wrote it. */
    private boolean ours;

    /** The refresh token of the last entry that was this session's, or null. */
    private @Nullable String lastStored;

    /** The service of the store's entry if that is another one's session: it is neither written nor deleted. */
    private @Nullable URI foreign;

    /** The service of which it was said that its session stands in the way. */
    private @Nullable URI reported;

    /** Whether the entry was removed while newer tokens were waiting to be saved. */
    private boolean vanished;

    private volatile boolean storeBehind;
    private volatile boolean hookBehind;
    private volatile Instant retryAt = Instant.MIN;
    private int failures;

    Persistence(PasswordSession session, SessionData data, SessionOptions options) {
        this.session = session;
        this.store = options.store();
        this.key = Key.session(data.did());
        this.service = data.service();
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
        wrote(entry.generation(), stored.data());
        traded.loaded(stored.superseded());
    }

    /** The entry of that generation holds these data of the session. */
    private void wrote(long number, SessionData data) {
        generation = number;
        ours = true;
        foreign = null;
        lastStored = data.refreshJwt();
    }

    /** The entry is gone, or was never there. */
    private void nothingThere() {
        generation = SessionStore.NONE;
        ours = false;
        foreign = null;
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
        } catch (RuntimeException | Error e) {
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
        return newer(mine, false);
    }

    /**
     * As {@link #newer(SessionData)}, but only what certainly continues this session: ending one must not end another that
     * somebody signed in meanwhile.
     */
    @Nullable
    SessionData successor(SessionData mine) {
        return newer(mine, true);
    }

    private @Nullable SessionData newer(SessionData mine, boolean successorOnly) {
        if (store == null) {
            return null;
        }
        try {
            Entry entry = store.load(key);
            if (entry == null) {
                nothingThere();
                return null;
            }
            return entry.generation() == generation ? null : newer(mine, entry, successorOnly);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return null;
        }
    }

    private @Nullable SessionData newer(SessionData mine, Entry entry, boolean successorOnly) {
        boolean known = generation != UNKNOWN && generation != SessionStore.NONE;
        boolean certain = known && !storeBehind;
        SessionRecord stored;
        try {
            stored = SessionRecord.of(entry);
        } catch (SessionStoreException e) {
            // What is in memory is all that is left; the next save replaces it.
            LOG.log(Level.WARNING, e.getMessage());
            generation = entry.generation();
            foreign = null;
            ours = known;
            return null;
        }
        if (!Origins.same(stored.data().service(), service)) {
            isOfAnotherService(stored.data().service());
            return null;
        }
        generation = entry.generation();
        foreign = null;
        ours = certain || traded.isRelated(mine, stored);
        String theirs = stored.data().refreshJwt();
        traded.saw(stored.superseded());
        if (ours) {
            lastStored = theirs;
        }
        if (theirs.equals(mine.refreshJwt())) {
            traded.takeOver();
            return null;
        }
        if (traded.isOwn(theirs) || !certain && isOlder(stored.data(), mine) || successorOnly && !ours) {
            return null;
        }
        traded.takeOver(mine.refreshJwt());
        ours = true;
        return stored.data();
    }

    /** The entry is left alone from now on, and the session is not saved. */
    private void isOfAnotherService(URI other) {
        generation = UNKNOWN;
        ours = false;
        foreign = other;
        storeBehind = true;
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
        // The server tells of a logout that it has confirmed. What could not be saved may be unknown to whoever logged
        // out.
        return (generation == SessionStore.NONE || foreign != null) && isOver(data, storeBehind);
    }

    /** @param confirmed whether logouts count too that the server has confirmed */
    private boolean isOver(SessionData data, boolean confirmed) {
        if (store == null) {
            return false;
        }
        List<String> tokens = new ArrayList<>(traded.with(data));
        if (lastStored != null) {
            tokens.add(lastStored);
        }
        try {
            return Logouts.isPending(store, session.did(), tokens)
                    || confirmed && EndedTokens.contain(store, session.did(), tokens);
        } catch (RuntimeException | Error e) {
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
        return keep(data, other -> false);
    }

    /**
     * As {@link #keep(SessionData)}, after a sign-in.
     *
     * @param replaces whether the session takes the place of one that another service has
     */
    @Nullable
    SessionData keep(SessionData data, Predicate<URI> replaces) {
        if (store == null) {
            return null;
        }
        storeBehind = true;
        failures = 0;
        reported = null;
        vanished = false;
        return tryStore(data, store, replaces, true);
    }

    /** @param verified whether the server has just confirmed the data */
    private @Nullable SessionData tryStore(
            SessionData data, SessionStore into, Predicate<URI> replaces, boolean verified) {
        try {
            SessionData newer = store(data, into, replaces, verified);
            if (foreign != null) {
                inTheWay(data, foreign);
            }
            return newer;
        } catch (RuntimeException | Error e) {
            failed("the store", data, e);
            return null;
        }
    }

    private @Nullable SessionData store(
            SessionData data, SessionStore into, Predicate<URI> replaces, boolean verified) {
        for (int race = 0; race < MAX_RACES; race++) {
            if (generation == UNKNOWN && !isFree(into, replaces)) {
                return null;
            }
            if (generation == SessionStore.NONE && isLoggedOut(data)) {
                gone = true;
                storeBehind = false;
                return null;
            }
            boolean known = generation != SessionStore.NONE && ours;
            String value = new SessionRecord(data, traded.alive()).toJson();
            Entry saved = into.save(key, generation, value);
            if (saved != null) {
                wrote(saved.generation(), data);
                storeBehind = false;
                return null;
            }
            Entry now = into.load(key);
            if (now == null) {
                nothingThere();
                if (known && !verified && !isLoggedOut(data)) {
                    vanished = true;
                    return null;
                }
                continue;
            }
            SessionData newer = newer(data, now, false);
            if (newer != null) {
                storeBehind = false;
                return newer;
            }
        }
        throw new SessionStoreException("others save the session all the time", null);
    }

    /** Whether the session was logged out, now that nothing is in the store. A sign-in that is new was not. */
    private boolean isLoggedOut(SessionData data) {
        return (lastStored != null || !traded.alive().isEmpty()) && isOver(data, true);
    }

    /** Looks whose the entry is that nothing is known of. */
    private boolean isFree(SessionStore into, Predicate<URI> replaces) {
        Entry entry = into.load(key);
        if (entry == null) {
            nothingThere();
            return true;
        }
        SessionRecord stored = StoredAccounts.readable(entry);
        URI other = stored == null ? service : stored.data().service();
        if (!Origins.same(other, service) && !replaces.test(other)) {
            isOfAnotherService(other);
            return false;
        }
        generation = entry.generation();
        ours = false;
        foreign = null;
        return true;
    }

    /** Reports once for each refresh that another service's session stands where this one would be saved. */
    private void inTheWay(SessionData data, URI other) {
        if (other.equals(reported)) {
            retryAt = clock.instant().plus(RETRIES.after(failures++));
            return;
        }
        reported = other;
        SessionStoreException why = new SessionStoreException(
                "the store holds a session of " + data.did() + " at " + other + "; the one at " + service
                        + " works from memory and is not saved",
                null);
        LOG.log(Level.WARNING, why.getMessage());
        notSaved("the store", data, why);
    }

    /**
     * Whether the entry was removed while newer tokens were waiting to be saved, without any trace of a logout. They are
     * saved again when the server has confirmed them.
     */
    boolean isVanished() {
        return vanished;
    }

    /** The server can't be asked: the tokens are saved as they are. */
    void believe() {
        vanished = false;
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
            SessionData newer =
                    storeBehind && store != null && !vanished ? tryStore(unsaved, store, other -> false, false) : null;
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
                SessionData newer = generation == UNKNOWN ? successor(data) : null;
                if (newer == null && isOwnEntry() && !store.delete(key, generation)) {
                    newer = newer(data);
                    if (newer == null && isOwnEntry()) {
                        store.delete(key, generation);
                    }
                }
                if (newer != null) {
                    return newer;
                }
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            }
        }
        storeBehind = false;
        hookBehind = false;
        vanished = false;
        tell("the hook onDeleted", () -> hooks.onDeleted(session, data));
        return null;
    }

    /** Whether other processes may have read these data's tokens in the store, and have refreshed them. */
    boolean wasStored(SessionData data) {
        return data.refreshJwt().equals(lastStored);
    }

    private boolean isOwnEntry() {
        return ours && generation > SessionStore.NONE;
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
