package dev.atlex.oauth;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexException;
import dev.atlex.identity.IdentityException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.internal.discovery.Discovery;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServerClient;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.session.IssuedTokens;
import dev.atlex.oauth.internal.session.LogoutQueue;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.oauth.internal.session.OAuthRecord;
import dev.atlex.oauth.internal.session.SessionEntries;
import dev.atlex.oauth.internal.signin.AuthorizationStarter;
import dev.atlex.oauth.internal.signin.CallbackHandler;
import dev.atlex.oauth.internal.signin.CallbackHandler.SignedIn;
import dev.atlex.oauth.internal.signin.SignInContext;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.pool.SessionSource;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.UserInput;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in with OAuth, and resumes their sessions from a store. Create one client for the whole program; it is
 * thread-safe. Any number of processes may share a store.
 *
 * <p>A command-line tool or desktop program opens the user's browser:
 *
 * <pre>{@code
 * OAuthClient client = OAuthClient.of(store, o -> o.metadata(ClientMetadata.loopback(scopes)));
 * try (OAuthSession session = client.open(Handle.of("alice.example.com"), Browser.system())) {
 *     new Client(session).create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
 * }
 * }</pre>
 *
 * <p>A web application sends its users to {@link Authorization#url()}, and finishes the sign-in when they return:
 *
 * <pre>{@code
 * Authorization authorization = client.authorize(typed, o -> o.state("/inbox"));   // then redirect, and set a cookie
 * Callback done = client.callback(request.getQueryString(), cookie);               // at the redirect URI
 * OAuthSession session = client.resume(did);                                       // in later requests
 * }</pre>
 *
 * <p>All methods block. Failed sign-ins throw {@link OAuthException}s, {@link IdentityException}s if the account
 * can't be resolved, and {@link SessionStoreException}s if the store fails.
 *
 * @see <a href="https://atproto.com/specs/oauth">AT Protocol: OAuth</a>
 */
public final class OAuthClient {
    private static final System.Logger LOG = SessionLog.LOG;

    /**
     * The time limit for the browser, which is less than the 20-minute lifetime of a sign-in; users who need longer
     * have given up.
     */
    private static final Duration BROWSER_WAIT = Duration.ofMinutes(5);

    private final ClientMetadata metadata;
    private final @Nullable ClientKeys keys;
    private final Discovery discovery;
    private final AuthorizationStarter starter;
    private final CallbackHandler callbacks;
    private final OAuthContext context;
    private final SessionEntries sessions;
    private final LogoutQueue logouts;

    private OAuthClient(SessionStore store, OAuthOptions options) {
        this.metadata = options.metadata();
        this.keys = options.keys();
        TimeSource time = TimeSourceClock.sourceOf(options.clock());
        IdentityResolver identity = options.identity() == null
                ? IdentityResolver.builder().transport(options.transport()).build()
                : options.identity();
        DpopContext dpop = DpopContext.of(time);
        this.discovery = new Discovery(identity, dpop, time);
        // The endpoints come from other servers' metadata, so the guard checks these requests, too.
        AuthServerClient server = new AuthServerClient(identity.transport(), time, dpop);
        SignInContext signIn = new SignInContext(store, server, discovery, new Auths(), this::revokeLater, time);
        this.starter = new AuthorizationStarter(signIn);
        this.callbacks = new CallbackHandler(signIn);
        this.context = new OAuthContext(
                store,
                options.transport(),
                options.listener(),
                options.observer(),
                identity,
                time,
                server,
                dpop,
                metadata.clientId().toString(),
                discovery::server,
                this::auth);
        this.sessions = new SessionEntries(context);
        this.logouts = new LogoutQueue(context);
    }

    /**
     * Creates a client.
     *
     * @param store the store for sessions, and for sign-ins that are waiting for their callback
     * @throws ClientMetadataException if the metadata and the keys don't match
     */
    public static OAuthClient of(SessionStore store, Consumer<? super OAuthOptions.Builder> options) {
        return of(store, OAuthOptions.of(options));
    }

    /** Like {@link #of(SessionStore, Consumer)}, with options. */
    public static OAuthClient of(SessionStore store, OAuthOptions options) {
        return new OAuthClient(store, options);
    }

    /**
     * Returns the client's metadata. A web application serves its {@link ClientMetadata#toJson() JSON} at the
     * {@code client_id}.
     */
    public ClientMetadata metadata() {
        return metadata;
    }

    /**
     * Starts a sign-in for an account. Finds the account's authorization server, and sends the request to it (PAR).
     *
     * <p>The user may sign in with a different account on the server's page. {@link #callback} then throws
     * {@code AccountMismatchException}.
     *
     * @param account the account as the user typed it; the server's page shows it
     * @throws OAuthUnsupportedException if the account's server has no OAuth
     * @throws DiscoveryException if the authorization server can't be determined
     * @throws ClientMetadataException if the server doesn't accept this client
     * @throws OAuthResponseException if the server refuses the request for another reason
     * @throws IdentityException if the account can't be resolved
     * @throws SessionStoreException if the store fails
     */
    public Authorization authorize(AtIdentifier account) {
        return authorize(account, AuthorizeOptions.DEFAULTS);
    }

    /** Like {@link #authorize(AtIdentifier)}, with options. */
    public Authorization authorize(AtIdentifier account, Consumer<? super AuthorizeOptions.Builder> options) {
        return authorize(account, AuthorizeOptions.of(options));
    }

    /**
     * Like {@link #authorize(AtIdentifier)}, with options.
     *
     * @throws IllegalArgumentException if the client doesn't declare the scopes or the redirect URI, or can't use the
     *     prompt
     */
    public Authorization authorize(AtIdentifier account, AuthorizeOptions options) {
        if (options.prompt() == Prompt.CREATE) {
            throw new IllegalArgumentException(
                    "the prompt CREATE needs a server instead of an account; use authorizeAt");
        }
        AuthorizationStarter.Request request = AuthorizeRequests.of(metadata, account, options);
        return start(discovery.account(account), request);
    }

    /**
     * Starts a sign-in at a server: a PDS or an entryway. The user chooses the account there, or creates one with
     * {@link Prompt#CREATE}.
     *
     * @param server the URL of the server, such as {@code https://bsky.social}; its path is ignored
     * @throws OAuthUnsupportedException if the server has no OAuth
     * @throws IllegalArgumentException if it isn't an http or https URL with a host
     * @see #authorize(AtIdentifier) for the other exceptions
     */
    public Authorization authorizeAt(URI server) {
        return authorizeAt(server, AuthorizeOptions.DEFAULTS);
    }

    /** Like {@link #authorizeAt(URI)}, with options. */
    public Authorization authorizeAt(URI server, Consumer<? super AuthorizeOptions.Builder> options) {
        return authorizeAt(server, AuthorizeOptions.of(options));
    }

    /** Like {@link #authorizeAt(URI)}, with options. */
    public Authorization authorizeAt(URI server, AuthorizeOptions options) {
        AuthorizationStarter.Request request = AuthorizeRequests.of(metadata, null, options);
        return start(discovery.server(Origins.parse(server.toString())), request);
    }

    /**
     * Starts a sign-in with the text that a user typed or pasted: a handle, a DID, the URL of a profile, or the URL of
     * a server.
     *
     * @throws InvalidSyntaxException if it is none of these, such as an email address; no request is sent
     * @see #authorize(AtIdentifier) for the other exceptions
     */
    public Authorization authorize(String typed, Consumer<? super AuthorizeOptions.Builder> options) {
        String text = UserInput.strip(typed);
        return isServer(text)
                ? authorizeAt(Origins.parse(text), options)
                : authorize(UserInput.identifier(text), options);
    }

    private static boolean isServer(String text) {
        URI origin = Origins.find(text);
        String path = origin == null ? "" : URI.create(text).getRawPath();
        return origin != null && (path.isEmpty() || path.equals("/"));
    }

    private Authorization start(Discovery.Target target, AuthorizationStarter.Request request) {
        AuthorizationStarter.Started started = starter.start(target, request);
        return new Authorization(
                started.url(), request.redirectUri(), started.browserSecret(), started.state(), started.expiresAt());
    }

    /**
     * Finishes a sign-in: verifies the callback, exchanges its code for tokens, verifies the account, and saves the
     * session. An earlier session of the account with the same ID is replaced and revoked.
     *
     * <p>A callback works once. If it fails after the exchange, the new session is revoked, nothing is saved, and an
     * earlier session of the account stays as it is. If the thread is interrupted during the exchange, the sign-in
     * still continues, and the session is saved, because it would otherwise stay valid on the server.
     *
     * @param query the raw query of the request at the redirect URI
     * @param browserSecret {@link Authorization#browserSecret()} from the browser's cookie, or null if there is none
     * @throws AuthorizationDeniedException if the user refused, or the server can't continue
     * @throws AuthorizationExpiredException if the sign-in is unknown, already finished or too old
     * @throws BrowserMismatchException if the secret doesn't match the sign-in's
     * @throws IssuerMismatchException if the callback or the account belongs to another server
     * @throws dev.atlex.session.AccountMismatchException if the user signed in with an account other than the requested
     *     one
     * @throws InvalidAuthorizationException if the server's response violates the specification
     * @throws OAuthResponseException if the server refuses the code
     * @throws dev.atlex.client.transport.TransportException if the server doesn't respond, or the thread is interrupted
     * @throws SessionStoreException if the store fails
     */
    public Callback callback(String query, @Nullable String browserSecret) {
        return callbacks.finish(query, browserSecret, this::save);
    }

    private static OAuthSessionData data(SignedIn signedIn) {
        return IssuedTokens.issued(
                signedIn.tokens(),
                signedIn.did(),
                signedIn.server().issuer(),
                signedIn.pds(),
                signedIn.auth(),
                signedIn.key());
    }

    private void revokeLater(SignedIn refused) {
        sessions.revokeLater(data(refused), refused.server(), refused.tokens().receivedAt());
    }

    private Callback save(SignedIn signedIn) {
        Entry entry = sessions.saveNew(
                data(signedIn),
                signedIn.server(),
                signedIn.tokens().receivedAt(),
                signedIn.sessionId(),
                signedIn.identifier());
        return new Callback(OAuthSession.signedIn(context, entry), signedIn.appState());
    }

    /** Like {@link #callback(String, String)}, with the whole URI of the callback. */
    public Callback callback(URI callback, @Nullable String browserSecret) {
        String query = callback.getRawQuery();
        return callback(query == null ? "" : query, browserSecret);
    }

    /**
     * Resumes the account's session, or signs in with a browser if there is none. A stored session is returned without
     * a request. For a handle, it is the session of the last sign-in with that handle.
     *
     * <p>Waits up to 5 minutes for the user. The client must declare a redirect URI on the loopback address, as
     * {@link ClientMetadata#loopback} does.
     *
     * @throws BrowserUnavailableException if the browser can't be opened
     * @throws AuthorizationExpiredException if the user doesn't return in time
     * @throws LoopbackException if the program can't listen for the callback
     * @throws IllegalArgumentException if the client declares no redirect URI on the loopback address
     * @see #authorize(AtIdentifier)
     * @see #callback(String, String)
     */
    public OAuthSession open(AtIdentifier account, Browser browser) {
        return open(account, browser, AuthorizeOptions.DEFAULTS);
    }

    /** Like {@link #open(AtIdentifier, Browser)}, with options. Their redirect URI is ignored. */
    public OAuthSession open(
            AtIdentifier account, Browser browser, Consumer<? super AuthorizeOptions.Builder> options) {
        return open(account, browser, AuthorizeOptions.of(options));
    }

    /** Like {@link #open(AtIdentifier, Browser)}, with options. Their redirect URI is ignored. */
    public OAuthSession open(AtIdentifier account, Browser browser, AuthorizeOptions options) {
        Entry stored = sessions.find(account, options.sessionId());
        return stored == null ? signIn(account, browser, options) : OAuthSession.resumed(context, stored);
    }

    private OAuthSession signIn(AtIdentifier account, Browser browser, AuthorizeOptions options) {
        sweep();
        try (LoopbackReceiver receiver = LoopbackReceiver.open(metadata)) {
            Authorization authorization = authorize(
                    account,
                    options.toBuilder().redirectUri(receiver.redirectUri()).build());
            browser.open(authorization.url());
            String query = receiver.await(authorization, BROWSER_WAIT);
            return callback(query, authorization.browserSecret()).session();
        }
    }

    /**
     * Resumes the account's session. No request is sent.
     *
     * @throws UnknownAccountException if the store has no session for the account
     * @throws MissingClientKeyException if the session is bound to a key that {@link OAuthOptions#keys} lacks
     * @throws SessionStoreException if the store fails, or the session belongs to a different client
     */
    public OAuthSession resume(Did did) {
        return resume(did, null);
    }

    /** Like {@link #resume(Did)}, for one of several sessions of the account. */
    public OAuthSession resume(Did did, @Nullable String sessionId) {
        Entry stored = sessions.find(did, sessionId);
        if (stored == null) {
            throw new UnknownAccountException(did);
        }
        return OAuthSession.resumed(context, stored);
    }

    /**
     * Imports a session that another program saved for the same client, for example one that uses the TypeScript
     * package {@code @atproto/oauth-client}. The imported session replaces the account's session in the store, which is
     * revoked. No other request is sent.
     *
     * <p>The other program must not use the session anymore: a refresh token works once, and its second use ends the
     * session. If the data contains no client ID, this client's ID is assumed.
     *
     * @throws MissingClientKeyException if the session is bound to a key that {@link OAuthOptions#keys} lacks
     * @throws SessionStoreException if the session belongs to a different client, Java doesn't support its key, or the
     *     store fails; nothing is saved
     * @see OAuthSession#data() for the other direction
     */
    public OAuthSession importSession(OAuthSessionData data) {
        return OAuthSession.resumed(context, sessions.saveImported(data));
    }

    /**
     * Returns the accounts with a session of this client in the store, without duplicates, in no particular order.
     *
     * @throws SessionStoreException if the store can't be read
     */
    public List<Did> accounts() {
        Set<Did> accounts = new LinkedHashSet<>();
        sessions.forEach(entry -> accounts.add(OAuthRecord.of(entry).data().did()));
        return List.copyOf(accounts);
    }

    /**
     * Passes the health of each of this client's stored sessions to an action, including those with an ID. It is based
     * only on the store. Corrupt entries are logged and skipped.
     *
     * @throws SessionStoreException if the store can't be read
     */
    public void forEachHealth(Consumer<? super SessionHealth> action) {
        sessions.forEach(entry -> action.accept(OAuthRecord.of(entry).health(entry.savedAt())));
    }

    /**
     * Returns this client's sessions for an {@link dev.atlex.session.pool.AccountPool}:
     *
     * <pre>{@code
     * AccountPool pool = AccountPool.create(store, o -> o.source(client.sessions()));
     * }</pre>
     *
     * <p>A pool has one session for each account, so sessions with an ID are left out.
     */
    public SessionSource sessions() {
        return new AccountSessions(context);
    }

    /**
     * Retries the logouts that servers haven't confirmed yet, except those whose next attempt isn't due yet. Call it at
     * intervals, for example when the program starts.
     *
     * @return the number of logouts that remain
     * @throws SessionStoreException if the store can't be read
     */
    public int finishLogouts() {
        return logouts.finishAll();
    }

    /**
     * Deletes the sign-ins from the store that weren't finished within 20 minutes. Call it at intervals in a web
     * application; {@link #open} does it before a sign-in.
     *
     * @return the number of deleted sign-ins
     * @throws SessionStoreException if the store fails
     */
    public int sweep() {
        return callbacks.sweep();
    }

    /**
     * Logs out the sessions whose tokens haven't been refreshed for a long time. A web application calls it at
     * intervals, because users who never return leave sessions in the store. Servers end unused sessions, too: the
     * reference server after three months.
     *
     * @param idle more than an access token's lifetime, which may be up to an hour
     * @return the number of sessions that were logged out; a logout that a server hasn't confirmed is queued
     * @throws IllegalArgumentException if the duration isn't positive
     * @throws SessionStoreException if the store can't be read
     */
    public int logoutIdle(Duration idle) {
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("expected a positive duration (got " + idle + ")");
        }
        int loggedOut = 0;
        for (Entry entry : sessions.idleSince(context.timing().clock().instant().minus(idle))) {
            try {
                OAuthSession.resumed(context, entry).logout();
                loggedOut++;
            } catch (LexException e) {
                LOG.log(
                        Level.WARNING,
                        "failed to log out an idle session of {0}: {1}",
                        OAuthRecord.of(entry).data().did(),
                        e.getMessage());
            }
        }
        return loggedOut;
    }

    /** Returns the way in which a session authenticates. Servers accept a key for sessions that began without one. */
    private ClientAuth auth(@Nullable String method, @Nullable String kid) {
        if (keys != null) {
            return keys.auth(metadata.clientId().toString(), kid);
        }
        if (kid != null || OAuthSessionData.PRIVATE_KEY_JWT.equals(method)) {
            throw new MissingClientKeyException(String.valueOf(kid), List.of());
        }
        return ClientAuth.none(metadata.clientId().toString());
    }

    private final class Auths implements SignInContext.Auths {
        @Override
        public ClientAuth newest() {
            return auth(null, null);
        }

        @Override
        public ClientAuth of(String method, @Nullable String kid) {
            return auth(method, kid);
        }
    }

    /** Returns the client's metadata, without keys. */
    @Override
    public String toString() {
        return "OAuthClient[" + metadata + "]";
    }
}
