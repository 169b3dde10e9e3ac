package dev.atlex.testkit;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.internal.LoggedRequest;
import dev.atlex.testkit.internal.Pds;
import dev.atlex.testkit.internal.RequestLog;
import dev.atlex.testkit.internal.Settings;
import dev.atlex.testkit.internal.XrpcError;
import dev.atlex.testkit.internal.sync.EventLog;
import dev.atlex.testkit.internal.sync.FirehoseEvent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A personal data server (PDS) that runs in the test's own process, for testing bots and other clients offline.
 *
 * <h2>Starting a server</h2>
 *
 * With JUnit, register a {@link LocalPdsExtension}, which injects the server and fresh accounts into tests. Otherwise:
 *
 * <pre>{@code
 * try (LocalPds pds = LocalPds.start()) {
 *     TestAccount alice = pds.createAccount("alice.test", "alice-password");
 *     String appPassword = pds.createAppPassword(alice.did(), "bot");
 *     // sign in at pds.url() with alice.handle() and appPassword
 * }
 * }</pre>
 *
 * <p>The server listens on the loopback interface, uses plain HTTP and keeps all data in memory. {@link #close()} frees
 * the port and stops all threads. {@link #reset()} restores the initial state, so many tests can share a server.
 *
 * <h2>What matches a real server</h2>
 *
 * Statuses, error names and messages match those observed on the reference server. The conformance tests run against
 * both servers. This covers:
 *
 * <ul>
 *   <li>accounts, app passwords, sessions, and the rotation of refresh tokens with its grace period;
 *   <li>creating, reading, updating, deleting and listing records, including compare-and-swap and batches; blobs;
 *   <li>repositories: each write signs a commit over a Merkle search tree, and {@code getRepo} returns a CAR file;
 *   <li>the firehose, {@code subscribeRepos}, with replay from a cursor ({@link #firehose()});
 *   <li>validating records: a post with 400 characters or a 4 MB image is rejected with the same message
 *       (see {@link LocalPdsOptions.Builder#recordValidator});
 *   <li>a directory of DID documents, at {@link #plcUrl()}, and handle resolution;
 *   <li>an AppView, unless {@link LocalPdsOptions.Builder#appView} turns it off: profiles, posts and threads, timelines
 *       and other feeds, notifications, followers, lists, starter packs, mutes and blocks, bookmarks, and searches for
 *       posts and accounts;
 *   <li>direct messages, with requests, unread counts and a log, for sessions that may read them. By default, an
 *       account accepts new conversations from accounts that it follows; a {@code chat.bsky.actor.declaration} record
 *       changes that;
 *   <li>an OAuth authorization server: metadata, pushed requests, sign-in pages that work in a browser, tokens bound to
 *       DPoP keys, scopes, and refresh tokens that work once ({@link #oauth()});
 *   <li>optionally, an entryway ({@link LocalPdsOptions.Builder#entryway}), rate limits
 *       ({@link ServerBehavior#rateLimits}) and a second factor ({@link ServerBehavior#twoFactor}).
 * </ul>
 *
 * <h2>What differs</h2>
 *
 * <ul>
 *   <li>The firehose keeps the latest 10,000 events instead of three days of events.
 *   <li>The AppView indexes a record the moment it is written. The real one takes some time.
 *   <li>The AppView shows blobs at the URLs of this server, in their original size. A video has no thumbnail.
 *   <li>Labels come from {@link #label} and from authors, no matter which labelers a client accepts.
 *   <li>Keys use the curve P-256 instead of secp256k1.
 *   <li>{@code createSession} lacks the 350 ms delay that slows down password guessing.
 *   <li>The video service is simulated ({@link #video()}). It stores videos without processing them.
 *   <li>Conversations have two members. There are no groups.
 *   <li>OAuth clients other than loopback clients are registered with {@link OAuthBehavior#register}, because the
 *       server fetches nothing. DPoP proofs and client assertions use ES256 only.
 *   <li>Responses have no {@code ETag}, and gzip is the only compression.
 * </ul>
 *
 * <h2>Methods</h2>
 *
 * The server implements the methods below. {@link #methods()} returns them, and {@code atlex pds --methods} prints
 * them. The methods of {@code chat.bsky} require the proxy header {@code did:web:api.bsky.chat#bsky_chat}. The methods
 * of {@code app.bsky.video} require a service token, and {@link #video()} controls their responses.
 *
 * <dl>
 *   <dt>{@code app.bsky.actor}
 *   <dd>getPreferences, getProfile, getProfiles, getSuggestions, putPreferences, searchActors, searchActorsTypeahead
 *   <dt>{@code app.bsky.bookmark}
 *   <dd>createBookmark, deleteBookmark, getBookmarks
 *   <dt>{@code app.bsky.feed}
 *   <dd>getActorLikes, getAuthorFeed, getLikes, getListFeed, getPostThread, getPosts, getQuotes, getRepostedBy,
 *       getTimeline, searchPosts
 *   <dt>{@code app.bsky.graph}
 *   <dd>getActorStarterPacks, getBlocks, getFollowers, getFollows, getKnownFollowers, getList, getListBlocks,
 *       getListMutes, getLists, getListsWithMembership, getMutes, getRelationships, getStarterPack, getStarterPacks,
 *       muteActor, muteActorList, muteThread, unmuteActor, unmuteActorList, unmuteThread
 *   <dt>{@code app.bsky.labeler}
 *   <dd>getServices
 *   <dt>{@code app.bsky.notification}
 *   <dd>getPreferences, getUnreadCount, listNotifications, putPreferences, putPreferencesV2, updateSeen
 *   <dt>{@code app.bsky.video}
 *   <dd>getJobStatus, getUploadLimits, uploadVideo
 *   <dt>{@code chat.bsky.actor}
 *   <dd>getStatus
 *   <dt>{@code chat.bsky.convo}
 *   <dd>acceptConvo, addReaction, deleteMessageForSelf, getConvo, getConvoAvailability, getConvoForMembers, getLog,
 *       getMessages, getUnreadCounts, leaveConvo, listConvoRequests, listConvos, muteConvo, removeReaction,
 *       sendMessage, sendMessageBatch, unmuteConvo, updateAllRead, updateRead
 *   <dt>{@code com.atproto.admin}
 *   <dd>updateSubjectStatus
 *   <dt>{@code com.atproto.identity}
 *   <dd>resolveHandle
 *   <dt>{@code com.atproto.repo}
 *   <dd>applyWrites, createRecord, deleteRecord, describeRepo, getRecord, listRecords, putRecord, uploadBlob
 *   <dt>{@code com.atproto.server}
 *   <dd>activateAccount, checkAccountStatus, createAccount, createAppPassword, createSession, deactivateAccount,
 *       deleteSession, describeServer, getServiceAuth, getSession, listAppPasswords, refreshSession,
 *       revokeAppPassword
 *   <dt>{@code com.atproto.sync}
 *   <dd>getBlob, getBlocks, getLatestCommit, getRecord, getRepo, getRepoStatus, listBlobs, listRepos,
 *       subscribeRepos
 * </dl>
 *
 * <h2>Missing methods</h2>
 *
 * The server returns status 501 for a method that it lacks. Implement such a method with {@link #handle}:
 *
 * <pre>{@code
 * pds.handle("app.bsky.feed.getFeed", call -> LexMap.of("feed", LexArray.of()));
 * }</pre>
 *
 * <h2>Injecting faults</h2>
 *
 * {@link #faults()} affects individual requests, for example with errors, delays, and lost or truncated responses.
 * {@link #behavior()} controls the whole server, such as its token lifetimes, rate limits and response formats.
 * Methods such as {@link #takedown} and {@link #revokeSessions} perform an operator's actions.
 *
 * <pre>{@code
 * pds.faults().next("com.atproto.server.refreshSession", Fault.dropAfterProcessing());
 * pds.behavior().accessTokenLifetime(Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>{@link #firehose()} drops the connections of event streams, leaves them half-open, and skips or repeats events.
 *
 * <h2>OAuth</h2>
 *
 * {@link #authorize} does what a user does in a browser. The URL is the one that the client under test opens:
 *
 * <pre>{@code
 * URI callback = pds.authorize(url, alice);
 * pds.oauth().newNonces().accessTokenLifetime(Duration.ofSeconds(3));
 * }</pre>
 *
 * <h2>Time</h2>
 *
 * The server uses the clock of {@link LocalPdsOptions.Builder#clock}. To expire tokens or reset rate limits without
 * waiting, give the server and the client the same {@link MutableClock}:
 *
 * <pre>{@code
 * MutableClock clock = MutableClock.atPresent();
 * LocalPds pds = LocalPds.start(o -> o.clock(clock));
 * // sign in
 * clock.advance(Duration.ofHours(3)); // the access token has expired
 * }</pre>
 *
 * <h2>Inspecting requests</h2>
 *
 * {@link #requests()} lists the requests so far, {@link #count} counts them, and {@link #awaitRequests} waits for them.
 *
 * <p>Thread-safe.
 */
public final class LocalPds implements AutoCloseable {
    private static final Did LABELER = Did.of("did:web:labeler.test");

    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final LocalPdsOptions options;
    private final Settings settings;
    private final Pds pds;
    private final ServerBehavior behavior;
    private final VideoBehavior video;
    private final OAuthBehavior oauth;
    private final FirehoseBehavior firehose;

    private LocalPds(LocalPdsOptions options) {
        this.options = options;
        settings = new Settings(options.clock(), options.recordValidator());
        behavior = new ServerBehavior(settings);
        video = new VideoBehavior(settings.video);
        pds = new Pds(options.port(), options.entryway(), options.appView(), settings, log, faults::pick);
        oauth = new OAuthBehavior(settings.oauth, pds.oauth());
        firehose = new FirehoseBehavior(pds);
        try {
            createInitialAccounts();
        } catch (RuntimeException e) {
            pds.close();
            throw e;
        }
    }

    private void createInitialAccounts() {
        options.accounts().forEach(this::createAccount);
    }

    /** Starts a server without accounts on any free port. */
    public static LocalPds start() {
        return start(LocalPdsOptions.DEFAULTS);
    }

    /**
     * Starts a server.
     *
     * @throws java.io.UncheckedIOException if the port is in use
     * @throws IllegalArgumentException if an account in the options has an invalid handle
     */
    public static LocalPds start(LocalPdsOptions options) {
        return new LocalPds(options);
    }

    /**
     * Starts a server whose options the function sets, for example with
     * {@code o -> o.account("alice.test", "password")}.
     *
     * @throws java.io.UncheckedIOException if the port is in use
     * @throws IllegalArgumentException if an account in the options has an invalid handle
     */
    public static LocalPds start(Consumer<? super LocalPdsOptions.Builder> options) {
        return start(LocalPdsOptions.of(options));
    }

    /**
     * Returns the URL for signing in, such as {@code http://127.0.0.1:41234}, without a trailing slash. If there is an
     * entryway, this is its URL.
     */
    public URI url() {
        return pds.entrywayUrl();
    }

    /** Returns the URL of the PDS itself, as in DID documents. Without an entryway, it equals {@link #url()}. */
    public URI pdsUrl() {
        return pds.url();
    }

    /** Returns the URL of the {@code did:plc} directory. {@code GET /{did}} returns the account's DID document. */
    public URI plcUrl() {
        return pds.url();
    }

    /**
     * Returns the admin password, for tests that send their own HTTP requests.
     *
     * <p>{@code com.atproto.admin.updateSubjectStatus} accepts it with {@code Basic} authentication for the user
     * {@code admin}. Other tests should call {@link #takedown} and related methods.
     */
    public String adminPassword() {
        return pds.adminPassword();
    }

    /**
     * Creates an account with an email address derived from the handle.
     *
     * @param handle a handle in any domain; this server resolves it
     * @throws IllegalArgumentException if the handle is invalid or taken
     */
    public TestAccount createAccount(String handle, String password) {
        return createAccount(handle, handle + "@mail.test", password);
    }

    /** Like {@link #createAccount(String, String)}. */
    public TestAccount createAccount(Handle handle, String password) {
        return createAccount(handle.toString(), password);
    }

    /**
     * Creates an account.
     *
     * @param handle a handle in any domain; this server resolves it
     * @throws IllegalArgumentException if the handle is invalid, or the handle or email address is taken
     */
    public TestAccount createAccount(String handle, String email, String password) {
        String did = pds.createAccount(handle, email, Objects.requireNonNull(password, "password"));
        return TestAccount.of(Did.of(did), handle.toLowerCase(Locale.ROOT), email.toLowerCase(Locale.ROOT), password);
    }

    /** Returns whether the account exists, regardless of its status. */
    public boolean hasAccount(AtIdentifier account) {
        return hasAccount(account.toString());
    }

    /** Like {@link #hasAccount(AtIdentifier)}; returns false for an invalid handle. */
    public boolean hasAccount(String handle) {
        return pds.hasAccount(handle);
    }

    /**
     * Creates an app password.
     *
     * @param name a name that is unique within the account
     * @return the password, such as {@code abcd-efgh-ijkl-mnop}
     * @throws IllegalArgumentException if the account doesn't exist or already has an app password with that name
     */
    public String createAppPassword(Did did, String name) {
        return pds.createAppPassword(did.toString(), name, false);
    }

    /** Like {@link #createAppPassword}, with access to direct messages. */
    public String createPrivilegedAppPassword(Did did, String name) {
        return pds.createAppPassword(did.toString(), name, true);
    }

    /**
     * Revokes an app password and the refresh tokens of the sessions created with it. Access tokens remain valid until
     * they expire.
     *
     * @return whether the account had an app password with that name
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public boolean revokeAppPassword(Did did, String name) {
        return pds.revokeAppPassword(did.toString(), name);
    }

    /**
     * Revokes all refresh tokens of sessions that an account created with a password. Access tokens remain valid until
     * they expire. For OAuth sessions, see {@link OAuthBehavior#revokeSessions}.
     *
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public void revokeSessions(Did did) {
        pds.revokeSessions(did.toString());
    }

    /**
     * Makes the server reject all access tokens issued so far as expired, even if their {@code exp} is in the future.
     * That is what a client with a slow clock sees. To expire tokens at their {@code exp}, advance the clock.
     */
    public void expireAccessTokens() {
        pds.expireAccessTokens();
    }

    /**
     * Takes down an account, as an operator would. Its refresh tokens are revoked and its OAuth sessions end.
     * {@link #reinstate} doesn't restore them.
     *
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public void takedown(Did did) {
        pds.change(did.toString(), Pds.Change.TAKE_DOWN);
    }

    /** Like {@link #takedown}, with the {@code suspended} status, which the reference server doesn't have. */
    public void suspend(Did did) {
        pds.change(did.toString(), Pds.Change.SUSPEND);
    }

    /** Reverses {@link #takedown} and {@link #suspend}. */
    public void reinstate(Did did) {
        pds.change(did.toString(), Pds.Change.REINSTATE);
    }

    /**
     * Deactivates an account, as its owner would. Its tokens remain valid.
     *
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public void deactivate(Did did) {
        pds.change(did.toString(), Pds.Change.DEACTIVATE);
    }

    /** Reverses {@link #deactivate}. */
    public void activate(Did did) {
        pds.change(did.toString(), Pds.Change.ACTIVATE);
    }

    /**
     * Deletes an account with its records and blobs. Its sessions end, and its DID no longer resolves.
     *
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public void deleteAccount(Did did) {
        pds.deleteAccount(did.toString());
    }

    /**
     * Changes the main password of an account, as its owner would. The refresh tokens of sessions that were created
     * with a password are revoked. OAuth sessions stay valid.
     *
     * @return the account with the new password
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public TestAccount changePassword(TestAccount account, String password) {
        pds.changePassword(account.did().toString(), Objects.requireNonNull(password, "password"));
        return TestAccount.of(account.did(), account.handle(), account.email(), password);
    }

    /**
     * Points an account's DID document to another PDS, as if the account had migrated. This server keeps the account's
     * data.
     *
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public void setPdsEndpoint(Did did, URI endpoint) {
        pds.setPdsEndpoint(did.toString(), endpoint);
    }

    /**
     * Returns a copy of an account's records in a collection, by record key, in ascending order.
     *
     * @param collection the NSID of the collection, such as {@code app.bsky.feed.post}
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public Map<String, LexMap> records(Did did, String collection) {
        return pds.records(did.toString(), collection);
    }

    /**
     * Implements a method that the server lacks, or replaces one that it has. Replaces an earlier handler of the same
     * method.
     *
     * <pre>{@code
     * pds.handle("app.bsky.feed.getFeed", call -> LexMap.of("feed", LexArray.of()));
     * }</pre>
     *
     * <p>Like the methods that a PDS forwards, a new method requires a token. A replaced method keeps its authorization
     * rules. The parameters and the input aren't validated. The handler runs on one of the server's threads. It may run
     * several times at once, and may send requests to the server. {@link #reset()} removes it.
     *
     * @param nsid the method: a query, a procedure or both
     * @throws IllegalArgumentException if the NSID is invalid
     */
    public void handle(String nsid, MethodHandler handler) {
        Objects.requireNonNull(handler, "handler");
        pds.handle(nsid, call -> {
            try {
                return handler.handle(new MethodCall(call));
            } catch (MethodException e) {
                throw new XrpcError(e.status(), e.error(), e.text());
            }
        });
    }

    /**
     * Labels an account or a record, as a labeler would. All views of the subject show the label, no matter which
     * labelers a client subscribes to.
     *
     * @param subject the DID of an account or the AT URI of a record
     * @param value the label's value, such as {@code porn} or {@code !hide}
     */
    public void label(String subject, String value) {
        label(subject, value, LABELER);
    }

    /** Like {@link #label(String, String)}, with the labeler that is the source of the label. */
    public void label(String subject, String value, Did source) {
        pds.label(
                Objects.requireNonNull(subject, "subject"), source.toString(), Objects.requireNonNull(value, "value"));
    }

    /**
     * Removes a label that {@link #label} set. Labels that authors put on their own records remain.
     *
     * @return whether the subject had the label
     */
    public boolean unlabel(String subject, String value) {
        return pds.unlabel(subject, value);
    }

    /** Returns the faults to inject into single requests. */
    public Faults faults() {
        return faults;
    }

    /** Returns the settings that apply to all requests. */
    public ServerBehavior behavior() {
        return behavior;
    }

    /** Returns the server's built-in methods, sorted. Methods added with {@link #handle} aren't included. */
    public List<Nsid> methods() {
        return pds.methods().stream().map(Nsid::of).toList();
    }

    /** Returns the settings for the video service, which is at {@link #pdsUrl()}. */
    public VideoBehavior video() {
        return video;
    }

    /** Returns the settings for the firehose, which is at {@link #pdsUrl()}. */
    public FirehoseBehavior firehose() {
        return firehose;
    }

    /** Returns the events of the firehose, for a {@link LocalJetstream}. */
    EventLog<FirehoseEvent> firehoseLog() {
        return pds.firehose().hub().log();
    }

    Clock clock() {
        return settings.clock;
    }

    /** Returns the settings for the authorization server, which is at {@link #url()}. */
    public OAuthBehavior oauth() {
        return oauth;
    }

    /**
     * Acts as a user who authorizes a client in a browser: opens the URL, signs in with the account's password and
     * grants the request. The browser remembers nothing from earlier calls.
     *
     * @param url the authorization endpoint with {@code client_id} and {@code request_uri}, as a client opens it
     * @return the URI that the browser returns to: the client's {@code redirect_uri} with {@code code}, or with
     *     {@code error} if the server ends the request. Nothing has to listen there
     * @throws IllegalArgumentException if the URL doesn't belong to this server or refers to an unknown request, or the
     *     server rejects the sign-in
     */
    public URI authorize(URI url, TestAccount account) {
        return pds.oauth().authorize(url, account.handle(), account.password());
    }

    /**
     * Like {@link #authorize}, but denies the request without signing in.
     *
     * @return the client's {@code redirect_uri} with {@code error=access_denied}
     * @throws IllegalArgumentException if the URL doesn't belong to this server or refers to an unknown request
     */
    public URI deny(URI url) {
        return pds.oauth().deny(url);
    }

    /** Returns the requests so far, at most the latest 20,000, in order of arrival. */
    public List<RecordedRequest> requests() {
        return recorded(log.all());
    }

    /**
     * Returns the requests for one method so far, in order of arrival.
     *
     * @param nsid the method, or a path that starts with a slash
     */
    public List<RecordedRequest> requests(String nsid) {
        return recorded(log.of(nsid));
    }

    private static List<RecordedRequest> recorded(List<LoggedRequest> requests) {
        return requests.stream().map(RecordedRequest::new).toList();
    }

    /**
     * Returns the number of requests for one method so far.
     *
     * @param nsid the method, or a path that starts with a slash
     */
    public int count(String nsid) {
        return log.of(nsid).size();
    }

    /** Clears the list of requests. */
    public void clearRequests() {
        log.clear();
    }

    /**
     * Waits until at least {@code atLeast} requests for one method have arrived, whether or not they received a
     * response.
     *
     * @param nsid the method, or a path that starts with a slash
     * @param timeout the longest wait, in real time regardless of the server's clock
     * @return all of that method's requests so far
     * @throws AssertionError if the timeout elapses first
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public List<RecordedRequest> awaitRequests(String nsid, int atLeast, Duration timeout) throws InterruptedException {
        return recorded(log.await(nsid, atLeast, timeout));
    }

    /**
     * Restores the initial state: removes accounts, tokens, events, requests, faults and handlers, ends event streams,
     * resets {@link #behavior()}, {@link #video()} and {@link #firehose()}, and recreates the accounts in the options.
     * The port stays the same.
     */
    public void reset() {
        faults.clear();
        settings.reset();
        video.reset();
        oauth.reset();
        pds.reset();
        createInitialAccounts();
    }

    /** Stops the server: frees the port, aborts requests in progress and waits for the server's threads to end. */
    @Override
    public void close() {
        pds.close();
    }

    /** Returns a string that contains the URL. */
    @Override
    public String toString() {
        return "LocalPds[" + url() + "]";
    }
}
