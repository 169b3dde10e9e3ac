package dev.atlex.session;

import com.atproto.server.CreateAccount;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.XrpcException;
import dev.atlex.client.internal.Deadline;
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
 * A session that was made with a password: the {@link Agent} of an account.
 *
 * <p>It adds the access token to each request and sends it to the account's server. When the token has expired it is
 * renewed, once for all calls that wait, and the request is sent again. Passing failures leave the session as it is; when
 * the server says that it is over, calls throw {@link SessionEndedException}. Any number of threads may use a session.
 *
 * <p>A script signs in, and out again when it is done:
 *
 * <pre>{@code
 * try (PasswordSession session = PasswordSession.login("https://bsky.social", "alice.bsky.social", appPassword)) {
 *     Client client = new Client(session);
 *     client.call(…);
 * }
 * }</pre>
 *
 * <p>A program that runs often, or all the time, goes on with the session that it has saved, as servers allow few
 * sign-ins. {@link #open} does that, and signs in only if it must:
 *
 * <pre>{@code
 * SessionStore store = new FileSessionStore(folder);
 * PasswordSession session = PasswordSession.open(Credentials.of(service, handle, appPassword), store);
 * Client client = new Client(session);
 * }</pre>
 *
 * <p>Follows {@code @atproto/lex-password-session}.
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

    /** Creates a session that was saved. */
    private static PasswordSession saved(SessionData data, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(data.service(), options.context());
        return new PasswordSession(
                server,
                options,
                Boolean.TRUE.equals(options.logoutOnClose()),
                notifier -> SessionMachine.saved(server, data, options.context(), notifier));
    }

    /** Creates and announces a session that was issued just now. */
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

    /**
     * Signs in.
     *
     * @param service the URL of the account's server or its entryway: {@code https://bsky.social}
     * @param identifier the account's handle, e-mail address or DID
     * @param password an app password
     * @throws InvalidCredentialsException if the server knows no such account and password
     * @throws AuthFactorRequiredException if a code is needed beside the password
     * @throws AccountInactiveException if the account was taken down or suspended
     * @throws LoginRateLimitedException if there were too many sign-ins
     * @throws AccountMismatchException if the identifier is a DID and the server signs in another account
     * @throws XrpcException if the server answers otherwise, or not at all
     * @throws IllegalArgumentException if the service is no URL, or something is empty
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
     * @throws SessionException as {@link #login(String, String, String)}
     */
    public static PasswordSession login(String identifier, String password) {
        return login(Credentials.resolve(identifier, password, IdentityResolver.create()), SessionOptions.DEFAULTS);
    }

    /**
     * Signs in with a login URL: {@code https://alice.example.com:app-password@pds.example.com}.
     *
     * @throws IllegalArgumentException if it is none; the message shows nothing of it
     * @throws SessionException as {@link #login(String, String, String)}
     */
    public static PasswordSession login(String loginUrl) {
        return login(Credentials.parse(loginUrl), SessionOptions.DEFAULTS);
    }

    /**
     * As {@link #login(String, String, String)}, with options. One that asks for the code of a second factor:
     *
     * <pre>{@code
     * SessionOptions options = SessionOptions.of(o -> o.authFactor(asked -> prompt(asked.getMessage())));
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

    /**
     * The one entry point for scripts and services: goes on with the account's session if the store has it, and signs in
     * only if it must. Programs and threads that open the same account at the same time, on this machine or wherever the
     * store reaches, sign in once.
     *
     * <p>The store's session is taken as it is; the server is asked only where its tokens have expired. Whose it is, is
     * known from the identifier; the password is not compared. A handle or an e-mail address may belong to another account
     * than before: if the stored session has another one by now, this signs in. A DID never changes hands.
     *
     * <p>If the store holds a session of the account at another service, this signs in and takes its place. It does not if
     * the server's response says that the account lives at that service, and that service does not take the new tokens: then
     * this is a server that the account has left, and the session works without being saved ({@link #isSaved}).
     *
     * <p>Sign-ins are counted, across restarts, and what a server says of its limits is remembered: see
     * {@link SignInLimit}. Logouts of the account that could not be finished are tried again.
     *
     * @param credentials whose session it is, and with what to sign in
     * @param store where it is kept
     * @throws LoginRateLimitedException if it must sign in and may not yet; {@link LoginRateLimitedException#retryAt} says
     *     when
     * @throws InvalidCredentialsException if it must sign in and the server knows no such account and password
     * @throws AuthFactorRequiredException if it must sign in and a code is needed beside the password
     * @throws AccountInactiveException if the account was taken down or suspended; the stored session is kept
     * @throws AccountMigratedException if the account has moved to another server
     * @throws AccountMismatchException if the server answers with another account's tokens
     * @throws SessionStoreException if the store does not work: signing in each time would lock the account out
     * @throws XrpcException if it must sign in, and the server answers otherwise or not at all
     */
    public static PasswordSession open(Credentials credentials, SessionStore store) {
        return open(credentials, SessionOptions.of(o -> o.store(store)));
    }

    /**
     * As {@link #open(Credentials, SessionStore)}, with options; they name the store.
     *
     * @throws IllegalArgumentException if the options have no store
     */
    public static PasswordSession open(Credentials credentials, SessionOptions options) {
        SessionStore store = options.store();
        if (store == null) {
            throw new IllegalArgumentException("opening a session takes a store");
        }
        return new SessionOpener<>(store, options.context(), new Sessions(options)).open(credentials);
    }

    /**
     * Tries the logouts that could not be finished before, by this program or others that use the store, and that are due.
     * {@link #open} does it for its account; a program that logs out and ends may leave some for the next one. No account
     * stops another. A logout that can never be confirmed is given up, which {@link SessionEvent.LogoutGivenUp} reports.
     *
     * @param options name the store
     * @return how many accounts still have some
     * @throws SessionStoreException if the store can't be read
     * @throws IllegalArgumentException if the options have no store
     */
    public static int finishLogouts(SessionOptions options) {
        SessionStore store = options.store();
        if (store == null) {
            throw new IllegalArgumentException("unfinished logouts are in a store");
        }
        return new LogoutQueue(store, options.context()).finishAll();
    }

    /**
     * Makes an account and signs in as it.
     *
     * @param service the server that is to hold the account
     * @param account sets what the server needs: handle, password, e-mail address, invite code…
     * @throws XrpcException if the server refuses; {@link CreateAccount} has the errors' names
     */
    public static PasswordSession createAccount(
            String service, Consumer<? super CreateAccount.Input.Builder> account, SessionOptions options) {
        AuthServerClient server = new AuthServerClient(Origins.parse(service), options.context());
        return issued(server, server.createAccount(account), options);
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

    /**
     * Goes on with a saved session, and renews its tokens at once. If that fails for a reason that may pass (the network,
     * a busy server), the session is there all the same and tries again when it is used.
     *
     * @throws SessionEndedException if the session is over for certain
     * @throws AccountInactiveException if the account was taken down or suspended; the saved session stays good
     * @throws AccountMismatchException if the server answers with another account's tokens
     */
    public static PasswordSession resume(SessionData data, SessionOptions options) {
        PasswordSession session = of(data, options);
        session.refresh();
        return session;
    }

    /**
     * Creates the session of a store's entry without asking the server: its tokens are refreshed when they have expired.
     *
     * @param options their store is the one that the entry comes from
     * @throws SessionStoreException if the entry is corrupt, or of another kind
     */
    public static PasswordSession of(SessionStore.Entry entry, SessionOptions options) {
        AuthServerClient server =
                new AuthServerClient(SessionRecord.of(entry).data().service(), options.context());
        return new PasswordSession(
                server,
                options,
                Boolean.TRUE.equals(options.logoutOnClose()),
                notifier -> SessionMachine.stored(server, entry, options.context(), notifier));
    }

    /**
     * Returns whether the access token is known to have expired, or expires within seconds. Waits for a refresh in progress.
     *
     * @throws SessionEndedException if the session has ended
     */
    public boolean isExpired() {
        return Freshness.of(machine.await(Deadline.NONE), clock.instant()) == Freshness.EXPIRED;
    }

    /**
     * Tries now to save data that store or hooks did not take before, without waiting for the next retry. Does nothing if
     * another thread is refreshing or ending the session. Failures are reported as after a refresh; they are not thrown.
     *
     * @return whether everything is saved ({@link #isSaved})
     */
    public boolean save() {
        machine.saveNow();
        return isSaved();
    }

    /**
     * Waits for a refresh or logout in progress, then saves as {@link #save()} does.
     *
     * @param maxWait the longest wait
     * @return whether everything is saved
     * @throws TransportException if that takes longer, or the thread is interrupted; its interrupt flag stays set
     */
    public boolean save(Duration maxWait) {
        machine.settle(Deadline.in(maxWait));
        return isSaved();
    }

    /** As {@link #resume(SessionData, SessionOptions)}, without options. */
    public static PasswordSession resume(SessionData data) {
        return resume(data, SessionOptions.DEFAULTS);
    }

    /** Goes on with a saved session without asking the server: its tokens are renewed when they have expired. */
    public static PasswordSession of(SessionData data, SessionOptions options) {
        return saved(data, options);
    }

    /**
     * Ends a saved session at the server, without going on with it. If the options have a store, the session that came of the
     * data by refreshing ends too, as far as they have a refresh token of the last hours in common. An unrelated session of
     * the account, signed in later say, stays as it is, in the store and at its server.
     *
     * @throws XrpcException if that fails; try again, or the session stays open
     */
    public static void delete(SessionData data, SessionOptions options) {
        of(data, options).logout();
    }

    /** As {@link #delete(SessionData, SessionOptions)}, without options. */
    public static void delete(SessionData data) {
        delete(data, SessionOptions.DEFAULTS);
    }

    /** The account, also after the session has ended. */
    @Override
    public Did did() {
        return did;
    }

    /**
     * The account's handle.
     *
     * @throws SessionEndedException if the session has ended
     */
    public Handle handle() {
        return data().handle();
    }

    /**
     * What is to be saved to go on with the session later.
     *
     * @throws SessionEndedException if the session has ended
     */
    public SessionData data() {
        return machine.data();
    }

    /** How the session is, without asking the server. Works after its end, too. */
    public SessionHealth health() {
        return SessionHealth.of(machine.snapshot());
    }

    /** Whether the session is over. */
    public boolean isEnded() {
        return machine.snapshot() instanceof Snapshot.Ended;
    }

    /**
     * Whether store and hooks have taken the session's newest data; if not, it is tried again when the session is used. A
     * store whose entry is the account's session at another service is left alone and has not taken them.
     */
    public boolean isSaved() {
        return machine.snapshot().facts().saving().isSaved();
    }

    /**
     * Renews the tokens, whether they have expired or not.
     *
     * @return whether there are new tokens, and if not, what stood in the way that may pass
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the account was taken down or suspended; the session stays
     * @throws AccountMismatchException if the server answers with another account's tokens
     */
    public RefreshResult refresh() {
        return RefreshResult.of(machine.refresh(machine.await(Deadline.NONE), true, Deadline.NONE));
    }

    /**
     * Ends the session, here and at the server. One that has ended already stays as it is; then this tells whether the server
     * knows of that by now.
     *
     * <p>All its refresh tokens that the server may still take are deleted there: the current one, and those that were
     * traded in the last hours, any of which would bring it back to life (of more than a hundred, the newest hundred). Access
     * tokens can't be called back; the servers take them until they expire, two hours at most.
     *
     * <p>With a store, it is over here whatever the server says: what could not be deleted is remembered in the store, and
     * tried again by {@link #finishLogouts} and {@link #open}, in this program or the next.
     *
     * @return whether the server has confirmed it; if false, the store remembers what is left
     * @throws XrpcException if that fails, and there is no store that remembers it; the session lives on, and this can be
     *     tried again
     */
    public boolean logout() {
        return machine.logout();
    }

    /**
     * Lets go of the session: one that could not be resumed anyway is logged out, one that is kept in a store or by hooks
     * stays for the next run ({@link SessionOptions.Builder#logoutOnClose} decides otherwise); if it could not be saved
     * before, that is tried once more. Does not throw: when the logout fails, {@link SessionHooks#onDeleteFailure} is told.
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
            // An exception from here would hide the one that may be on its way.
            LOG.log(Level.WARNING, "closing did not log out: {0}", e.getClass().getName());
        }
    }

    /**
     * Sends a request as the account.
     *
     * @throws IllegalArgumentException if it has an {@code Authorization} header of its own
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the token has expired and the account was taken down meanwhile
     * @throws AccountMismatchException if the token has expired and the server answers with another account's
     * @throws AccountMigratedException if the account has moved to another server, which does not take the session's tokens
     * @throws TransportException if no response came
     */
    @Override
    public TransportResponse send(AgentRequest request) {
        return sender.send(request);
    }

    /** The server that requests go to: the account's own, or the service where that is not known. */
    public URI target() {
        return machine.await(Deadline.NONE).target();
    }

    @Override
    public String toString() {
        return "PasswordSession[" + did + (isEnded() ? ", ended" : "") + "]";
    }
}
