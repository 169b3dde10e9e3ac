package dev.atlex.session;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.pool.Gate;
import dev.atlex.session.internal.pool.OpenSessions;
import dev.atlex.session.internal.pool.OpenSessions.Slot;
import dev.atlex.session.internal.ratelimit.RatePermit;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.SessionStore.Entry;
import dev.atlex.session.store.SessionStore.Key;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of many accounts that a store has: opened when they are used, over one transport, one object an account.
 *
 * <pre>{@code
 * try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.rateLimiter(RateLimiter.create())))) {
 *     pool.open(Credentials.of(service, handle, appPassword)); // once for each account; the store remembers it
 *     for (Did did : pool.accounts()) {
 *         Client client = pool.client(did);
 *         client.call(…);
 *     }
 * }
 * }</pre>
 *
 * <p>Sessions that leave the pool's memory, or were handed out before it was closed, work on; if the pool opens the account
 * again, the two share it as two processes would. Closing the pool logs nobody out.
 *
 * <p>Any number of threads may use a pool, and any number of pools and processes a store.
 */
public final class AccountPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AccountPool.class.getName());

    private final SessionStore store;
    private final SessionOptions options;
    private final PoolOptions pool;
    private final @Nullable RateLimiter rateLimiter;
    private final Events events;
    private final OpenSessions open;
    private final StoredAccounts stored;
    private final Gate gate = new Gate();
    private final Maintenance maintenance;

    private AccountPool(SessionStore store, PoolOptions pool) {
        this.store = store;
        this.pool = pool;
        this.options = pool.session().withStore(store);
        this.rateLimiter = pool.rateLimiter();
        this.events = new Events(options.listener());
        this.open = new OpenSessions(pool.maxOpen());
        this.stored = new StoredAccounts(store, open);
        this.maintenance = new Maintenance(this, options, pool, gate);
    }

    /** A pool of all accounts of a store. */
    public static AccountPool create(SessionStore store) {
        return create(store, PoolOptions.DEFAULTS);
    }

    /** As {@link #create(SessionStore)}, with options. */
    public static AccountPool create(SessionStore store, PoolOptions options) {
        AccountPool pool = new AccountPool(store, options);
        pool.maintenance.start();
        return pool;
    }

    /**
     * An account's session: the one that is in memory, or the one that the store has, without asking a server.
     *
     * @throws UnknownAccountException if the store has none
     * @throws SessionStoreException if the store does not work, or what it has is damaged
     * @throws IllegalStateException if the pool is closed
     */
    public PasswordSession session(Did did) {
        return gate.pass(() -> opened(did));
    }

    /**
     * Goes on with an account's session, or signs in, as {@link PasswordSession#open}: however many threads ask.
     *
     * @throws IllegalStateException if the pool is closed
     * @throws SessionException as {@link PasswordSession#open(Credentials, SessionStore)}, which says the rest
     */
    public PasswordSession open(Credentials credentials) {
        Key name = Key.login(credentials.service(), credentials.identifier());
        return gate.pass(() -> inTurn(name, () -> {
            Did known = credentials.atIdentifier() instanceof Did did ? did : open.named(name);
            PasswordSession live = known == null ? null : open.peek(known);
            if (live != null && isAt(live, credentials) && SignInNames.isMeant(credentials, live)) {
                return live;
            }
            PasswordSession session = PasswordSession.open(credentials, options);
            Slot slot = open.claim(session.did());
            try {
                open.name(slot, name);
                return inTurn(Key.session(session.did()), () -> keep(slot, session, credentials));
            } finally {
                open.release(slot);
            }
        }));
    }

    /** Somebody may have been faster, under another name of the account; what the store has newer, that one takes up. */
    private static PasswordSession keep(Slot slot, PasswordSession session, Credentials credentials) {
        PasswordSession live = slot.live();
        if (live != null && isAt(live, credentials)) {
            return live;
        }
        slot.put(session);
        return session;
    }

    private static boolean isAt(PasswordSession session, Credentials credentials) {
        return Origins.same(session.health().service(), credentials.service());
    }

    /** The session of a slot, taken from the store where need be. */
    private @Nullable PasswordSession load(Slot slot) {
        PasswordSession live = slot.live();
        if (live != null) {
            return live;
        }
        return this.<@Nullable PasswordSession>inTurn(Key.session(slot.did), () -> {
            PasswordSession other = slot.live();
            if (other != null) {
                return other;
            }
            Entry entry = stored.entry(slot.did);
            if (entry == null
                    || LogoutQueue.isPending(store, SessionRecord.of(entry).data())) {
                return null;
            }
            PasswordSession session = PasswordSession.stored(entry, options);
            slot.put(session);
            events.tell(new SessionEvent.Resumed(slot.did));
            return session;
        });
    }

    private @Nullable PasswordSession known(Did did) {
        Slot slot = open.claim(did);
        try {
            return load(slot);
        } finally {
            open.release(slot);
        }
    }

    PasswordSession opened(Did did) {
        return required(did, known(did));
    }

    private static PasswordSession required(Did did, @Nullable PasswordSession session) {
        if (session == null) {
            throw new UnknownAccountException(did);
        }
        return session;
    }

    private <T extends @Nullable Object> T inTurn(Key key, Supplier<T> action) {
        try {
            return open.inTurn(key, action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while another thread opens the account", e, false);
        }
    }

    /**
     * The session of an account, or null if the store has none. By handle it is the one whose server last told that
     * handle; for that, all that the store has is read.
     *
     * @throws SessionStoreException if the store does not work
     * @throws IllegalStateException if the pool is closed
     */
    public @Nullable PasswordSession find(AtIdentifier account) {
        return gate.<@Nullable PasswordSession>pass(() -> {
            Did did = stored.find(account);
            return did == null ? null : known(did);
        });
    }

    /**
     * All accounts of which the store has a session or memory one that is not saved, in no particular order.
     *
     * @throws SessionStoreException if the store does not work
     * @throws IllegalStateException if the pool is closed
     */
    public List<Did> accounts() {
        return gate.pass(stored::all);
    }

    /** How many sessions are in memory. Works when the pool is closed, too. */
    public int size() {
        return open.size();
    }

    /**
     * Who speaks as an account, within the limits of the pool's rateLimiter. It looks its session up for each request, so it
     * may be kept, and stays good when the session leaves the memory.
     *
     * @throws IllegalStateException if the pool is closed; later its requests throw that
     */
    public Agent agent(Did did) {
        return gate.pass(() -> new Pooled(did));
    }

    /**
     * A client for {@link #agent}.
     *
     * @throws IllegalStateException if the pool is closed; later its calls throw that
     */
    public Client client(Did did) {
        return new Client(agent(did));
    }

    private final class Pooled implements Agent {
        private final Did did;

        Pooled(Did did) {
            this.did = did;
        }

        @Override
        public Did did() {
            return did;
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            return gate.pass(() -> {
                Slot slot = open.claim(did);
                try {
                    PasswordSession session = required(did, load(slot));
                    return rateLimiter == null
                            ? session.send(request)
                            : rateLimiter.send(session, RateLimiter.home(session), request);
                } finally {
                    open.release(slot);
                }
            });
        }

        @Override
        public String toString() {
            return "AccountPool.agent(" + did + ")";
        }
    }

    /**
     * How an account's session is, without asking its server.
     *
     * @throws UnknownAccountException if the store has none
     * @throws SessionStoreException if the store does not work, or what it has is damaged
     * @throws IllegalStateException if the pool is closed
     */
    public SessionHealth health(Did did) {
        return gate.pass(() -> {
            SessionHealth health = stored.health(did);
            if (health == null) {
                throw new UnknownAccountException(did);
            }
            return health;
        });
    }

    /**
     * How all sessions are, those in memory first. Of the others no more than one is held at a time. What is damaged is
     * reported in the log.
     *
     * @throws SessionStoreException if the store does not work
     * @throws IllegalStateException if the pool is closed
     */
    public void forEachHealth(Consumer<? super SessionHealth> action) {
        gate.pass(() -> {
            stored.forEachHealth(action);
            return true;
        });
    }

    /**
     * Opens all accounts, and renews tokens that have expired. With {@link PoolOptions.Builder#maxOpen} the sessions that
     * are too many leave the memory again.
     *
     * @param parallelism how many at the same time, 1 or more
     * @return a result for each; {@code POSTPONED} where the session is there, and its server is not
     * @throws SessionStoreException if the store does not work
     * @throws IllegalStateException if the pool is closed
     */
    public List<AccountResult> resumeAll(int parallelism) {
        return gate.pass(() -> ParallelRunner.run(stored.all(), parallelism, gate, this::resume));
    }

    private AccountResult resume(Did did) {
        PasswordSession session = opened(did);
        return session.isExpired() ? renew(session) : AccountResult.done(did);
    }

    /** Renews a session's tokens, as one of many that are renewed. */
    AccountResult renew(PasswordSession session) {
        RefreshResult outcome = governed(session, PasswordSession::refresh, "com.atproto.server.refreshSession");
        Did did = session.did();
        return outcome.refreshed() ? AccountResult.done(did) : AccountResult.postponed(did, outcome.failure());
    }

    /**
     * Ends all sessions, here and at their servers.
     *
     * @param parallelism how many at the same time, 1 or more
     * @return a result for each; {@code POSTPONED} where the store remembers what the server could not be told
     * @throws SessionStoreException if the store does not work
     * @throws IllegalStateException if the pool is closed
     */
    public List<AccountResult> logoutAll(int parallelism) {
        return gate.pass(() -> ParallelRunner.run(stored.all(), parallelism, gate, this::logout));
    }

    private AccountResult logout(Did did) {
        Entry entry = stored.entry(did);
        PasswordSession session = opened(did);
        boolean confirmed = governed(session, PasswordSession::logout, "com.atproto.server.deleteSession");
        open.remove(did);
        SessionRecord other = entry == null ? null : SessionRecord.readable(entry);
        if (entry != null
                && other != null
                && !Origins.same(other.data().service(), session.health().service())) {
            // The store holds the account's session at another service.
            confirmed &= governed(
                    PasswordSession.stored(entry, options),
                    PasswordSession::logout,
                    "com.atproto.server.deleteSession");
        }
        return confirmed ? AccountResult.done(did) : AccountResult.postponed(did, null);
    }

    /** Sessions send such requests themselves, and at once; here there are many, so that they have to wait. */
    private <T> T governed(PasswordSession session, Function<PasswordSession, T> call, String method) {
        if (rateLimiter == null) {
            return call.apply(session);
        }
        RatePermit pass = rateLimiter.pass(session.did(), session.health().service(), method);
        try {
            return call.apply(session);
        } finally {
            pass.lost(true);
        }
    }

    /**
     * Takes an account's session out of memory; in the store it stays. One that could not be saved before is saved first.
     *
     * @return whether it was in memory and is not any more; false also if it is in use, or can't be saved
     * @throws IllegalStateException if the pool is closed
     */
    public boolean evict(Did did) {
        return gate.pass(() -> {
            PasswordSession live = open.peek(did);
            if (live != null && !live.isSaved()) {
                live.saveNow();
            }
            return (live == null || live.isSaved()) && open.remove(did);
        });
    }

    /**
     * Does what is due: saves what could not be saved before, tries logouts again that are not through, and renews sessions
     * whose refresh tokens have less than a third of their life left, so that accounts that nobody uses are not lost. To be
     * called now and then, every hour say; {@link PoolOptions.Builder#maintainEvery} does. No account stops another: what is
     * thrown for one, errors too, is in the report or the log.
     *
     * @throws SessionStoreException if the store does not work; sessions that it does list are looked after first
     * @throws IllegalStateException if the pool is closed
     */
    public MaintenanceReport maintain() {
        return gate.pass(maintenance::run);
    }

    OpenSessions open() {
        return open;
    }

    StoredAccounts stored() {
        return stored;
    }

    /**
     * Waits for what is under way ({@link PoolOptions.Builder#closeWithin}), saves what is not saved, and ends the pool's
     * thread. The sessions stay in the store, and at their servers. Calls of the pool, its agents and clients throw
     * {@link IllegalStateException} from now on; sessions that it has handed out work on. Does not throw; an interrupt ends
     * the waiting.
     */
    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        Deadline deadline = Deadline.in(pool.closeWithin());
        maintenance.stop(false);
        if (!gate.awaitEmpty(pool.closeWithin())) {
            LOG.log(Level.WARNING, "calls are under way in a pool that is closed");
        }
        maintenance.stop(true);
        for (PasswordSession session : open.all()) {
            settle(session, deadline);
        }
    }

    private static void settle(PasswordSession session, Deadline deadline) {
        try {
            session.settle(deadline);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "a session is in use while its pool is closed: {0}",
                    e.getClass().getName());
            trySave(session);
        }
        if (!session.isSaved()) {
            LOG.log(Level.WARNING, "the session of {0} could not be saved", session.did());
        }
    }

    private static void trySave(PasswordSession session) {
        try {
            session.saveNow();
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "a session could not be saved: {0}",
                    e.getClass().getName());
        }
    }

    @Override
    public String toString() {
        return "AccountPool[" + size() + " open" + (gate.isClosed() ? ", closed" : "") + "]";
    }
}
