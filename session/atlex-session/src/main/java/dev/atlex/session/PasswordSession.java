package dev.atlex.session;

import com.atproto.server.CreateAccount;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.XrpcException;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.AuthenticatedSender;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.SessionOpener;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.state.Freshness;
import dev.atlex.session.internal.state.SessionMachine;
import dev.atlex.session.internal.state.Snapshot;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An account's session that began with a password: the {@link Agent} of the account.
 *
 * <p>It adds the access token to each request and sends it to the account's server. When the token has expired, it is
 * refreshed once for all waiting calls, and the request is sent again. Failures that may pass leave the session as it
 * is. When the server ends the session, calls throw {@link SessionEndedException}. Sessions are safe for use by any
 * number of threads.
 *
 * <p>A script signs in, and signs out when it is done:
 *
 * <pre>{@code
 * try (PasswordSession session = PasswordSession.login("https://bsky.social", "alice.bsky.social", appPassword)) {
 *     Client client = new Client(session);
 *     client.call(…);
 * }
 * }</pre>
 *
 * <p>A program that runs often, or all the time, should keep its session in a store, because servers allow few
 * sign-ins. {@link #open} resumes the stored session, and signs in only if it has to:
 *
 * <pre>{@code
 * SessionStore store = new FileSessionStore(folder);
 * PasswordSession session = PasswordSession.open(Credentials.of(service, handle, appPassword), store);
 * Client client = new Client(session);
 * }</pre>
 *
 * @see <a href="https://atproto.com/specs/xrpc#authentication">XRPC: authentication</a>; the behavior follows the
 *     TypeScript package {@code @atproto/lex-password-session}
 */
public final class PasswordSession implements Agent, AutoCloseable {
    private static final System.Logger LOG = SessionLog.LOG;

    private final SessionMachine machine;
    private final AuthenticatedSender sender;
    private final Clock clock;
    private final Did did;
    private final boolean logoutOnClose;

    private PasswordSession(
            AuthServerClient server,
            SessionOptions options,
            boolean logoutOnClose,
            Function<Notifier, SessionMachine> start) {
        this.machine = start.apply(new Notifier(options.listener(), new BoundHooks(this, options.hooks())));
        this.sender = new AuthenticatedSender(machine, server, options.context());
        this.clock = options.clock();
        this.did = machine.data().did();
        this.logoutOnClose = logoutOnClose;
    }

    /** Creates and announces a session that a server has just issued. */
    private static PasswordSession issued(
            AuthServerClient server, AuthServerClient.IssuedSession issued, SessionOptions options) {
        Boolean asked = options.logoutOnClose();
        boolean logout = asked == null ? options.store() == null && options.hooks() == SessionHooks.NONE : asked;
        PasswordSession session = new PasswordSession(
                server,
                options,
                logout,
                notifier -> SessionMachine.issued(server, issued, options.context(), notifier));
        session.machine.announce();
        return session;
    }

    // Signing in

    /**
     * Signs in.
     *
     * @param service the URL of the account's server or its entryway, such as {@code https://bsky.social}
     * @param identifier the account's handle, e-mail address or DID
     * @param password an app password
     * @throws InvalidCredentialsException if the server doesn't know this account and password
     * @throws AuthFactorRequiredException if a second factor's code is needed
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down
     * @throws LoginRateLimitedException if there were too many sign-ins
     * @throws AccountMismatchException if the identifier is a DID and the server signs in another account
     * @throws XrpcException if the server fails in another way, or can't be reached
     * @throws IllegalArgumentException if the service isn't a URL, or an argument is empty
     */
    public static PasswordSession login(String service, String identifier, String password) {
        return login(Credentials.of(service, identifier, password), SessionOptions.DEFAULTS);
    }

    /**
     * Signs in at the server that the account's handle or DID leads to.
     *
     * @param identifier the account's handle or DID
     * @param password an app password
     * @throws dev.atlex.identity.IdentityException if the account or its server can't be found
     * @throws SessionException like {@link #login(String, String, String)}
     */
    public static PasswordSession login(String identifier, String password) {
        return login(Credentials.resolve(identifier, password, IdentityResolver.create()), SessionOptions.DEFAULTS);
    }

    /**
     * Signs in with a login URL, such as {@code https://alice.example.com:app-password@pds.example.com}.
     *
     * @throws IllegalArgumentException if it isn't a login URL; the message shows nothing of it
     * @throws SessionException like {@link #login(String, String, String)}
     */
    public static PasswordSession login(String loginUrl) {
        return login(Credentials.parse(loginUrl), SessionOptions.DEFAULTS);
    }

    /**
     * Like {@link #login(String, String, String)}, with options. For example, to prompt for a second factor's code:
     *
     * <pre>{@code
     * PasswordSession.login(credentials, o -> o.authFactor(asked -> prompt(asked.getMessage())));
     * }</pre>
     */
    public static PasswordSession login(Credentials credentials, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(credentials.service(), options.context());
        try {
            AuthServerClient.IssuedSession issued = server.create(credentials.identifier(), credentials::applyTo);
            if (credentials.atIdentifier() instanceof Did asked
                    && !asked.equals(issued.data().did())) {
                throw new AccountMismatchException(asked, issued.data().did());
            }
            return issued(server, issued, options);
        } catch (XrpcException e) {
            RuntimeException failure = server.explain(e);
            String code = failure instanceof AuthFactorRequiredException factor && credentials.authFactorToken() == null
                    ? Notifier.askForCode(options.authFactor(), factor)
                    : null;
            if (code == null) {
                throw failure;
            }
            return login(credentials.withAuthFactorToken(code), options);
        }
    }

    /** Like {@link #login(Credentials, SessionOptions)}, with the options that the function sets. */
    public static PasswordSession login(Credentials credentials, Consumer<? super SessionOptions.Builder> options) {
        return login(credentials, SessionOptions.of(options));
    }

    /**
     * Creates an account and signs in as it.
     *
     * @param service the server for the account
     * @param account sets the input: handle, password, e-mail address, invite code…
     * @throws XrpcException if the server refuses; {@link CreateAccount} has the names of its errors
     */
    public static PasswordSession createAccount(
            String service, Consumer<? super CreateAccount.Input.Builder> account, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(Origins.parse(service), options.context());
        return issued(server, server.createAccount(account), options);
    }

    // Opening

    /**
     * Opens an account's session: resumes the stored one, or signs in if there is none. This is the entry point for
     * scripts and services. Programs and threads that open the same account at the same time sign in once, on one
     * machine or wherever the store reaches.
     *
     * <p>The stored session is used without asking the server, unless its tokens have expired. The password isn't used
     * until a sign-in is needed, so a wrong one may go unnoticed until then. Handles and e-mail addresses change hands:
     * if the stored session has another one by now, this signs in. A DID never changes hands.
     *
     * <p>If the store holds a session of the account at another service, this signs in and replaces it. There is one
     * exception: if the server's response places the account at that service, and that service doesn't accept
     * the new tokens, this is a server that the account has left. Then the session works without being saved
     * ({@link #isSaved}).
     *
     * <p>Sign-ins are counted across restarts, and a server's rate limits are remembered ({@link SignInLimit}). Logouts
     * of the account that could not be finished before are retried.
     *
     * @param credentials the account, and what to sign in with
     * @param store keeps the session
     * @throws LoginRateLimitedException if it has to sign in and may not yet; see
     *     {@link LoginRateLimitedException#retryAt}
     * @throws InvalidCredentialsException if it has to sign in and the server doesn't know this account and password
     * @throws AuthFactorRequiredException if it has to sign in and a second factor's code is needed
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down; the stored session is
     *     kept
     * @throws AccountMigratedException if the account has migrated to another server
     * @throws AccountMismatchException if the server responds with another account's tokens
     * @throws SessionStoreException if the store fails: signing in each time would lock the account out
     * @throws XrpcException if it has to sign in, and the server fails in another way or can't be reached
     */
    public static PasswordSession open(Credentials credentials, SessionStore store) {
        return open(credentials, store, SessionOptions.DEFAULTS);
    }

    /**
     * Like {@link #open(Credentials, SessionStore)}, with options.
     *
     * @param store keeps the session, instead of the options' store
     */
    public static PasswordSession open(Credentials credentials, SessionStore store, SessionOptions options) {
        SessionOptions used = options.toBuilder().store(store).build();
        return new SessionOpener<>(store, used.context(), new Sessions(used)).open(credentials);
    }

    /** Like {@link #open(Credentials, SessionStore, SessionOptions)}, with the options that the function sets. */
    public static PasswordSession open(
            Credentials credentials, SessionStore store, Consumer<? super SessionOptions.Builder> options) {
        return open(credentials, store, SessionOptions.of(options));
    }

    /**
     * Like {@link #open(Credentials, SessionStore)}, with options that name the store.
     *
     * @throws IllegalArgumentException if the options have no store
     */
    public static PasswordSession open(Credentials credentials, SessionOptions options) {
        return open(credentials, requireStore("open", options), options);
    }

    private static SessionStore requireStore(String operation, SessionOptions options) {
        SessionStore store = options.store();
        if (store == null) {
            throw new IllegalArgumentException(operation + ": the options have no store; set SessionOptions.store");
        }
        return store;
    }

    /** Creates the sessions that are opened. */
    private record Sessions(SessionOptions options) implements SessionOpener.SessionFactory<PasswordSession> {
        @Override
        public PasswordSession resume(EntryStore.Entry entry) {
            PasswordSession session = of(entry, options);
            if (session.isExpired()) {
                session.refresh();
            }
            return session;
        }

        @Override
        public PasswordSession signIn(Credentials credentials) {
            return login(credentials, options);
        }

        @Override
        public Did did(PasswordSession session) {
            return session.did();
        }

        @Override
        public SessionData data(PasswordSession session) {
            return session.data();
        }
    }

    // Resuming

    /**
     * Resumes a saved session, and refreshes its tokens at once. If that fails for a reason that may pass, such as the
     * network or a busy server, the session is still returned, and tries again when it is used.
     *
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down; the saved session stays
     *     valid
     * @throws AccountMismatchException if the server responds with another account's tokens
     */
    public static PasswordSession resume(SessionData data, SessionOptions options) {
        PasswordSession session = of(data, options);
        session.refresh();
        return session;
    }

    /** Like {@link #resume(SessionData, SessionOptions)}, with the options that the function sets. */
    public static PasswordSession resume(SessionData data, Consumer<? super SessionOptions.Builder> options) {
        return resume(data, SessionOptions.of(options));
    }

    /** Like {@link #resume(SessionData, SessionOptions)}, with default options. */
    public static PasswordSession resume(SessionData data) {
        return resume(data, SessionOptions.DEFAULTS);
    }

    /** Creates a saved session without asking the server. Its tokens are refreshed when they have expired. */
    public static PasswordSession of(SessionData data, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(data.service(), options.context());
        return new PasswordSession(
                server,
                options,
                Boolean.TRUE.equals(options.logoutOnClose()),
                notifier -> SessionMachine.saved(server, data, options.context(), notifier));
    }

    /**
     * Creates the session of a store's entry without asking the server. Its tokens are refreshed when they have
     * expired.
     *
     * @param options their store is the one that the entry comes from
     * @throws SessionStoreException if the entry is corrupt, or of another kind
     */
    public static PasswordSession of(SessionStore.Entry entry, SessionOptions options) {
        URI service = SessionRecord.of(entry).data().service();
        AuthServerClient server = new AuthServerClient(service, options.context());
        return new PasswordSession(
                server,
                options,
                Boolean.TRUE.equals(options.logoutOnClose()),
                notifier -> SessionMachine.stored(server, entry, options.context(), notifier));
    }

    // Ending

    /**
     * Ends a saved session at its server without resuming it. If the options have a store, the stored session ends too,
     * if it descends from these data or they descend from it: the two have a refresh token of the last hours in common.
     * An unrelated session of the account, from a later sign-in for example, stays as it is, in the store and at its
     * server.
     *
     * @throws XrpcException if that fails; try again, or the session stays open
     */
    public static void delete(SessionData data, SessionOptions options) {
        of(data, options).logout();
    }

    /** Like {@link #delete(SessionData, SessionOptions)}, with default options. */
    public static void delete(SessionData data) {
        delete(data, SessionOptions.DEFAULTS);
    }

    /**
     * Retries the queued logouts of a store whose time has come, by this program or others. {@link #open} does it for its
     * account; a program that logs out and exits may leave some for the next one. One account's failure doesn't stop
     * another's. A logout that can never be confirmed is given up and reported as {@link SessionEvent.LogoutGivenUp}.
     *
     * @param options name the store
     * @return how many accounts still have queued logouts
     * @throws SessionStoreException if the store can't be read
     * @throws IllegalArgumentException if the options have no store
     */
    public static int finishLogouts(SessionOptions options) {
        return new LogoutQueue(requireStore("finishLogouts", options), options.context()).finishAll();
    }

    // The session

    /** Returns the account, also after the session has ended. */
    @Override
    public Did did() {
        return did;
    }

    /**
     * Returns the account's handle.
     *
     * @throws SessionEndedException if the session has ended
     */
    public Handle handle() {
        return data().handle();
    }

    /**
     * Returns the data to save in order to resume the session later, without waiting for a refresh in progress.
     *
     * @throws SessionEndedException if the session has ended
     */
    public SessionData data() {
        return machine.data();
    }

    /** Returns the session's condition without asking the server. Works after its end, too. */
    public SessionHealth health() {
        return SessionHealth.of(machine.snapshot());
    }

    /** Returns whether the session has ended. */
    public boolean isEnded() {
        return machine.snapshot() instanceof Snapshot.Ended;
    }

    /**
     * Returns whether store and hooks have accepted the session's newest data. If not, saving is retried when the
     * session is used. A store whose entry is the account's session at another service is left alone and hasn't
     * accepted them.
     */
    public boolean isSaved() {
        return machine.snapshot().facts().saving().isSaved();
    }

    /**
     * Returns whether the access token is known to have expired, or expires within seconds. Waits for a refresh in
     * progress.
     *
     * @throws SessionEndedException if the session has ended
     */
    public boolean isExpired() {
        return Freshness.of(machine.await(Deadline.NONE), clock.instant()) == Freshness.EXPIRED;
    }

    /** Returns the server that requests go to: the account's own, or the service if that is unknown. */
    public URI target() {
        return machine.await(Deadline.NONE).target();
    }

    /**
     * Refreshes the tokens, whether they have expired or not.
     *
     * @return whether there are new tokens, and if not, the failure, which may pass
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down; the session stays
     * @throws AccountMismatchException if the server responds with another account's tokens
     */
    public RefreshResult refresh() {
        return RefreshResult.of(machine.refresh(machine.await(Deadline.NONE), true, Deadline.NONE));
    }

    /**
     * Retries at once to save data that store or hooks did not accept before. Does nothing if another thread is
     * refreshing or ending the session. Failures are reported as after a refresh, not thrown.
     *
     * @return whether everything is saved ({@link #isSaved})
     */
    public boolean save() {
        machine.saveNow();
        return isSaved();
    }

    /**
     * Waits for a refresh or logout in progress, then saves like {@link #save()}.
     *
     * @param maxWait the longest wait
     * @return whether everything is saved
     * @throws TransportException if that takes longer, or the thread is interrupted; its interrupt flag stays set
     */
    public boolean save(Duration maxWait) {
        machine.settle(Deadline.in(maxWait));
        return isSaved();
    }

    /**
     * Ends the session, here and at the server. If it has ended already, this returns whether the server knows by now.
     *
     * <p>All its refresh tokens that the server may still accept are revoked: the current one, and those of the last
     * hours, any of which would bring the session back to life (the newest hundred, if there are more). Access tokens
     * can't be revoked; servers accept them until they expire, after two hours at most.
     *
     * <p>With a store, the session is over here whatever the server responds: a revocation that failed is queued in the
     * store, and retried by {@link #finishLogouts} and {@link #open}, in this program or the next.
     *
     * @return whether the server has confirmed it; if false, the rest is queued in the store
     * @throws XrpcException if that fails and there is no store to queue it; the session lives on, and this can be
     *     retried
     */
    public boolean logout() {
        return machine.logout();
    }

    /**
     * Closes the session. One that can't be resumed anyway is logged out; one that is kept in a store or by hooks stays
     * for the next run ({@link SessionOptions.Builder#logoutOnClose} changes that). If it could not be saved before,
     * that is retried once. Doesn't throw: if the logout fails, {@link SessionHooks#onDeleteFailure} is called.
     */
    @Override
    public void close() {
        if (!logoutOnClose) {
            machine.saveNow();
            return;
        }
        try {
            logout();
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            // An exception from here would hide the one that a try-with-resources block may be throwing.
            LOG.log(
                    Level.WARNING,
                    "closing the session of {0} did not log out: {1}; it stays open at the server",
                    did,
                    e.getClass().getName());
        }
    }

    /**
     * Sends a request as the account.
     *
     * @throws IllegalArgumentException if it has an {@code Authorization} header
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the token has expired and the account was deactivated, suspended or taken
     *     down
     * @throws AccountMismatchException if the token has expired and the server responds with another account's tokens
     * @throws AccountMigratedException if the account has migrated to another server, which doesn't accept the tokens
     * @throws TransportException if no response came
     */
    @Override
    public TransportResponse send(AgentRequest request) {
        return sender.send(request);
    }

    @Override
    public String toString() {
        return "PasswordSession[" + did + (isEnded() ? ", ended" : "") + "]";
    }
}
