package dev.atlex.session.pool;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.CallObserver;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.Session;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.internal.pool.CallGate;
import dev.atlex.session.internal.pool.OpenSessions;
import dev.atlex.session.internal.pool.ParallelRunner;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Manages the sessions of many accounts in one store. Each session is opened on first use. All callers share one
 * session object per account.
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
 * <p>A pool manages password sessions, and sessions from {@link PoolOptions.Builder#source}, such as OAuth
 * sessions. If an account has both, the pool uses the session with the password.
 *
 * <p>A session obtained from the pool keeps working even after the pool drops it from memory or is closed. If the pool
 * opens the account again, the two session objects coordinate through the store, like two processes. Closing the pool
 * doesn't log out any account.
 *
 * <p>A pool is thread-safe. Any number of pools and processes can share a store.
 */
public final class AccountPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AccountPool.class.getName());

    private final PoolOptions options;
    private final OpenSessions<Session> open;
    private final StoredAccounts stored;
    private final PoolSessions sessions;
    private final Maintenance maintenance;
    private final CallGate gate = new CallGate();
    private final SessionStore store;

    private AccountPool(SessionStore store, PoolOptions options) {
        SessionOptions session = options.session().toBuilder().store(store).build();
        this.store = store;
        this.options = options;
        this.open = new OpenSessions<>(options.maxOpen(), Session::isEnded, Session::isSaved);
        this.stored = new StoredAccounts(store, options.sources(), open);
        this.sessions = new PoolSessions(store, session, options.sources(), options.rateLimiter(), open, stored);
        this.maintenance = new Maintenance(open, stored, sessions, session, options, gate);
    }

    /** Creates a pool for all accounts in a store, with default options. */
    public static AccountPool create(SessionStore store) {
        return create(store, PoolOptions.DEFAULTS);
    }

    /** Creates a pool for all accounts in a store. */
    public static AccountPool create(SessionStore store, PoolOptions options) {
        AccountPool pool = new AccountPool(store, options);
        pool.maintenance.start();
        return pool;
    }

    /**
     * Like {@link #create(SessionStore, PoolOptions)}, but configures the options inline.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public static AccountPool create(SessionStore store, Consumer<? super PoolOptions.Builder> options) {
        return create(store, PoolOptions.of(options));
    }

    /**
     * Returns an account's session, from memory or from the store. Sends no request.
     *
     * @throws UnknownAccountException if the store has no session for the account
     * @throws SessionStoreException if the store fails, or the entry is corrupt
     * @throws IllegalStateException if the pool is closed
     */
    public Session session(Did did) {
        return gate.run(() -> sessions.get(did));
    }

    /**
     * Resumes an account's session or signs in, like {@link PasswordSession#open}. The pool uses this session from then
     * on, even if the account also has an OAuth session. If several threads open the same
     * account with the same identifier, only one of them signs in.
     *
     * @throws SessionException if the account can't sign in, as described at {@link PasswordSession#open}
     * @throws IllegalStateException if the pool is closed
     */
    public PasswordSession open(Credentials credentials) {
        return gate.run(() -> sessions.open(credentials));
    }

    /**
     * Returns an account's session, or null if the store has none. Looking up a handle compares it with the handle that
     * each account's server last reported, or with which an OAuth session was signed in. This method reads all entries
     * in the store.
     *
     * @throws SessionStoreException if the store fails
     * @throws IllegalStateException if the pool is closed
     */
    public @Nullable Session find(AtIdentifier account) {
        return gate.<@Nullable Session>run(() -> {
            Did did = stored.find(account);
            return did == null ? null : sessions.find(did);
        });
    }

    /**
     * Returns all accounts with a session in the store, or an unsaved one in memory, in no particular order.
     *
     * @throws SessionStoreException if the store fails
     * @throws IllegalStateException if the pool is closed
     */
    public List<Did> accounts() {
        return gate.run(stored::all);
    }

    /** Returns the number of sessions in memory, even after the pool is closed. */
    public int size() {
        return open.size();
    }

    /**
     * Returns an agent for an account. The pool's rate limiter, if it has one, applies to the agent's requests. The
     * agent looks up the session for each request, so you can keep it even if the session is dropped from memory.
     *
     * <p>A request throws {@link UnknownAccountException} if the store has no session for the account, and
     * {@link IllegalStateException} once the pool is closed.
     *
     * @throws IllegalStateException if the pool is closed
     */
    public Agent agent(Did did) {
        return gate.run(() -> new PoolAgent(did));
    }

    /**
     * Returns a client for an account, on top of {@link #agent}.
     *
     * @throws IllegalStateException if the pool is closed
     */
    public Client client(Did did) {
        return new Client(agent(did));
    }

    private final class PoolAgent implements Agent {
        private final Did did;

        PoolAgent(Did did) {
            this.did = did;
        }

        @Override
        public Did did() {
            return did;
        }

        @Override
        public Transport transport() {
            Session session = known();
            return session == null ? options.session().transport() : session.transport();
        }

        @Override
        public CallObserver observer() {
            Session session = known();
            return session == null ? options.session().observer() : session.observer();
        }

        /** Returns the session whose settings apply, or null for the pool's settings. */
        private @Nullable Session known() {
            try {
                return options.sources().isEmpty() ? null : gate.<@Nullable Session>run(() -> sessions.find(did));
            } catch (RuntimeException e) {
                return null; // The request throws it.
            }
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            return gate.run(() -> sessions.send(did, request));
        }

        @Override
        public String toString() {
            return "AccountPool.agent(" + did + ")";
        }
    }

    /**
     * Returns the health of an account's session. Sends no request.
     *
     * @throws UnknownAccountException if the store has no session for the account
     * @throws SessionStoreException if the store fails, or the entry is corrupt
     * @throws IllegalStateException if the pool is closed
     */
    public SessionHealth health(Did did) {
        return gate.run(() -> {
            SessionHealth health = stored.health(did);
            if (health == null) {
                throw new UnknownAccountException(did);
            }
            return health;
        });
    }

    /**
     * Passes the health of each account's session to an action, starting with the sessions in memory. Entries in the
     * store are read one at a time; corrupt ones are logged and skipped. Sends no request.
     *
     * @throws SessionStoreException if the store fails
     * @throws IllegalStateException if the pool is closed
     */
    public void forEachHealth(Consumer<? super SessionHealth> action) {
        gate.run(() -> {
            stored.forEachHealth(action);
            return true;
        });
    }

    /**
     * Opens the sessions of all accounts and refreshes expired tokens. If there are more than
     * {@link PoolOptions.Builder#maxOpen} sessions, the excess ones are dropped from memory again.
     *
     * @param parallelism the number of accounts to process at a time, at least 1
     * @return a result for each account; {@code POSTPONED} means that the session is stored but its server can't be
     *     reached
     * @throws IllegalArgumentException if the parallelism is less than 1
     * @throws SessionStoreException if the store can't list its accounts
     * @throws IllegalStateException if the pool is closed
     */
    public List<AccountResult> resumeAll(int parallelism) {
        return gate.run(
                () -> ParallelRunner.run(stored.all(), parallelism, gate, sessions::resume, AccountResult::failed));
    }

    /**
     * Logs out all accounts, locally and on their servers. Ends all sessions of an account that has several.
     *
     * @param parallelism the number of accounts to process at a time, at least 1
     * @return a result for each account; {@code POSTPONED} means that the server can't be reached and the logout is
     *     queued in the store
     * @throws IllegalArgumentException if the parallelism is less than 1
     * @throws SessionStoreException if the store can't list its accounts
     * @throws IllegalStateException if the pool is closed
     */
    public List<AccountResult> logoutAll(int parallelism) {
        return gate.run(
                () -> ParallelRunner.run(stored.all(), parallelism, gate, sessions::logout, AccountResult::failed));
    }

    /**
     * Drops an account's session from memory; it stays in the store. An unsaved session is saved first.
     *
     * @return whether the session was dropped; false if it isn't in memory, is in use, or can't be saved
     * @throws IllegalStateException if the pool is closed
     */
    public boolean evict(Did did) {
        return gate.run(() -> {
            Session live = open.peek(did);
            if (live != null && !live.isSaved()) {
                live.save();
            }
            return (live == null || live.isSaved()) && open.remove(did);
        });
    }

    /**
     * Saves unsaved sessions, retries pending logouts, and refreshes idle sessions, so that their accounts stay signed
     * in: sessions whose refresh token has less than a third of its lifetime left, and OAuth sessions that haven't been
     * refreshed for 30 days. Call this about once an hour, or set {@link PoolOptions.Builder#maintainEvery}. One
     * account's failure is reported or logged and doesn't affect the others.
     *
     * @throws SessionStoreException if the store can't be read; sessions that could be listed were still maintained
     * @throws IllegalStateException if the pool is closed
     */
    public MaintenanceReport maintain() {
        return gate.run(maintenance::run);
    }

    /**
     * Closes the pool. Waits for calls in progress ({@link PoolOptions.Builder#closeWithin}), saves unsaved sessions,
     * and stops the maintenance thread. No account is logged out. Afterward, the pool, its agents and its clients throw
     * {@link IllegalStateException}; sessions obtained from the pool keep working. Never throws; an interrupt ends the
     * wait.
     */
    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        Deadline deadline = Deadline.in(options.closeWithin());
        maintenance.stop(false);
        if (!gate.awaitEmpty(options.closeWithin())) {
            LOG.log(Level.WARNING, "closing the pool: calls were still in progress after {0}", options.closeWithin());
        }
        maintenance.stop(true);
        for (Session session : open.all()) {
            saveBeforeClose(session, deadline);
        }
    }

    private static void saveBeforeClose(Session session, Deadline deadline) {
        try {
            session.save(Objects.requireNonNull(deadline.left()));
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "closing the pool: the session for {0} is still in use: {1}",
                    session.did(),
                    Maintenance.name(e));
            saveQuietly(session);
        }
        if (!session.isSaved()) {
            LOG.log(Level.WARNING, "closing the pool: failed to save session for {0}", session.did());
        }
    }

    private static void saveQuietly(Session session) {
        try {
            session.save();
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "closing the pool: failed to save session for {0}: {1}",
                    session.did(),
                    Maintenance.name(e));
        }
    }

    @Override
    public String toString() {
        return "AccountPool[" + store + ", " + size() + " open" + (gate.isClosed() ? ", closed" : "") + "]";
    }
}
