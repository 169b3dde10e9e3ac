package dev.atlex.session;

import com.atproto.server.CreateAccount;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.CallObserver;
import dev.atlex.client.XrpcException;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.AuthenticatedSender;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.SessionOpener;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.state.Freshness;
import dev.atlex.session.internal.state.RefreshOutcome;
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
 * An account's session, created by signing in with a password. The session is the account's {@link Agent}.
 *
 * <p>A session adds the access token to each request and sends the request to the account's server. When the token has
 * expired, the session refreshes it once for all waiting calls and sends the request again. Transient failures don't
 * end a session. Once the server has ended a session, its calls throw {@link SessionEndedException} or
 * {@link AccountMigratedException}. Sessions are thread-safe.
 *
 * <p>A script can sign in, and log out when it is done:
 *
 * <pre>{@code
 * try (PasswordSession session = PasswordSession.login("https://bsky.social", "alice.bsky.social", appPassword)) {
 *     Client client = new Client(session);
 *     client.call(…);
 * }
 * }</pre>
 *
 * <p>A program that runs often or continuously should keep its session in a store, because servers limit sign-ins.
 * {@link #open} resumes the stored session, and signs in only if it has to:
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
public final class PasswordSession implements Session {
    private static final System.Logger LOG = SessionLog.LOG;

    private final SessionMachine machine;
    private final AuthenticatedSender sender;
    private final Clock clock;
    private final Did did;
    private final boolean logoutOnClose;
    private final Transport transport;
    private final CallObserver observer;

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
        this.transport = options.transport();
        this.observer = options.observer();
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
     * Signs in with an identifier and a password.
     *
     * @param service the URL of the account's server or its entryway, such as {@code https://bsky.social}
     * @param identifier the account's handle, email address or DID
     * @param password an app password
     * @throws InvalidCredentialsException if the identifier or the password is wrong
     * @throws AuthFactorRequiredException if the server requires a second factor's code
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down
     * @throws SignInRateLimitedException if there were too many sign-ins
     * @throws AccountMismatchException if the identifier is a DID and the server signs in a different account
     * @throws XrpcException if the server fails in another way, or can't be reached
     * @throws IllegalArgumentException if the service isn't an http or https URL, the identifier is invalid, or the
     *     password is empty
     */
    public static PasswordSession login(String service, String identifier, String password) {
        return login(Credentials.of(service, identifier, password), SessionOptions.DEFAULTS);
    }

    /**
     * Resolves the account's handle or DID to its server, and signs in there.
     *
     * @param identifier the account's handle or DID
     * @param password an app password
     * @throws dev.atlex.identity.IdentityException if the account or its server can't be found
     * @throws SessionException for the same reasons as {@link #login(String, String, String)}
     */
    public static PasswordSession login(String identifier, String password) {
        return login(Credentials.resolve(identifier, password, IdentityResolver.create()), SessionOptions.DEFAULTS);
    }

    /**
     * Signs in with a login URL, such as {@code https://alice.example.com:app-password@pds.example.com}.
     *
     * @throws IllegalArgumentException if the URL isn't a login URL; see {@link Credentials#parse}
     * @throws SessionException for the same reasons as {@link #login(String, String, String)}
     */
    public static PasswordSession login(String loginUrl) {
        return login(Credentials.parse(loginUrl), SessionOptions.DEFAULTS);
    }

    /**
     * Signs in with credentials and options. This example prompts for a second factor's code:
     *
     * <pre>{@code
     * PasswordSession.login(credentials, o -> o.authFactor(asked -> prompt(asked.getMessage())));
     * }</pre>
     *
     * @throws SessionException for the same reasons as {@link #login(String, String, String)}
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

    /** Like {@link #login(Credentials, SessionOptions)}, but configures the options inline. */
    public static PasswordSession login(Credentials credentials, Consumer<? super SessionOptions.Builder> options) {
        return login(credentials, SessionOptions.of(options));
    }

    /**
     * Creates an account and signs in as it.
     *
     * @param service the URL of the server that will host the account
     * @param account a function that sets the input, such as the handle, password, email address and invite code
     * @throws XrpcException if the server rejects the request; {@link CreateAccount} lists the error names
     */
    public static PasswordSession createAccount(
            String service, Consumer<? super CreateAccount.Input.Builder> account, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(Origins.parse(service), options.context());
        return issued(server, server.createAccount(account), options);
    }

    // Opening

    /**
     * Opens an account's session: resumes the stored one, or signs in if there is none. Most programs should start
     * here. If several threads, or processes that share the store, open the same account with the same identifier at
     * the same time, only one of them signs in.
     *
     * <p>The stored session is used without contacting the server, unless its tokens have expired. The password isn't
     * used until a sign-in is needed, so a wrong one may go unnoticed until then. A handle or email address can later
     * belong to a different account. If it no longer matches the stored session, this method signs in again. A DID
     * always belongs to the same account.
     *
     * <p>If the store holds a session of the account at a different service, this method signs in and replaces it. The
     * exception is a server that the account has migrated away from: that server's response refers to the other
     * service, which rejects the new tokens. The new session then works but isn't saved ({@link #isSaved}).
     *
     * <p>The store counts sign-ins across restarts and keeps the server's rate limits ({@link SignInLimit}). Pending
     * logouts of the account are retried.
     *
     * @param credentials the account and its password
     * @param store the store that keeps the session
     * @throws SignInRateLimitedException if a sign-in is needed but not allowed yet; see
     *     {@link SignInRateLimitedException#retryAt}
     * @throws InvalidCredentialsException if a sign-in is needed and the identifier or the password is wrong
     * @throws AuthFactorRequiredException if a sign-in is needed and the server requires a second factor's code
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down; the stored session is
     *     kept
     * @throws AccountMigratedException if the account has migrated to another server
     * @throws AccountMismatchException if the server responds with a different account's tokens
     * @throws SessionStoreException if the store fails; this method doesn't fall back to a sign-in, because repeated
     *     sign-ins would lock the account out
     * @throws XrpcException if a sign-in is needed, and the server fails in another way or can't be reached
     */
    public static PasswordSession open(Credentials credentials, SessionStore store) {
        return open(credentials, store, SessionOptions.DEFAULTS);
    }

    /**
     * Like {@link #open(Credentials, SessionStore)}, with options.
     *
     * @param store the store that keeps the session; replaces the store in the options
     */
    public static PasswordSession open(Credentials credentials, SessionStore store, SessionOptions options) {
        SessionOptions used = options.toBuilder().store(store).build();
        return new SessionOpener<>(store, used.context(), new Sessions(used)).open(credentials);
    }

    /** Like {@link #open(Credentials, SessionStore, SessionOptions)}, but configures the options inline. */
    public static PasswordSession open(
            Credentials credentials, SessionStore store, Consumer<? super SessionOptions.Builder> options) {
        return open(credentials, store, SessionOptions.of(options));
    }

    /** Resumes or signs in the session that {@link #open} returns. */
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
     * Resumes a saved session and refreshes its tokens immediately. After a transient failure, such as a network error
     * or an overloaded server, the session is returned anyway and retries the refresh when it is used.
     *
     * @throws SessionEndedException if the session has ended
     * @throws AccountMigratedException if the account has migrated to another server
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down; the saved session
     *     remains valid
     * @throws AccountMismatchException if the server responds with a different account's tokens
     */
    public static PasswordSession resume(SessionData data, SessionOptions options) {
        PasswordSession session = of(data, options);
        session.refresh();
        return session;
    }

    /** Like {@link #resume(SessionData, SessionOptions)}, but configures the options inline. */
    public static PasswordSession resume(SessionData data, Consumer<? super SessionOptions.Builder> options) {
        return resume(data, SessionOptions.of(options));
    }

    /** Like {@link #resume(SessionData, SessionOptions)}, with default options. */
    public static PasswordSession resume(SessionData data) {
        return resume(data, SessionOptions.DEFAULTS);
    }

    /**
     * Creates a session from saved data without contacting the server. Its tokens are refreshed once they have expired.
     */
    public static PasswordSession of(SessionData data, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(data.service(), options.context());
        return new PasswordSession(
                server,
                options,
                Boolean.TRUE.equals(options.logoutOnClose()),
                notifier -> SessionMachine.saved(server, data, options.context(), notifier));
    }

    /**
     * Creates a session from a store's entry without contacting the server. Its tokens are refreshed once they have
     * expired.
     *
     * @param options options with the store that the entry comes from
     * @throws SessionStoreException if the entry is corrupt or isn't a session
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
     * Logs out a saved session without resuming it. If the options have a store that holds an earlier or later state of
     * this session, that entry is deleted too. The two states must share a recent refresh token. Other sessions of the
     * account, for example from a later sign-in, are unaffected.
     *
     * @throws XrpcException if the logout fails and there is no store to queue it; the session stays valid on the
     *     server
     */
    public static void delete(SessionData data, SessionOptions options) {
        of(data, options).logout();
    }

    /** Like {@link #delete(SessionData, SessionOptions)}, with default options. */
    public static void delete(SessionData data) {
        delete(data, SessionOptions.DEFAULTS);
    }

    /**
     * Retries the store's pending logouts whose retry time has passed, including those of other programs. {@link #open}
     * does this only for its own account. A failure for one account doesn't affect the others. A logout that can never
     * be confirmed is dropped and reported as {@link SessionEvent.LogoutGivenUp}.
     *
     * @param options options with a store
     * @return the number of accounts that still have pending logouts
     * @throws SessionStoreException if the store can't be read
     * @throws IllegalArgumentException if the options have no store
     */
    public static int finishLogouts(SessionOptions options) {
        SessionStore store = options.store();
        if (store == null) {
            throw new IllegalArgumentException("finishLogouts: missing store; set SessionOptions.store");
        }
        return new LogoutQueue(store, options.context()).finishAll();
    }

    // The session

    /** Returns the account's DID, even after the session has ended. */
    @Override
    public Did did() {
        return did;
    }

    /**
     * Returns the account's handle.
     *
     * @throws SessionException if the session has ended; this is a {@link SessionEndedException} or an {@link
     *     AccountMigratedException}
     */
    public Handle handle() {
        return data().handle();
    }

    /**
     * Returns the data to save in order to resume the session later, without waiting for a refresh in progress.
     *
     * @throws SessionException if the session has ended; this is a {@link SessionEndedException} or an {@link
     *     AccountMigratedException}
     */
    public SessionData data() {
        return machine.data();
    }

    /** Returns the session's health without contacting the server, even after the session has ended. */
    @Override
    public SessionHealth health() {
        return SessionHealth.of(machine.snapshot());
    }

    /** Returns whether the session has ended. */
    @Override
    public boolean isEnded() {
        return machine.snapshot() instanceof Snapshot.Ended;
    }

    /**
     * Returns whether the store and the hooks have accepted the session's latest data. If not, saving is retried when
     * the session is used. Returns false as long as the store holds a session of the account at a different service,
     * because that session isn't overwritten.
     */
    @Override
    public boolean isSaved() {
        return machine.snapshot().facts().saving().isSaved();
    }

    /**
     * Returns whether the access token is known to have expired or will expire within seconds. Waits for a refresh in
     * progress.
     *
     * @throws SessionException if the session has ended; this is a {@link SessionEndedException} or an {@link
     *     AccountMigratedException}
     */
    @Override
    public boolean isExpired() {
        return Freshness.of(machine.await(Deadline.NONE), clock.instant()) == Freshness.EXPIRED;
    }

    /**
     * Returns the server that requests are sent to: the account's own server, or the service if the server is unknown.
     * Doesn't wait for a refresh in progress.
     */
    @Override
    public URI target() {
        return machine.snapshot().facts().tokens().target();
    }

    /**
     * Refreshes the tokens, even if they haven't expired.
     *
     * @return the result: whether there are new tokens, and the transient failure if there was one
     * @throws SessionEndedException if the session has ended
     * @throws AccountMigratedException if the account has migrated to another server
     * @throws AccountInactiveException if the account is deactivated, suspended or taken down; the session is kept
     * @throws AccountMismatchException if the server responds with a different account's tokens
     */
    @Override
    public RefreshResult refresh() {
        RefreshOutcome outcome = machine.refresh(machine.await(Deadline.NONE), true, Deadline.NONE);
        return outcome instanceof RefreshOutcome.Kept kept
                ? RefreshResult.kept(did, kept.failure(), health().retryAt())
                : RefreshResult.succeeded(did);
    }

    /**
     * Saves data that the store or the hooks haven't accepted yet. Does nothing if another thread is refreshing or
     * ending the session. Failures are reported to the hooks and the listener, not thrown.
     *
     * @return whether everything is saved ({@link #isSaved})
     */
    @Override
    public boolean save() {
        machine.saveNow();
        return isSaved();
    }

    /**
     * Waits for a refresh or logout in progress, then saves like {@link #save()}.
     *
     * @param maxWait the longest wait
     * @return whether everything is saved
     * @throws TransportException if the wait times out or the thread is interrupted; the interrupt flag stays set
     */
    @Override
    public boolean save(Duration maxWait) {
        machine.settle(Deadline.in(maxWait));
        return isSaved();
    }

    /**
     * Ends the session locally and on the server. If the session has already ended, this method returns whether the
     * server has confirmed that.
     *
     * <p>Revokes every refresh token that the server may still accept: the current one and up to 100 that were rotated
     * in the last three hours, because each of those could still resume the session. Access tokens can't be revoked;
     * servers accept them until they expire, usually within two hours.
     *
     * <p>With a store, the session always ends locally. A failed revocation is queued in the store and retried by
     * {@link #finishLogouts} and {@link #open}, even after a restart.
     *
     * @return whether the server has confirmed the logout; if false, the remaining revocations are queued in the store
     * @throws XrpcException if the revocation fails and there is no store to queue it; the session stays valid, and
     *     the logout can be retried
     */
    @Override
    public boolean logout() {
        return machine.logout();
    }

    /**
     * Closes the session. Logs out if the session couldn't be resumed later; a session that a store or hooks have saved
     * stays signed in. {@link SessionOptions.Builder#logoutOnClose} overrides this. If data is unsaved, tries once more
     * to save it. Throws no exception: if the logout fails, {@link SessionHooks#onDeleteFailure} is called.
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
            // An exception thrown here would hide the caller's own, for example in a finally block.
            LOG.log(
                    Level.WARNING,
                    "failed to log out while closing the session for {0}: {1}; it stays valid on the server",
                    did,
                    e.getClass().getName());
        }
    }

    /**
     * Sends a request with the account's access token.
     *
     * @throws IllegalArgumentException if the request has an {@code Authorization} header
     * @throws SessionEndedException if the session has ended
     * @throws AccountInactiveException if the token has expired and the account was deactivated, suspended or taken
     *     down
     * @throws AccountMismatchException if the token has expired and the server responds with a different account's
     *     tokens
     * @throws AccountMigratedException if the account has migrated to another server and the tokens are rejected
     * @throws TransportException if no response was received
     */
    @Override
    public TransportResponse send(AgentRequest request) {
        return sender.send(request);
    }

    /** Returns the transport from the session's options, which doesn't add tokens to requests. */
    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public CallObserver observer() {
        return observer;
    }

    @Override
    public String toString() {
        return "PasswordSession[" + did + (isEnded() ? ", ended" : "") + "]";
    }
}
