package dev.atlex.session;

import dev.atlex.session.SessionRecord.Superseded;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Lease;
import dev.atlex.session.internal.Deadline;
import dev.atlex.session.internal.TokenTimes;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
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
    private static final Duration MIN_RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY = Duration.ofMinutes(1);

    /** What a refresh may need at most; after that somebody else may try, which does no harm. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** How long a refresh waits for another's. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** Refresh tokens that were traded can bring a session back for two hours at the reference server; its clock may differ. */
    private static final Duration GRACE = Duration.ofHours(3);

    /** Only other processes can make a save lose, each by having saved; they don't do that all the time. */
    private static final int MAX_RACES = 20;

    /** More are not remembered: a program that refreshes all the time must not write ever more. */
    private static final int MAX_SUPERSEDED = 100;

    private static final long UNKNOWN = -1;

    private final PasswordSession session;
    private final @Nullable SessionStore store;
    private final Key key;
    private final SessionHooks hooks;
    private final Events events;
    private final Clock clock;

    private long generation = UNKNOWN;
    private List<Superseded> superseded = List.of();
    /** Those of them that this object has traded itself. */
    private final Set<String> traded = new LinkedHashSet<>();
    /** What the store's entry had of them when it was last looked at. */
    private List<Superseded> found = List.of();

    private boolean gone;

    private volatile boolean storeBehind;
    private volatile boolean hookBehind;
    private volatile Instant retryAt = Instant.MIN;
    private Duration delay = MIN_RETRY;

    Persistence(PasswordSession session, SessionData data, SessionOptions options) {
        this.session = session;
        this.store = options.store();
        this.key = Key.session(data.did());
        this.hooks = options.hooks();
        this.events = new Events(options.listener());
        this.clock = options.timing().clock();
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
        superseded = stored.superseded();
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
        found = stored.superseded();
        if (theirs.equals(mine.refreshJwt())) {
            superseded = union(found);
            return null;
        }
        boolean other = !stored.data().service().equals(mine.service());
        if (other || traded.contains(theirs) || !certain && isOlder(stored.data(), mine)) {
            return null;
        }
        List<Superseded> all = new ArrayList<>(found);
        all.add(new Superseded(mine.refreshJwt(), clock.instant()));
        superseded = union(all);
        return stored.data();
    }

    /** These and those that are known, each once: another process may not know ours. */
    private List<Superseded> union(List<Superseded> others) {
        Map<String, Superseded> all = new LinkedHashMap<>();
        others.forEach(one -> all.put(one.token(), one));
        alive(clock.instant()).forEach(one -> all.putIfAbsent(one.token(), one));
        return newest(List.copyOf(all.values()));
    }

    private static List<Superseded> newest(List<Superseded> list) {
        return List.copyOf(list.subList(Math.max(0, list.size() - MAX_SUPERSEDED), list.size()));
    }

    /** Whether what the store had last comes from these data by refreshing, and not from signing in anew. */
    boolean descendsFrom(SessionData data) {
        return found.stream().anyMatch(one -> one.token().equals(data.refreshJwt()));
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
                    && Logouts.isPending(store, session.did(), refreshTokens(data));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return false;
        }
    }

    /** Whether that was found out on saving: nothing was saved, and nothing will be. */
    boolean isGone() {
        return gone;
    }

    /** Data that replace others: the old refresh token is remembered until its server forgets it. */
    void supersede(SessionData old) {
        Instant now = clock.instant();
        List<Superseded> list = new ArrayList<>(alive(now));
        list.add(new Superseded(old.refreshJwt(), now));
        superseded = newest(list);
        traded.retainAll(superseded.stream().map(Superseded::token).toList());
        traded.add(old.refreshJwt());
    }

    private List<Superseded> alive(Instant now) {
        return superseded.stream()
                .filter(one -> one.at().plus(GRACE).isAfter(now))
                .toList();
    }

    /** All refresh tokens that the server may still take: the older ones first. */
    List<String> refreshTokens(SessionData data) {
        List<String> tokens = new ArrayList<>();
        for (Superseded one : alive(clock.instant())) {
            tokens.add(one.token());
        }
        tokens.remove(data.refreshJwt());
        tokens.add(data.refreshJwt());
        return tokens;
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
        delay = MIN_RETRY;
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
            String value = new SessionRecord(data, alive(clock.instant())).toJson();
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
        retryAt = clock.instant().plus(delay);
        delay = delay.multipliedBy(2).compareTo(MAX_RETRY) < 0 ? delay.multipliedBy(2) : MAX_RETRY;
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
    void retry(
            Supplier<@Nullable SessionData> data, ReentrantLock lock, boolean now, Adoption adopt, Adoption revived) {
        Instant time = clock.instant();
        // A clock that is put back must not delay it for longer than any delay is.
        boolean early = !now && time.isBefore(retryAt) && !retryAt.isAfter(time.plus(MAX_RETRY));
        if (isSaved() || early || lock.isHeldByCurrentThread() || !lock.tryLock()) {
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
            lock.unlock();
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
