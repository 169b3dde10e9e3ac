package dev.atlex.oauth;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.CallObserver;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.oauth.internal.session.DpopSender;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.oauth.internal.session.OAuthMachine;
import dev.atlex.oauth.internal.session.RefreshOutcome;
import dev.atlex.oauth.internal.session.Snapshot;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.RefreshResult;
import dev.atlex.session.Session;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.store.EntryStore;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * A session that an account's owner granted to this program through OAuth. It is an {@link Agent} for that account.
 *
 * <p>A session adds the access token and a DPoP proof to each request, and sends the request to the account's server.
 * It refreshes the token shortly before it expires, once for all waiting calls and for all processes that share the
 * store. Transient failures don't end a session. Once the server has ended a session, its calls throw
 * {@link SessionEndedException}. Sessions are thread-safe.
 *
 * <p><b>A refresh token works once.</b> Therefore, one process announces a refresh in the store, sends it on a separate
 * thread, and saves the new tokens before anything else. A caller that is interrupted or runs out of time stops
 * waiting, but the refresh continues, and a shutdown of the JVM waits for it. If the token has expired and
 * can't be refreshed now, calls throw {@link SessionBusyException}: another process is refreshing, the authorization
 * server can't be reached, or the outcome of a refresh is unknown. Try again later.
 *
 * <p>An {@code OAuthClient} creates sessions:
 *
 * <pre>{@code
 * try (OAuthSession session = client.resume(did)) {
 *     new Client(session).call(…);
 * }
 * }</pre>
 *
 * @see <a href="https://atproto.com/specs/oauth">OAuth for the AT Protocol</a>
 */
public final class OAuthSession implements Session {
    private static final System.Logger LOG = SessionLog.LOG;

    /** The longest that {@link #close} waits for a refresh, and then for tokens to be saved. */
    private static final Duration MAX_CLOSE_WAIT = Duration.ofSeconds(30);

    private final OAuthMachine machine;
    private final DpopSender sender;
    private final Did did;
    private final Transport transport;
    private final CallObserver observer;
    private final Clock clock;

    private OAuthSession(OAuthContext context, EntryStore.Entry entry) {
        this.machine = OAuthMachine.of(context, entry);
        this.sender = new DpopSender(machine, context);
        this.did = machine.data().did();
        this.transport = context.transport();
        this.observer = context.observer();
        this.clock = context.clock();
    }

    /**
     * Creates a session from its entry, without a request, and publishes that it was resumed.
     *
     * @throws dev.atlex.session.SessionStoreException if the entry is corrupt, its session belongs to a different
     *     client, or its key can't be used
     */
    static OAuthSession resumed(OAuthContext context, EntryStore.Entry entry) {
        OAuthSession session = new OAuthSession(context, entry);
        session.machine.publish(new SessionEvent.Resumed(session.did));
        return session;
    }

    /** Creates a session that has just begun, and publishes that the account signed in. */
    static OAuthSession signedIn(OAuthContext context, EntryStore.Entry entry) {
        OAuthSession session = new OAuthSession(context, entry);
        session.machine.publish(
                new SessionEvent.SignedIn(session.did, session.data().issuer()));
        return session;
    }

    /** Returns the account's DID, even after the session has ended. */
    @Override
    public Did did() {
        return did;
    }

    /** Returns the granted scopes, which may be fewer than those requested. */
    public Scopes scopes() {
        return Scopes.parse(machine.snapshot().facts().data().scope());
    }

    /** Returns the authorization server's issuer. */
    public URI issuer() {
        return machine.snapshot().facts().data().issuer();
    }

    /** Returns the URL of the account's server, which receives the requests. */
    @Override
    public URI target() {
        return machine.snapshot().facts().data().pds();
    }

    /**
     * Returns the session's data, with its tokens and its private key, without waiting for a refresh in progress. Don't
     * resume a copy elsewhere: as soon as both have refreshed, the session ends.
     *
     * @throws SessionException if the session has ended
     */
    public OAuthSessionData data() {
        return machine.data();
    }

