package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.data.internal.Durations;
import dev.atlex.testkit.internal.appview.AppView;
import dev.atlex.testkit.internal.chat.Chat;
import dev.atlex.testkit.internal.oauth.AuthorizationServer;
import dev.atlex.testkit.internal.sync.Firehose;
import dev.atlex.testkit.internal.video.VideoService;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server. It connects its parts, and implements the operations that tests use directly. */
public final class Pds implements AutoCloseable {
    final Settings settings;
    final Tids tids;
    final Tokens tokens;
    final Accounts accounts;
    final Sessions sessions;
    final Records records;
    final AppView appView;
    final RateLimits limits;
    final Chat chat;
    final VideoService video;
    final DidDocuments didDocuments;
    final Firehose firehose;
    final AuthorizationServer oauth;
    final String adminPassword;
    final String url;

    private final HandledMethods handled = new HandledMethods();
    private final RequestLog log;
    private final Function<String, @Nullable FaultPlan> faults;

    /**
     * Guards everything except settings, faults, the log and the test's own methods. The server processes one request at a
     * time, but calls the test's functions without the lock, so that they may send their own requests.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpListener listener;
    private final @Nullable HttpListener entrywayListener;
    private final Router router;

    public Pds(
            int port,
            boolean entryway,
            boolean hasAppView,
            Settings settings,
            RequestLog log,
            Function<String, @Nullable FaultPlan> faults) {
        this.settings = settings;
        this.log = log;
        this.faults = faults;
        tids = new Tids(settings.clock);
        tokens = new Tokens(settings);
        firehose = new Firehose(settings.firehose, settings.clock);
        accounts = new Accounts(settings, tids, firehose);
        sessions = new Sessions(settings, tokens);
        appView = new AppView(accounts, this::blobUrl, settings.clock);
        records = new Records(settings, tids, appView, firehose);
        limits = new RateLimits(settings.clock);
        chat = new Chat(ChatMethods.directory(this), tids::next, settings.clock);
        video = new VideoService(settings.video, tids::next, (did, content) -> VideoMethods.store(this, did, content));
        adminPassword = tokens.newJti();
        // Requests wait for the lock until the constructor has finished.
        lock.lock();
        try {
            // Open the given port first: if it is in use, nothing else has to be closed.
            entrywayListener = entryway ? new HttpListener(port, this::serveEntryway) : null;
            listener = new HttpListener(entryway ? 0 : port, this::serve);
            url = "http://127.0.0.1:" + listener.port();
            didDocuments = new DidDocuments(settings, url);
            oauth = new AuthorizationServer(
                    settings.clock,
                    settings.oauth,
                    new SignIns(accounts),
                    new OAuthHost(),
                    entrywayUrl().toString(),
                    url,
                    Tokens.SERVICE_DID);
            router = new Router(this, handled, hasAppView);
        } finally {
            lock.unlock();
        }
    }

    public URI url() {
        return URI.create(url);
    }

    public URI entrywayUrl() {
        return entrywayListener == null ? url() : URI.create("http://127.0.0.1:" + entrywayListener.port());
    }

    /** Lets the authorization server use the lock and the clock of this server. */
    private final class OAuthHost implements AuthorizationServer.Host {
        @Override
        public <T> T locked(Supplier<T> body) {
            return Pds.this.locked(body);
        }

        @Override
        public void sleep(Duration duration) {
            Pds.this.sleep(duration);
        }
    }

    public Firehose firehose() {
        return firehose;
    }

    /** Announces the current commit of an account, as if its repository had been repaired. */
    public void announceCommit(String did) {
        locked(() -> {
            firehose.sync(account(did).repo.head());
            return did;
        });
    }

    public AuthorizationServer oauth() {
        return oauth;
    }

    /** Returns the DIDs that identify the server: its own, and the {@code did:web} forms of its URL. */
    Set<String> webDids() {
        return new HashSet<>(
                List.of(Tokens.SERVICE_DID, "did:web:127.0.0.1", "did:web:127.0.0.1%3A" + listener.port()));
    }

    private String blobUrl(String did, String cid) {
        return url + "/xrpc/com.atproto.sync.getBlob?did=" + did + "&cid=" + cid;
    }

    public String adminPassword() {
        return adminPassword;
    }

    private Delivery serve(Request request) {
        return serve(request, false);
    }

    private Delivery serveEntryway(Request request) {
        return serve(request, true);
    }

    private Delivery serve(Request request, boolean entryway) {
        RequestLog.Entry entry = log.arrived(LoggedRequest.of(request));
        String nsid = request.nsid();
        FaultPlan fault = faults.apply(nsid == null ? request.path() : nsid);
        Delivery delivery;
        if (fault == null) {
            delivery = Delivery.whole(process(request, entryway));
        } else {
            Delivery instead = sleep(fault.delay()) ? fault.instead(settings.clock) : Delivery.NONE;
            delivery = instead != null ? instead : fault.apply(process(request, entryway));
        }
        log.responded(entry, delivery.response() == null ? 0 : delivery.response().status);
        return delivery;
    }

    private Response process(Request request, boolean entryway) {
        Router ready = locked(() -> router); // waits for the constructor
        return ready.respond(request, entryway);
    }

