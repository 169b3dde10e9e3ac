package dev.atlex.session.internal.state;

import dev.atlex.client.XrpcException;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.AuthServerClient.IssuedSession;
import dev.atlex.session.internal.auth.RefreshReply;
import dev.atlex.session.internal.auth.RefreshReply.Rejected;
import dev.atlex.session.internal.auth.RefreshReply.Rotated;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.PasswordEntryCodec;
import dev.atlex.session.internal.persist.Reload;
import dev.atlex.session.internal.persist.RotatedTokens;
import dev.atlex.session.internal.persist.Save;
import dev.atlex.session.internal.persist.Save.LoggedOutElsewhere;
import dev.atlex.session.internal.persist.Save.Superseded;
import dev.atlex.session.internal.persist.Saving;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.SessionRepository;
import dev.atlex.session.internal.state.RefreshOutcome.Kept;
import dev.atlex.session.internal.state.RefreshOutcome.Refreshed;
import dev.atlex.session.internal.state.Snapshot.Active;
import dev.atlex.session.internal.state.Snapshot.Ended;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a session, and the only writer of its state.
 *
 * <h2>States</h2>
 *
 * The whole state is one immutable {@link Snapshot} in one field. A session is
 *
 * <ul>
 *   <li><b>Active</b>: it has tokens ({@link AccessTokens}), whose {@link Freshness} is a function of the snapshot and
 *       the time. {@link Retry} records whether the last refresh failed and when the next one may be tried.
 *       {@code Saving} records whether the store and the hooks have the newest tokens.
 *   <li><b>Ended</b>: logged out, ended by the server, or migrated away. It never becomes active again. It keeps its
 *       last facts for {@code health()}, and the tokens that still have to be revoked for {@link #logout}.
 * </ul>
 *
 * <h2>Writers and the lock</h2>
 *
 * The field is in {@link SnapshotCell}, which only this class and its parts {@link SessionSaver} and
 * {@link SessionEnding} can reach. Tokens, retry and saving change under {@link SingleFlight}, which one thread holds
 * while it refreshes, saves or logs out. Calls don't take that lock. They read the snapshot, and wait while a refresh
 * that they need is in progress. Facts that responses reveal (the server's clock, the account's state, a refusal of
 * fresh tokens) are recorded in the cell, which holds its monitor for a single assignment. No monitor is held during
 * I/O.
 *
 * <p>A caller that needs a refresh passes the tokens that failed. If these are no longer the current tokens, another
 * thread has already refreshed them, and no refresh is needed. A caller that waited while another thread's refresh
 * failed shares that failure instead of trying again. Between processes, the store's lease plays the role of the lock.
 * It saves work, but correctness doesn't depend on it (decision 0007).
 *
 * <h2>A refresh</h2>
 *
 * {@link #refreshLocked} reads top to bottom: reload the entry, acquire the lease, reload again, exchange the refresh
 * token, save, change the snapshot, publish. Invariants:
 *
 * <ul>
 *   <li>New tokens are saved before they are used. If saving fails, they are used anyway, and saving is retried.
 *   <li>A refresh token that was sent is <i>unsettled</i> until the server's response shows whether it was used. A
 *       logout requests its successor first.
 *   <li>A rotated refresh token is kept until its server forgets it, because a logout has to revoke it too.
 *   <li>Transient failures leave the session active. It ends only if its server ends it, or if its entry is gone and a
 *       logout is recorded. After that, every call throws the reason (decision 0003).
 * </ul>
 *
 * <p>The decisions are in {@code docs/decisions}: 0003 (session failures are thrown), 0007 (stores, generations and
 * leases), 0010 (whose entry it is) and 0012 (one immutable value).
 *
 * <h2>User code</h2>
 *
 * Only {@link Notifier} calls hooks, listeners and prompts. It does so on the thread whose call caused the change,
 * while that thread holds the lock. User code may use the session: the lock is reentrant, and a refresh that is started
 * during a refresh reports the last failure instead. It must not wait for another thread that uses the session.
 */
public final class SessionMachine {
    private static final System.Logger LOG = SessionLog.LOG;

    /**
     * The longest that a call waits for a refresh that isn't urgent. A quarter of the call's time limit is another
     * upper bound.
     */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    /** The minimum time that a call must have left to start a refresh that isn't urgent. */
    private static final Duration ENOUGH = Duration.ofMillis(500);

    /**
     * The maximum number of times that a single refresh adopts newer tokens after a rejection. Without a limit, it
     * might never end.
     */
    private static final int MAX_ADOPTED = 3;

    private final AuthServerClient server;
    private final SessionRepository<SessionData> repository;
    private final Notifier notifier;
    private final TimeSource timing;
    private final Clock clock;
    private final Did did;
    private final SingleFlight lock = new SingleFlight();
    private final SnapshotCell cell;
    private final SessionSaver saver;
    private final SessionEnding ending;

    private SessionMachine(AuthServerClient server, SessionContext context, Notifier notifier, Active first) {
        this.server = server;
        this.notifier = notifier;
        this.timing = context.timing();
        this.clock = context.clock();
        this.did = first.data().did();
        this.repository =
                new SessionRepository<>(context.store(), PasswordEntryCodec.INSTANCE, first.data(), context.clock());
        this.cell = new SnapshotCell(first);
        this.saver = new SessionSaver(cell, server, repository, notifier, context.clock());
        this.ending = new SessionEnding(cell, server, repository, notifier, context);
    }

    /** Creates a session from saved data. */
    public static SessionMachine saved(
            AuthServerClient server, SessionData data, SessionContext context, Notifier notifier) {
        AccessTokens tokens = AccessTokens.saved(0, data, Duration.ZERO, context.timing());
        return new SessionMachine(server, context, notifier, Active.of(tokens, Duration.ZERO, null));
    }

    /** Creates a session that comes from an entry of its store. */
    public static SessionMachine stored(
            AuthServerClient server, EntryStore.Entry entry, SessionContext context, Notifier notifier) {
        SessionRecord record = SessionRecord.of(entry);
        SessionMachine machine = saved(server, record.data(), context, notifier);
        machine.cell.update(active -> active.withRefreshedAt(entry.savedAt())
                .with(active.saving()
                        .with(machine.repository.loaded(
                                active.saving().entry(), entry, PasswordEntryCodec.INSTANCE.decode(entry)))));
        return machine;
    }

    /** Creates a session that a server has just issued. The caller must then call {@link #announce}. */
    public static SessionMachine issued(
            AuthServerClient server, IssuedSession issued, SessionContext context, Notifier notifier) {
        Duration offset = issued.clockOffset() == null ? Duration.ZERO : issued.clockOffset();
        AccessTokens tokens = AccessTokens.fresh(0, issued.data(), offset, context.timing());
        return new SessionMachine(
                server,
                context,
                notifier,
                Active.of(tokens, offset, context.clock().instant()));
    }

    // Reading

    /** Returns the current state without waiting for a refresh in progress. */
    public Snapshot snapshot() {
        return cell.get();
    }

    /**
     * Returns the session's data without waiting for a refresh in progress.
     *
     * @throws SessionException if the session has ended
     */
    public SessionData data() {
        return cell.data();
    }

    /** Returns the tokens, which must never appear in an exception. */
    public List<String> secrets() {
        return cell.facts().secrets(clock.instant());
    }

    private AuthServerClient server() {
        return server.hiding(secrets());
    }

    // Facts that responses reveal

    /**
     * Records how far the server's clock is ahead of ours. Ignores null, which means that the response didn't show it.
     */
    public void noteClockOffset(@Nullable Duration offset) {
        if (offset != null) {
            cell.update(active -> active.withClockOffset(offset));
        }
    }

    /**
     * Records the account's state, as shown by a response.
     *
     * @param refused the account's state if the server refused the call because of it, or null
     * @param status the response's status; a success shows that the account is active
     */
    public void noteAccount(@Nullable AccountInactiveException refused, int status) {
        if (refused != null || cell.facts().inactive() != null && status < 300) {
            cell.update(active -> active.withInactive(refused));
        }
    }

    /** Records that the server accepted a refreshed token. */
    public void noteAccepted() {
        if (cell.facts().expiredInARow() != 0) {
            cell.update(active -> active.withExpiredInARow(0));
        }
    }

    /**
     * Records that the server refused fresh tokens. The wait before the next refresh grows each time, because some
     * methods may refuse any token.
     *
     * @param calledExpired whether the server reported the tokens as expired
     */
    public void noteRefused(AccessTokens tokens, boolean calledExpired) {
        Instant now = clock.instant();
        cell.update(active -> {
            AccessTokens current = active.tokens();
            if (!current.isSame(tokens)) {
                return active;
            }
            if (!calledExpired) {
                return active.with(current.refused(now));
            }
            return current.isPaused(now)
                    ? active
                    : active.with(current.calledExpired(now, active.expiredInARow()))
                            .withExpiredInARow(active.expiredInARow() + 1);
        });
    }

    /** Records that the account's server recognizes the tokens, even if it refuses a call. */
    public void noteKnownAtTarget(AccessTokens tokens) {
        cell.update(active ->
                active.tokens().isSame(tokens) ? active.with(active.tokens().confirmedAtTarget()) : active);
    }

    /** Returns whether refreshing these tokens has already failed to help. */
    public boolean isRefreshFutile(AccessTokens tokens) {
        return latest(tokens).isRefreshFutile(clock.instant());
    }

    /** Returns whether the account's server may not know these tokens. */
    public boolean mayBeForeign(AccessTokens tokens) {
        return latest(tokens).mayBeForeign();
    }

    /** Returns the tokens with the facts recorded since they were read. */
    private AccessTokens latest(AccessTokens tokens) {
        AccessTokens current = cell.facts().tokens();
        return current.isSame(tokens) ? current : tokens;
    }

    // Refreshing

    /**
     * Waits for a refresh or logout in progress and returns the current tokens. Retries a failed save if its retry time
     * has passed.
     *
     * @throws SessionException if the session has ended
     */
    public AccessTokens await(Deadline deadline) {
        lock.awaitIdle(deadline);
        if (!cell.facts().saving().isSaved()) {
            retrySave(false);
            confirm(deadline.part(AHEAD));
        }
        return cell.active().tokens();
    }

    /**
     * Refreshes the tokens, unless the tokens that failed have already been replaced.
     *
     * @param failed the tokens that failed
     * @param forced whether to try even if a refresh has just failed
     * @throws SessionException if the session has ended, or can't be used now
     */
    public RefreshOutcome refresh(AccessTokens failed, boolean forced, Deadline deadline) {
        long attempts = cell.facts().retry().attempts();
        boolean nested = lock.isMine();
        lock.acquire(deadline);
        try {
            Active now = cell.active();
            if (!now.tokens().isSame(failed)) {
                return new Refreshed(now.data());
            }
            boolean triedMeanwhile = now.retry().attempts() != attempts || isWaiting(now);
            if (nested || !forced && triedMeanwhile) {
                if (now.retry().failure() instanceof SessionException known) {
                    throw known.again();
                }
                return new Kept(now.data(), now.retry().failure());
            }
            lock.busy(true);
            try {
                return refreshLocked(deadline, true);
            } finally {
                lock.busy(false);
            }
        } finally {
            lock.release();
        }
    }

    /**
     * Refreshes tokens that are about to expire or seem to have expired. Does nothing if time is short, another thread
     * is refreshing, or a refresh has just failed. Unless the session has ended, the call continues with the tokens
     * that are then current, because only the server knows whether they work.
     */
    public void refreshAhead(AccessTokens due, Deadline deadline) {
        Deadline part = deadline.part(AHEAD);
        // A call with little time left skips the refresh, because such a short timeout would prove nothing.
        boolean hurried = part.leftWithin(AHEAD).compareTo(ENOUGH) < 0;
        if (hurried || !lock.tryAcquire()) {
            // Tokens that still work can be used in the meantime. Those that seem to have expired would be refused.
            if (Freshness.of(due, clock.instant()) == Freshness.EXPIRED) {
                lock.awaitRefresh(part);
            }
            return;
        }
        try {
            lock.refreshing(true);
            if (cell.get() instanceof Active now && now.tokens().isSame(due) && !isWaiting(now)) {
                refreshAheadLocked(now.retry().attempts(), part);
            }
        } catch (AccountInactiveException | AccountMismatchException e) {
            // The server reports the account's state in its response to the call. A mismatch is thrown once the call
            // needs a refresh.
            return;
        } finally {
            lock.refreshing(false);
            lock.release();
        }
    }

    private void refreshAheadLocked(long attempts, Deadline deadline) {
        RefreshOutcome outcome = refreshLocked(deadline, false);
        if (outcome instanceof Kept kept
                && kept.failure() != null
                && cell.facts().retry().attempts() == attempts
                && !Thread.currentThread().isInterrupted()) {
            // The refresh used up its time. Back off, so that the next call doesn't lose time to the same failure.
            postpone(kept.data(), kept.failure(), null);
        }
    }

    /**
     * Performs one refresh, from top to bottom. The caller holds the lock.
     *
     * @param wait whether to wait for another process that is refreshing, and to continue without the lease if that
     *     takes too long
     */
    @SuppressWarnings("try") // The lease is held, not used.
    private RefreshOutcome refreshLocked(Deadline deadline, boolean wait) {
        // Reload: another process may have refreshed.
        if (adopts(reload())) {
            return new Refreshed(cell.data());
        }
        // Lease: another process may be refreshing.
        try (Lease lease = lease(deadline, wait)) {
            if (lease == null && !wait && repository.isStored()) {
                return new Kept(cell.data(), null);
            }
            Reload<SessionData> found = reloadUnderLease();
            if (found instanceof Reload.LoggedOutElsewhere<SessionData>) {
                throw cell.active().saving().isSaved()
                        ? ending.endElsewhere(cell.data())
                        : ending.endRevived(cell.data());
            } else if (adopts(found)) {
                return new Refreshed(cell.data());
            }
            // Exchange: after a rejection, newer tokens from the store may still work.
            long start = System.nanoTime();
            RefreshReply reply = exchange(deadline);
            for (int left = MAX_ADOPTED; reply instanceof Rejected rejected; left--) {
                SessionData newer = ending.newerOrEnd(rejected, deadline);
                if (adopts(newer)) {
                    return new Refreshed(newer);
                } else if (left == 0) {
                    return postpone(newer, rejected.refusal(), rejected.retryAt());
                }
                reply = exchange(deadline);
            }
            if (!(reply instanceof Rotated rotated)) {
                return keep(reply);
            }
            // Save: before the tokens are used, and before any other request.
            SessionData next = rotated.data();
            Save<SessionData> save = saver.saveIssued(next);
            if (rotated.isIncomplete() && !(save instanceof Superseded || save instanceof LoggedOutElsewhere)) {
                SessionData described = server().describe(next, deadline);
                save = described.equals(next) ? save : saver.saveIssued(described);
                next = described;
            }
            if (save instanceof LoggedOutElsewhere) {
                throw ending.endRevived(next);
            } else if (save instanceof Superseded<SessionData> superseded) {
                adopts(superseded.session());
                return new Refreshed(superseded.session());
            }
            // Transition
            Active now = use(next);
            // Publish
            saver.publishUpdated(next);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            notifier.publish(new SessionEvent.Refreshed(did, took, now.tokens().expiry()));
            return new Refreshed(next);
        }
    }

    private Reload<SessionData> reload() {
        return cell.noted(repository.reload(cell.entry(), cell.data()));
    }

    private Reload<SessionData> reloadUnderLease() {
        return cell.noted(repository.reloadUnderLease(cell.entry(), cell.data()));
    }

    /** Returns the lease, or null if it can't be acquired or a hook is running while this thread holds it. */
    private @Nullable Lease lease(Deadline deadline, boolean wait) {
        try {
            return lock.isNested() ? null : repository.lease(deadline, wait);
        } catch (InterruptedException e) {
            throw SingleFlight.interrupted(e);
        }
    }

    /** Adopts newer tokens if another process has saved any. Returns whether it did and they still work. */
    private boolean adopts(Reload<SessionData> found) {
        return found instanceof Reload.Newer<SessionData> newer && adopts(newer.session());
    }

    /** Adopts another process's tokens and returns whether they still work. Expired tokens are adopted too. */
    private boolean adopts(SessionData newer) {
        Active now = adopt(newer);
        saver.publishUpdated(newer);
        return Freshness.of(now.tokens(), clock.instant()) != Freshness.EXPIRED;
    }

    private Active adopt(SessionData newer) {
        Active before = cell.facts();
        AccessTokens tokens = AccessTokens.saved(before.tokens().generation() + 1, newer, before.clockOffset(), timing);
        Active now = cell.update(active -> active.refreshed(tokens, clock.instant()));
        notifier.publish(new SessionEvent.Adopted(did));
        return now;
    }

    private Active use(SessionData issued) {
        Active before = cell.facts();
        AccessTokens tokens =
                AccessTokens.fresh(before.tokens().generation() + 1, issued, before.clockOffset(), timing);
        return cell.update(active -> active.refreshed(tokens, clock.instant()));
    }

    /** Exchanges the refresh token and records the outcome. */
    private RefreshReply exchange(Deadline deadline) {
        if (deadline.isOver()) {
            return new RefreshReply.Unavailable(SingleFlight.noTime(), null, true, false);
        }
        SessionData old = cell.data();
        cell.update(active -> active.withUnsettled(old.refreshJwt()));
        RefreshReply reply = server().refresh(old, deadline);
        if (reply.isSettled()) {
            cell.update(active -> active.withUnsettled(null));
        }
        if (reply instanceof Rotated rotated) {
            if (!rotated.data().refreshJwt().equals(old.refreshJwt())) {
                RotatedTokens tokens = cell.entry().rotated().rotated(old.refreshJwt(), clock.instant());
                cell.updateEntry(cell.entry().with(tokens));
            }
            noteClockOffset(rotated.clockOffset());
        }
        return reply;
    }

    /** Keeps the current tokens after a reply without new ones. */
    private RefreshOutcome keep(RefreshReply reply) {
        if (reply instanceof RefreshReply.Unavailable failed) {
            return failed.isCallersLimit()
                    ? new Kept(cell.data(), failed.failure())
                    : postpone(cell.data(), failed.failure(), failed.retryAt());
        }
        SessionException failure = ((RefreshReply.Inactive) reply).failure();
        postpone(cell.data(), failure, null);
        throw failure;
    }

    /** Keeps the session active with the given data, and schedules the next attempt. */
    private RefreshOutcome postpone(SessionData data, RuntimeException failure, @Nullable Instant askedFor) {
        Instant at = clock.instant();
        long nanos = timing.nanoTime().getAsLong();
        Active now = cell.update(active -> active.with(active.retry().failed(failure, askedFor, at, nanos)));
        notifier.publishUpdateFailure(data, failure);
        Instant retryAt = Objects.requireNonNull(now.retry().notBefore());
        notifier.publish(new SessionEvent.RefreshFailed(did, failure, retryAt));
        return new Kept(data, failure);
    }

    private boolean isWaiting(Active now) {
        return now.retry().isWaiting(clock.instant(), timing.nanoTime().getAsLong());
    }

    // Ending

    /**
     * Ends the session locally and on the server. With a store, the revocation is queued before it is sent, and stays
     * queued if it fails. Without a store, or if queueing fails, the session ends only once the server has confirmed
     * the logout. A session that has already ended doesn't change.
     *
     * @return whether the server has confirmed the logout
     * @throws XrpcException if the logout fails and can't be queued; the session stays active
     */
    @SuppressWarnings("try") // The lease is held, not used.
    public boolean logout() {
        lock.acquire(Deadline.NONE);
        try {
            if (cell.get() instanceof Ended ended) {
                return ending.isConfirmed(ended);
            }
            lock.busy(true);
            try (Lease lease = lease(Deadline.NONE, true)) {
                // Reload first: the server must revoke the tokens that other processes use, not outdated ones.
                if (cell.noted(repository.reloadSuccessor(cell.entry(), cell.data()))
                        instanceof Reload.Newer<SessionData> newer) {
                    adopt(newer.session());
                }
                return ending.revoke(cell.active());
            } finally {
                lock.busy(false);
            }
        } finally {
            lock.release();
        }
    }

    // Saving

    /** Saves a session that was just issued by signing in, and publishes it. */
    public void announce() {
        lock.acquire();
        try {
            lock.busy(true);
            SessionData issued = cell.data();
            if (saver.saveSignIn(issued) instanceof Superseded<SessionData> superseded) {
                adopt(superseded.session());
            }
            notifier.publish(new SessionEvent.SignedIn(did, issued.service()));
            saver.publishUpdated(cell.data());
        } finally {
            lock.busy(false);
            lock.release();
        }
    }

    /** Retries a failed save, if no other thread is changing the session. */
    private void retrySave(boolean now) {
        Saving saving = cell.facts().saving();
        if (saving.isSaved() || !now && saving.isEarly(clock.instant()) || !lock.tryAcquire()) {
            return;
        }
        try {
            if (cell.get() instanceof Active active && !active.saving().isSaved()) {
                retrySaveLocked(active);
            }
        } finally {
            lock.release();
        }
    }

    private void retrySaveLocked(Active active) {
        SessionData newest = active.data();
        if (cell.entry().behind() && !cell.entry().vanished()) {
            Save<SessionData> save = saver.reported(newest, repository.save(cell.entry(), newest, false));
            if (save instanceof LoggedOutElsewhere) {
                ending.endRevived(newest);
                return;
            } else if (save instanceof Superseded<SessionData> superseded) {
                newest = superseded.session();
                adopt(newest);
            }
        }
        if (cell.facts().saving().hookBehind()) {
            saver.callHook(newest);
        }
        if (cell.facts().saving().isSaved()) {
            notifier.publish(new SessionEvent.SaveRecovered(did));
        }
    }

    /**
     * Checks with the server whether the session is still valid if its entry was removed before newer tokens could be
     * saved, because another process may have logged out. The check is a refresh, so it saves new tokens as usual.
     */
    private void confirm(Deadline deadline) {
        if (!(cell.get() instanceof Active unsaved) || !unsaved.saving().entry().vanished() || lock.isMine()) {
            return;
        }
        try {
            refresh(unsaved.tokens(), false, deadline);
        } catch (SessionException | TransportException e) {
            // Either the session has ended, which the next call reports, or the check is repeated later.
            LOG.log(
                    Level.DEBUG,
                    "failed to confirm the unsaved session for {0}: {1}",
                    did,
                    e.getClass().getName());
        }
    }

    /** Retries a failed save immediately. */
    public void saveNow() {
        retrySave(true);
        confirm(Deadline.in(AHEAD));
        if (cell.get() instanceof Active unsaved && unsaved.saving().entry().vanished()) {
            // The server can't be reached. If the session has ended, its next refresh reports that.
            cell.update(active ->
                    active.with(active.saving().with(active.saving().entry().confirmed())));
            retrySave(true);
        }
    }

    /** Waits until no other thread is changing the session, then saves any unsaved data. */
    public void settle(Deadline deadline) {
        lock.awaitFree(deadline);
        saveNow();
    }
}
