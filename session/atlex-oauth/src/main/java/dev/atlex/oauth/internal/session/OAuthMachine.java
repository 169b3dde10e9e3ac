package dev.atlex.oauth.internal.session;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexException;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.RefreshReply;
import dev.atlex.oauth.internal.server.RefreshReply.NotSent;
import dev.atlex.oauth.internal.server.RefreshReply.Refused;
import dev.atlex.oauth.internal.server.RefreshReply.Rotated;
import dev.atlex.oauth.internal.server.RefreshReply.Unknown;
import dev.atlex.oauth.internal.server.TokenReply;
import dev.atlex.oauth.internal.session.Changes.Change;
import dev.atlex.oauth.internal.session.OAuthRecord.Marker;
import dev.atlex.oauth.internal.session.RefreshOutcome.Kept;
import dev.atlex.oauth.internal.session.RefreshOutcome.Refreshed;
import dev.atlex.oauth.internal.session.Snapshot.Active;
import dev.atlex.oauth.internal.session.Snapshot.Ended;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.state.Retry;
import dev.atlex.session.internal.state.SingleFlight;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of an OAuth session, and the only writer of its state.
 *
 * <h2>The basic rule</h2>
 *
 * A refresh token works once. A second use ends the session and invalidates the new tokens. So a refresh isn't
 * repeated, and no two processes refresh at the same time. Password sessions are different: a refresh token may be used
 * twice, a lease only saves work, and a failed refresh is simply retried (decision 0007). This machine uses the same
 * stores, but follows none of those rules (decision 0024).
 *
 * <h2>States</h2>
 *
 * The whole state is one immutable {@link Snapshot} in one field ({@link SnapshotCell}). A session is
 *
 * <ul>
 *   <li><b>Active</b>: it has {@link Tokens}, and the record that the store has of them. Three facts may qualify this
 *       state:
 *       <ul>
 *         <li><i>unsettled</i>: a refresh was sent, and its outcome is unknown. The marker stays in the store.
 *         <li><i>unsaved</i>: the session has new tokens, and the store refused them. The lease stays with this
 *             process.
 *         <li><i>retry</i>: the last refresh failed, and the next one has to wait.
 *       </ul>
 *   <li><b>Ended</b>: logged out, or ended by the server. It never becomes active again.
 * </ul>
 *
 * <h2>Writers</h2>
 *
 * Refreshes, saves and logouts are {@link Changes}: they run one after another, each on a separate thread. Callers
 * wait for them but can't cancel them. Facts that responses reveal (the account's state, a refusal of fresh tokens)
 * are recorded in the cell at any time. Calls read the snapshot.
 *
 * <p>A caller that needs a refresh passes the tokens that failed. If these are no longer the current tokens, no refresh
 * is needed. Callers that arrive during a refresh share its outcome.
 *
 * <h2>The store decides</h2>
 *
 * An entry that was saved after the known one takes precedence, no matter which process saved it: either that process
 * has refreshed the tokens, or the account has signed in again. An entry that was saved earlier is a restored backup,
 * and is replaced. A missing entry doesn't end the session, unless its logout is queued.
 *
 * <h2>A refresh</h2>
 *
 * {@link #refreshUnderLease} reads top to bottom. Its invariants:
 *
 * <ul>
 *   <li>Without the lease, nothing is sent. Without the saved marker, nothing is sent.
 *   <li>The marker is removed only by the response that settles it. A process that finds a marker knows that the
 *       refresh token may have been used. It sends nothing for {@link Markers#QUIET}, and then once: either the token
 *       was never used, or the server rejects it, and the session ends as {@code REFRESH_LOST}.
 *   <li>New tokens are saved before they are used, and before anything else in the response is checked.
 *   <li>Only {@code invalid_grant} ends a session, and only if the store has nothing newer. Only the entry with the
 *       refused token is deleted.
 * </ul>
 *
 * <p>So a process may be killed at any moment. The session is lost only if that happens between the server's rotation
 * and the save, which is one {@code fsync} or one {@code UPDATE}.
 */
public final class OAuthMachine {
    /** The longest time that an urgent refresh waits for another process. */
    private static final Duration MAX_LEASE_WAIT = Duration.ofSeconds(12);

    /** The time limit of the request. Together with the saves, it is less than a lease's exclusive time. */
    private static final Duration MAX_REQUEST = Duration.ofSeconds(30);

    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

    /** The pauses after refreshes with unknown outcomes. */
    private static final ExponentialBackoff UNSETTLED_PAUSES =
            new ExponentialBackoff(Markers.QUIET, Duration.ofMinutes(10));

    private static final String SAVE = "save";
    private static final String REFRESH = "refresh";
    private static final String REFRESH_AHEAD = "refresh-ahead";

    private final OAuthContext context;
    private final Did did;
    private final SessionEntry entry;
    private final SnapshotCell cell;
    private final Notifier notifier;
    private final SessionSaver saver;
    private final SessionEnding ending;
    private final Markers markers;
    private final Changes changes = new Changes();

    private OAuthMachine(OAuthContext context, Entry stored, OAuthRecord record) {
        this.context = context;
        this.did = record.data().did();
        this.entry = new SessionEntry(context.store(), stored.key());
        Instant refreshedAt = record.issuedAt() == null ? stored.savedAt() : record.issuedAt();
        this.cell = new SnapshotCell(new Active(
                record,
                stored.generation(),
                Tokens.first(record, context.timing()),
                Retry.NONE,
                null,
                null,
                null,
                refreshedAt));
        this.notifier = new Notifier(context.listener());
        LogoutQueue logouts = new LogoutQueue(context);
        this.ending = new SessionEnding(context, cell, entry, logouts, notifier);
        this.markers = new Markers(context, cell, entry, ending);
        this.saver = new SessionSaver(context, cell, entry, logouts, ending, notifier);
    }

    /**
     * Creates a session from its entry. Nothing is sent.
     *
     * @throws SessionStoreException if the entry is corrupt, the session belongs to a different client, or its key
     *     can't be used
     */
    public static OAuthMachine of(OAuthContext context, Entry stored) {
        OAuthRecord record = OAuthRecord.of(stored);
        OAuthMachine machine = new OAuthMachine(context, stored, record);
        context.auth(record.data());
        return machine;
    }

    // Reading

    /** Returns the current state without waiting for a change in progress. */
    public Snapshot snapshot() {
        return cell.get();
    }

    /**
     * Returns the session's data without waiting for a change in progress.
     *
     * @throws SessionException if the session has ended
     */
    public OAuthSessionData data() {
        return cell.active().data();
    }

    /** Returns the tokens, which must never appear in an exception. */
    List<String> secrets() {
        OAuthSessionData data = cell.facts().data();
        String refreshToken = data.refreshToken();
        return refreshToken == null ? List.of(data.accessToken()) : List.of(data.accessToken(), refreshToken);
    }

    /** Publishes an event about this session. */
    public void publish(SessionEvent event) {
        notifier.publish(event);
    }

    // Facts that responses reveal

    /**
     * Records the account's state, as shown by a response.
     *
     * @param refused the account's state if the server refused the call because of it, or null
     * @param status the response's status; a success shows that the account is active
     */
    void noteAccount(@Nullable AccountInactiveException refused, int status) {
        if (refused != null || cell.facts().inactive() != null && status < 300) {
            cell.update(active -> active.withInactive(refused));
        }
    }

    /**
     * Records that the server refused fresh tokens. It would refuse new ones too, so no refresh follows immediately.
     */
    void noteRefused(Tokens tokens) {
        Instant now = context.now();
        cell.update(active ->
                active.tokens().isSame(tokens) ? active.with(active.tokens().refused(now)) : active);
    }

    // Refreshing

    /**
     * Returns the tokens for a call, after refreshing them if necessary. Retries failed saves.
     *
     * @param isReplayable whether the call can be sent a second time. If not, the call waits until any refresh has
     *     ended, because a token may stop working as soon as its successor is issued
     * @throws SessionException if the session has ended
     */
    Tokens await(boolean isReplayable, Deadline deadline) {
        Active now = cell.active();
        if (changes.isMine()) {
            return now.tokens();
        }
        if (saver.isDue(now)) {
            changes.join(SAVE, saver::saveAgain);
        }
        Change<?> running = changes.inProgress();
        if (running != null && running.isNamed(SAVE)) {
            running = null; // Calls don't need the save, and a failing store is slow.
        }
        if (running == null && isDue(now)) {
            Tokens due = now.tokens();
            boolean urgent = !isReplayable || due.isExpired(context.now());
            running = urgent
                    ? changes.join(REFRESH, () -> refresh(due, true))
                    : changes.join(REFRESH_AHEAD, () -> refresh(due, false));
        }
        if (running != null) {
            boolean urgent = !isReplayable || now.tokens().isExpired(context.now());
            running.awaitEnd(urgent ? deadline : deadline.part(MAX_LEASE_WAIT));
        }
        return cell.active().tokens();
    }

    private boolean isDue(Active now) {
        return now.tokens().isDue(context.now()) && now.data().refreshToken() != null && !isWaiting(now);
    }

    private boolean isWaiting(Active now) {
        return now.retry().isWaiting(context.now(), context.timing().nanoTime().getAsLong());
    }

    /**
     * Refreshes the tokens, unless those that failed have already been replaced.
     *
     * @param failed the tokens that failed
     * @param forced whether to try even if a refresh has just failed
     * @throws SessionException if the session has ended
     * @throws TransportException if the caller's time limit is reached, or its thread is interrupted; the refresh
     *     continues
     */
    public RefreshOutcome refresh(Tokens failed, boolean forced, Deadline deadline) {
        Active now = cell.active();
        if (!now.tokens().isSame(failed)) {
            return new Refreshed();
        }
        if (changes.isMine() || !forced && isWaiting(now)) {
            return kept(now);
        }
        return changes.join(REFRESH, () -> refresh(failed, true)).await(deadline);
    }

    /** Like {@link #refresh(Tokens, boolean, Deadline)}, with the current tokens. */
    public RefreshOutcome refresh(Deadline deadline) {
        return refresh(cell.active().tokens(), true, deadline);
    }

    private Kept kept(Active now) {
        Instant notBefore = now.retry().notBefore();
        return new Kept(now.retry().failure(), notBefore == null ? context.now().plusSeconds(1) : notBefore);
    }

    /**
     * Performs a refresh on the thread of a change. Failures leave the session as it is, unless the server ended it.
     */
    private RefreshOutcome refresh(Tokens failed, boolean urgent) {
        try {
            // Reload: another process may have refreshed.
            if (!cell.active().tokens().isSame(failed) || saver.saveAgain() && adoptsNewer()) {
                return new Refreshed();
            } else if (!cell.active().isSaved()) {
                return postpone(new SessionStoreException("refresh: the current tokens aren't saved yet", null), null);
            }
            // Lease: exclusive, or nothing is sent.
            try (LeaseHold lease = LeaseHold.acquire(entry, urgent ? MAX_LEASE_WAIT : Duration.ZERO)) {
                return lease == null ? kept(cell.active()) : refreshUnderLease(lease);
            }
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            if (cell.get() instanceof Ended ended) {
                throw ended.reason().again();
            }
            return postpone(UnexpectedErrorException.of("refreshing a session", e), null);
        }
    }

    /** Performs one refresh, from top to bottom, under the exclusive lease. */
    private RefreshOutcome refreshUnderLease(LeaseHold lease) {
        // Reload: another process may have refreshed, or signed in again, or logged out.
        if (adoptsNewer()) {
            return new Refreshed();
        }
        ending.requireNotLoggedOut();
        // Marker: the outcome of an earlier refresh may be unknown.
        Active now = cell.active();
        Marker earlier = markers.unsettled(now);
        if (earlier != null && markers.isQuiet(earlier)) {
            return postpone(markers.failure(now), earlier.at().plus(Markers.QUIET));
        }
        String refreshToken = now.data().refreshToken();
        if (refreshToken == null) {
            if (now.tokens().isExpired(context.now())) {
                throw ending.endExpired();
            }
            return postpone(new SessionStoreException("refresh: the session has no refresh token", null), null);
        }
        // Steps that can still fail without harm: endpoints, the client's key, a shutdown.
        AuthServer server = context.server(now.record());
        ClientAuth auth = context.auth(now.data());
        if (!changes.isGuarded()) {
            return postpone(new SessionStoreException("refresh: the program is exiting", null), null);
        }
        // Prepare: announce the refresh in the store.
        Marker marker = markers.create();
        OAuthRecord prepared = context.described(now.record(), server).with(marker);
        Long generation = entry.save(now.entry(), prepared);
        if (generation == null) {
            return kept(now);
        }
        cell.update(active -> active.stored(prepared, generation).withUnsettled(marker));
        // Send: only once.
        long start = System.nanoTime();
        RefreshReply reply = send(server, auth, now.tokens(), refreshToken);
        if (reply instanceof Rotated rotated) {
            // Save: before the tokens are used, and before anything else is checked.
            TokenReply tokens = rotated.tokens();
            OAuthRecord next = prepared.rotated(IssuedTokens.rotated(now.data(), tokens, auth), tokens.receivedAt());
            if (saver.saveAndUse(next, lease)) {
                ending.verify(tokens);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                notifier.publish(
                        new SessionEvent.Refreshed(did, took, cell.active().expiry()));
            }
            return new Refreshed();
        } else if (reply instanceof Refused refused && refused.endsSession()) {
            // End: unless another process has refreshed.
            if (adoptsNewer()) {
                return new Refreshed();
            }
            throw ending.end(refused.failure(), earlier != null);
        } else if (reply instanceof Refused refused) {
            // Settle: the token is unused, so the earlier marker, if any, is restored.
            markers.restore(earlier);
            return postpone(refused.failure(), refused.retryAt());
        } else if (reply instanceof NotSent unsent) {
            markers.restore(earlier);
            return postpone(unsent.failure(), null);
        }
        // Unknown: the marker stays, so that no process sends a refresh.
        Unknown unknown = (Unknown) reply;
        Instant next = context.now().plus(UNSETTLED_PAUSES.after(now.retry().failures()));
        Instant asked = unknown.retryAt();
        return postpone(unknown.failure(), asked == null || asked.isBefore(next) ? next : asked);
    }

    /** Adopts the tokens that another process has saved. Returns whether there are any that still work. */
    private boolean adoptsNewer() {
        Active now = cell.active();
        Found found = entry.load(now.entry());
        if (found instanceof Found.Lost lost) {
            cell.update(active -> active.replacing(lost.generation()));
        }
        return found instanceof Found.Newer newer
                && saver.adopt(newer.record(), newer.generation())
                && !cell.active().tokens().isExpired(context.now());
    }

    /**
     * Sends the refresh token. The only failure after which it tries again is that no connection could be established.
     */
    private RefreshReply send(AuthServer server, ClientAuth auth, Tokens tokens, String refreshToken) {
        Deadline deadline = context.timing().deadline(MAX_REQUEST);
        try {
            RefreshReply reply = context.server().refresh(server, auth, tokens.key(), refreshToken, deadline);
            if (reply instanceof NotSent) {
                context.timing().sleeper().sleep(RECONNECT_PAUSE);
                reply = context.server().refresh(server, auth, tokens.key(), refreshToken, deadline);
            }
            return reply;
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            return new Unknown(UnexpectedErrorException.of("refreshing a session", e), null);
        }
    }

    /** Keeps the session active, and schedules the next attempt. */
    private Kept postpone(RuntimeException failure, @Nullable Instant askedFor) {
        Instant at = context.now();
        long nanos = context.timing().nanoTime().getAsLong();
        Active now = cell.update(active -> active.with(active.retry().failed(failure, askedFor, at, nanos)));
        Kept kept = kept(now);
        notifier.publish(new SessionEvent.RefreshFailed(did, failure, kept.retryAt()));
        return kept;
    }

    // Saving and ending

    /** Saves tokens that the store has refused, unless a change is in progress. Doesn't throw. */
    public void saveNow() {
        if (!cell.facts().isSaved() && changes.inProgress() == null) {
            changes.join(SAVE, saver::saveAgain).awaitEnd(Deadline.NONE);
        }
    }

    /**
     * Waits for changes in progress, then saves tokens that the store has refused, and waits for the result.
     *
     * @return whether the store has the session's tokens
     * @throws TransportException if the wait times out or the thread is interrupted
     */
    public boolean save(Deadline deadline) {
        if (!changes.isMine()) {
            Change<?> running = changes.inProgress();
            if (running != null && !running.awaitEnd(deadline)) {
                throw Thread.currentThread().isInterrupted()
                        ? SingleFlight.interrupted(new InterruptedException())
                        : SingleFlight.noTime();
            }
            if (!cell.facts().isSaved()) {
                changes.join(SAVE, saver::saveAgain).await(deadline);
            }
        }
        return cell.facts().isSaved();
    }

    /** Waits until the changes in progress have ended, or the deadline is reached. */
    public void awaitChanges(Deadline deadline) {
        Change<?> running = changes.inProgress();
        if (running != null && !changes.isMine()) {
            running.awaitEnd(deadline);
        }
    }

    /**
     * Ends the session here and at its server. The revocation is queued in the store before it is sent, and stays
     * queued if it fails. If queueing fails, the session ends only once the server has revoked it.
     *
     * @return whether the server has confirmed the logout
     * @throws LexException if the revocation fails and can't be queued; the session stays active
     */
    public boolean logout() {
        return changes.isMine()
                ? logoutNow()
                : changes.start("logout", this::logoutNow).await(Deadline.NONE);
    }

    private boolean logoutNow() {
        boolean confirmed = ending.logout();
        saver.releaseKept();
        return confirmed;
    }

    /** Returns a description without tokens. */
    @Override
    public String toString() {
        return "OAuthMachine[" + did + ", " + cell.get() + "]";
    }
}