    /** Waits for the given time. Returns false if the server is closed first. */
    private boolean sleep(Duration delay) {
        if (delay.isZero()) {
            return true;
        }
        try {
            return !closed.await(Durations.nanos(delay), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    /** Creates an account and returns its DID. */
    public String createAccount(String handle, String email, String password) {
        if (!Formats.handle(handle)) {
            throw new IllegalArgumentException("not a valid handle (got \"" + handle + "\")");
        }
        return locked(() -> {
            try {
                return accounts.create(handle, email, password).did;
            } catch (XrpcError e) {
                throw new IllegalArgumentException(e.text, e);
            }
        });
    }

    public boolean hasAccount(String handleOrDid) {
        return locked(() -> accounts.find(handleOrDid) != null);
    }

    public String createAppPassword(String did, String name, boolean privileged) {
        return locked(() -> {
            Account account = account(did);
            if (account.appPasswords.containsKey(name)) {
                throw new IllegalArgumentException(
                        "createAppPassword: the account already has an app password with this name (got \"" + name
                                + "\")");
            }
            return AppPasswords.create(account, name, privileged, settings.clock.instant())
                    .password();
        });
    }

    public boolean revokeAppPassword(String did, String name) {
        return locked(() -> AppPasswords.revoke(this, account(did), name));
    }

    /** Changes to an account's status, by operators or its owner. */
    public enum Change {
        TAKE_DOWN,
        SUSPEND,
        REINSTATE,
        DEACTIVATE,
        ACTIVATE
    }

    public void change(String did, Change change) {
        locked(() -> {
            apply(account(did), change);
            return did;
        });
    }

    void apply(Account account, Change change) {
        switch (change) {
            case TAKE_DOWN -> account.takenDown = true;
            case SUSPEND -> account.suspended = true;
            case REINSTATE -> {
                account.takenDown = false;
                account.suspended = false;
            }
            case DEACTIVATE -> account.deactivated = true;
            case ACTIVATE -> account.deactivated = false;
        }
        if (account.removed()) {
            endSessions(account.did);
        }
        if (change == Change.ACTIVATE) {
            firehose.activated(account.did, account.handle, account.status(), account.repo.head());
        } else {
            firehose.account(account.did, account.status());
        }
    }

    private void endSessions(String did) {
        sessions.revokeAll(did);
        oauth.endSessions(did);
    }

    /** Deletes an account and its records. */
    public void deleteAccount(String did) {
        locked(() -> {
            Account account = account(did);
            endSessions(did);
            for (String collection : account.repo.collections()) {
                account.repo.records(collection).keySet().forEach(key -> appView.deleted(did, collection, key));
            }
            accounts.remove(account);
            firehose.deleted(did);
            return account;
        });
    }

    /** Changes the main password. Only sessions that were created with a password end. */
    public void changePassword(String did, String password) {
        locked(() -> {
            account(did).password = password;
            sessions.revokeAll(did);
            return did;
        });
    }

    public void setPdsEndpoint(String did, URI endpoint) {
        locked(() -> {
            Account account = account(did);
            account.pdsEndpoint = endpoint.toString();
            firehose.identity(did, account.handle);
            return account;
        });
    }

    /** Revokes all refresh tokens of an account. Access tokens remain valid until they expire. */
    public void revokeSessions(String did) {
        locked(() -> {
            sessions.revokeAll(account(did).did);
            return did;
        });
    }

    /** Rejects all access tokens issued so far as expired. */
    public void expireAccessTokens() {
        locked(() -> {
            tokens.expireAccess();
            oauth.expireAccessTokens();
            return tokens;
        });
    }

    /** Returns the records of a collection, ordered by key. */
    public Map<String, LexMap> records(String did, String collection) {
        return locked(() -> {
            Map<String, LexMap> values = new LinkedHashMap<>();
            account(did).repo.records(collection).forEach((key, entry) -> values.put(key, entry.value()));
            return values;
        });
    }

    public void label(String subject, String source, String value) {
        locked(() -> {
            appView.label(subject, source, value, settings.clock.instant());
            return appView;
        });
    }

    public boolean unlabel(String subject, String value) {
        return locked(() -> appView.unlabel(subject, value));
    }

    /** Returns the NSIDs of the methods that the server has, sorted. */
    public List<String> methods() {
        return router.methods();
    }

    /** Makes the test's own function respond to calls to a method. */
    public void handle(String nsid, HandledCall.Handler handler) {
        if (!Formats.nsid(nsid)) {
            throw new IllegalArgumentException("handle: not a valid NSID (got \"" + nsid + "\")");
        }
        handled.put(nsid, handler);
    }

    private Account account(String did) {
        Account account = accounts.byDid(did);
        if (account == null) {
            throw new IllegalArgumentException("no account with this DID on the server (got \"" + did + "\")");
        }
        return account;
    }

    /** Removes all accounts, records, tokens and counts. */
    public void reset() {
        locked(() -> {
            accounts.clear();
            appView.clear();
            sessions.clear();
            tokens.clear();
            limits.clear();
            chat.clear();
            video.clear();
            handled.clear();
            oauth.clear();
            firehose.hub().reset();
            return log;
        });
        log.clear();
    }

    @Override
    public void close() {
        // Stop accepting connections first: a client whose connection is closed may retry immediately.
        listener.stopAccepting();
        if (entrywayListener != null) {
            entrywayListener.stopAccepting();
        }
        closed.countDown();
        firehose.hub().close();
        listener.close();
        if (entrywayListener != null) {
            entrywayListener.close();
        }
    }
}