    /**
     * Returns the session's health without contacting a server, even after the session has ended. Its handle is the one
     * with which the user signed in. It has no {@link SessionHealth#refreshExpiresAt}, which OAuth servers don't
     * report.
     */
    @Override
    public SessionHealth health() {
        Snapshot snapshot = machine.snapshot();
        Snapshot.Active facts = snapshot.facts();
        AccountInactiveException inactive = facts.inactive();
        return facts.record()
                .health()
                .accessExpiresAt(facts.expiry())
                .lastRefresh(facts.refreshedAt())
                .retryAt(facts.retry().notBefore())
                .failure(inactive == null ? facts.retry().failure() : inactive)
                .ended(snapshot instanceof Snapshot.Ended ended ? ended.reason() : null)
                .saved(facts.isSaved())
                .build();
    }

    /** Returns whether the session has ended. */
    @Override
    public boolean isEnded() {
        return machine.snapshot() instanceof Snapshot.Ended;
    }

    /**
     * Returns whether the store has the session's latest tokens. If not, the session keeps the tokens in memory, no
     * other process can refresh them, and saving is retried when the session is used. If the program ends before that,
     * the session is lost.
     */
    @Override
    public boolean isSaved() {
        return machine.snapshot().facts().isSaved();
    }

    @Override
    public boolean isExpired() {
        data();
        return machine.snapshot().facts().isExpired(clock.instant());
    }

    /**
     * Refreshes the tokens, even if they haven't expired. No request is sent while another process is refreshing, or
     * for half a minute after a refresh with an unknown outcome.
     *
     * @return the result: whether there are new tokens, and the transient failure if there was one
     * @throws SessionException if the session has ended
     * @throws TransportException if the thread is interrupted; the refresh continues
     */
    @Override
    public RefreshResult refresh() {
        RefreshOutcome outcome = machine.refresh(Deadline.NONE);
        return outcome instanceof RefreshOutcome.Kept kept
                ? RefreshResult.kept(did, kept.failure(), kept.retryAt())
                : RefreshResult.succeeded(did);
    }

    @Override
    public boolean save() {
        machine.saveNow();
        return isSaved();
    }

    /**
     * Waits for a refresh or logout in progress, then saves like {@link #save()}.
     *
     * @param maxWait the longest wait
     * @return whether everything is saved ({@link #isSaved})
     * @throws TransportException if the wait times out or the thread is interrupted; saving continues
     */
    @Override
    public boolean save(Duration maxWait) {
        return machine.save(Deadline.in(maxWait));
    }

    /**
     * Ends the session here and at its server. The session always ends here, unless the revocation can neither be sent
     * nor queued in the store. A failed revocation stays queued, and is retried by {@code OAuthClient.finishLogouts},
     * even after a restart.
     *
     * <p>A server's response doesn't prove that it revoked the token, so this method also verifies that the refresh
     * token no longer works. Behind an entryway, the account's server may accept the access token until it expires.
     *
     * @return whether the server has confirmed the logout
     * @throws dev.atlex.data.LexException if the revocation fails and the store can't queue it; the session stays
     *     active, and the logout can be retried
     */
    @Override
    public boolean logout() {
        return machine.logout();
    }

    /**
     * Closes the session. It stays signed in, and can be resumed. Waits up to 30 seconds for a refresh in progress, so
     * that the program can close its transport afterward. If tokens are unsaved, tries once more to save them. Never
     * throws.
     */
    @Override
    public void close() {
        machine.awaitChanges(Deadline.in(MAX_CLOSE_WAIT));
        if (isSaved() || isEnded()) {
            return;
        }
        boolean saved = false;
        try {
            saved = save(MAX_CLOSE_WAIT);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
        }
        if (!saved) {
            LOG.log(
                    Level.WARNING,
                    "failed to save the tokens for {0} while closing its session; if the program ends now, sign in again",
                    did);
        }
    }

    /**
     * Sends a request with the account's access token and a proof. If its body can be sent only once, the request waits
     * for any refresh in progress, and until the server's latest nonce is known.
     *
     * @throws IllegalArgumentException if the request has an {@code Authorization} or {@code DPoP} header
     * @throws SessionEndedException if the session has ended
     * @throws AccountInactiveException if the server has ended the session because of the account's state
     * @throws SessionBusyException if the access token is rejected and can't be refreshed now
     * @throws ScopeMissingException if the user hasn't granted the scope for the call
     * @throws ProofTargetException if the server expects a different URL in the proof, for example behind a proxy
     * @throws TransportException if no response was received
     */
    @Override
    public TransportResponse send(AgentRequest request) {
        return sender.send(request);
    }

    /** Returns the client's transport, which doesn't add tokens to requests. */
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
        return "OAuthSession[" + did + (isEnded() ? ", ended" : "") + "]";
    }
}
