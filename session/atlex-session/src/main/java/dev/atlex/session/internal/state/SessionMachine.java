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
 * A session: the only writer of its state.
 *
 * <h2>States</h2>
 *
 * The whole state is one immutable {@link Snapshot} in one field. A session is
 *
 * <ul>
 *   <li><b>Active</b>: it has tokens ({@link AccessTokens}), whose {@link Freshness} is a function of the snapshot and
 *       the time. {@link Retry} says whether the last refresh failed and when the next may be tried, {@code Saving} how
 *       far the newest tokens have got into store and hook.
 *   <li><b>Ended</b>: logged out, ended by the server, or migrated away. It never becomes active again. Its last facts
 *       stay for {@code health()}, and the tokens that are still to be revoked for {@link #logout}.
 * </ul>
 *
 * <h2>Writers and the lock</h2>
 *
 * The field is in {@link SnapshotCell}, which only this class and its parts {@link SessionSaver} and
 * {@link SessionEnding} can reach. Tokens, retry and saving change under {@link SingleFlight}, which one thread holds
 * while it refreshes, saves or logs out. Calls don't take that lock. They read the snapshot, and wait while a refresh
 * that they need is in progress. What responses show in passing (the server's clock, the account's state, a refusal of
 * fresh tokens) is noted in the cell, which holds its monitor for one assignment. No monitor is held around I/O.
 *
 * <p>A caller that wants a refresh says which tokens failed. If they aren't the current ones any more, another thread
 * was faster, and nothing is done. A caller that waited while another thread's refresh failed shares that failure
 * instead of trying again. Between processes the store's lease does what the lock does here; it saves work but isn't
 * needed for correctness (decision 0007).
 *
 * <h2>A refresh</h2>
 *
 * {@link #refreshLocked} reads top to bottom: reload the entry, acquire the lease, reload again, exchange the refresh
 * token, save, change the snapshot, publish. Invariants:
 *
 * <ul>
 *   <li>New tokens are saved before they are used. If saving fails, they are used anyway, and saving is retried.
 *   <li>A refresh token that was sent is <i>unsettled</i> until the server's verdict is known. A logout asks for its
 *       successor.
 *   <li>A rotated refresh token is kept until its server forgets it, because a logout has to revoke it too.
 *   <li>Failures that may pass leave the session active. It ends only if its server ends it, or if its entry is gone
 *       and a logout is recorded. Then every call throws the reason (decision 0003).
 * </ul>
 *
 * <p>The decisions are in {@code docs/decisions}: 0003 (session failures are thrown), 0007 (stores, generations and
 * leases), 0010 (whose entry it is) and 0012 (one immutable value).
 *
 * <h2>User code</h2>
 *
 * Hooks, listener and prompts are called by {@link Notifier} only, on the thread whose call caused the change, while it
 * holds the lock. They may use the session: the lock is reentrant, and a refresh from within a refresh reports the last
 * failure instead. They must not wait for another thread that uses it.
 */
public final class SessionMachine {
    private static final System.Logger LOG = SessionLog.LOG;

    /** The longest that a call waits for a refresh that could wait; it is also at most a quarter of the call's time. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    /** A call with less time than this for a refresh that could wait doesn't start one. */
    private static final Duration ENOUGH = Duration.ofMillis(500);

    /** How many sets of refused tokens one refresh replaces by newer ones from the store: it may always have more. */
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

    /** Creates a session that a server has just issued. {@link #announce} has to follow. */
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

    /** Returns the session at this moment, without waiting for a refresh in progress. */
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

    /** Returns the tokens that no exception may show. */
    public List<String> secrets() {
        return cell.facts().secrets(clock.instant());
    }

    private AuthServerClient server() {
        return server.hiding(secrets());
    }

    // What calls note

    /** Notes how far the server's clock is ahead of ours; null if a response doesn't show it. */
    public void noteClockOffset(@Nullable Duration offset) {
        if (offset != null) {
            cell.update(active -> active.withClockOffset(offset));
        }
    }

    /**
     * Notes the account's state as a response shows it.
     *
     * @param refused the state, if it was the reason of a refusal
     * @param status of the response: a success shows that the account is active
     */
    public void noteAccount(@Nullable AccountInactiveException refused, int status) {
        if (refused != null || cell.facts().inactive() != null && status < 300) {
            cell.update(active -> active.withInactive(refused));
        }
    }

    /** Notes that the server accepted a refreshed token. */
    public void noteAccepted() {
        if (cell.facts().expiredInARow() != 0) {
            cell.update(active -> active.withExpiredInARow(0));
        }
    }

    /**
     * Notes that the server refused tokens although they are fresh. Each time the next try waits longer, because a
     * method may always refuse.
     *
     * @param calledExpired whether the server reported that they have expired
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

    /** Notes that the account's server knows the tokens, whatever it refuses. */
    public void noteKnownAtTarget(AccessTokens tokens) {
        cell.update(active ->
                active.tokens().isSame(tokens) ? active.with(active.tokens().confirmedAtTarget()) : active);
    }

    /** Returns whether refreshing these tokens didn't help. */
    public boolean isRefreshFutile(AccessTokens tokens) {
        return latest(tokens).isRefreshFutile(clock.instant());
    }

    /** Returns whether the account's server may not know these tokens. */
    public boolean mayBeForeign(AccessTokens tokens) {
        return latest(tokens).mayBeForeign();
    }

    /** Returns the tokens with the facts noted since. */
    private AccessTokens latest(AccessTokens tokens) {
        AccessTokens current = cell.facts().tokens();
        return current.isSame(tokens) ? current : tokens;
    }

    // Refreshing

    /**
     * Returns the current tokens, after a refresh or logout in progress. Retries a failed save, if its
     * time has come.
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
     * Gets new tokens, unless there are newer ones than those that failed.
     *
     * @param failed the tokens that failed
     * @param forced whether to try although a refresh has just failed
     * @throws SessionException if the session is over, or can't be used now
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
     * Refreshes tokens that are about to expire or seem to have, if there is time, no other thread is refreshing and it
     * has not just failed. Whatever happens, the call continues with the tokens that are current then, unless the
     * session is over: the server knows whether they work.
     */
    public void refreshAhead(AccessTokens due, Deadline deadline) {
        Deadline part = deadline.part(AHEAD);
        // A call in a hurry leaves it to others: a server that doesn't reply in so short a time says nothing.
        boolean hurried = part.leftWithin(AHEAD).compareTo(ENOUGH) < 0;
        if (hurried || !lock.tryAcquire()) {
            // Tokens that still work are good meanwhile; those that seem to have expired would be refused.
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
            // The server will report the account's state itself, and a mismatch when it matters.
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
            // It took all the time there was; the next call need not find that out again.
            postpone(kept.data(), kept.failure(), null);
        }
    }

    /**
     * One refresh, from top to bottom. The caller holds the lock.
     *
     * @param wait whether to wait for another process that is refreshing, and to continue without the lease if it takes
     *     long
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
            // Reply
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
            // Save: before the tokens are used, and before anything else is asked.
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

    /** Returns the lease, or null if it can't be had, or this thread holds it and a hook is running. */
    private @Nullable Lease lease(Deadline deadline, boolean wait) {
        try {
            return lock.isNested() ? null : repository.lease(deadline, wait);
        } catch (InterruptedException e) {
            throw SingleFlight.interrupted(e);
        }
    }

    /** Adopts newer tokens that another process has saved, and returns whether there are some that still work. */
    private boolean adopts(Reload<SessionData> found) {
        return found instanceof Reload.Newer<SessionData> newer && adopts(newer.session());
    }

    /** Adopts another process's tokens, and returns whether they still work. Those that don't are adopted too. */
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

    /** Exchanges the refresh token, and notes what became of it. */
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

    /** The session keeps its tokens after a reply without new ones. */
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

    /** The session lives on with these data, and tries again later. */
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
     * Ends the session here and at the server. With a store, the revocation is queued first, and a failed one stays
     * queued; without one, or if that doesn't work, the session isn't over before the server has confirmed it. A
     * session that has ended already stays so.
     *
     * @return whether the server has confirmed it
     * @throws XrpcException if that fails and can't be queued; the session lives on
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
                // Not yesterday's tokens: the server must revoke those that other processes have.
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
     * Asks the server whether the session still lives if its entry was removed before newer tokens could be saved:
     * another process may have logged it out. New tokens are saved as after each refresh.
     */
    private void confirm(Deadline deadline) {
        if (!(cell.get() instanceof Active unsaved) || !unsaved.saving().entry().vanished() || lock.isMine()) {
            return;
        }
        try {
            refresh(unsaved.tokens(), false, deadline);
        } catch (SessionException | TransportException e) {
            // The session has ended, which the next call reports, or the server is asked again later.
            LOG.log(
                    Level.DEBUG,
                    "failed to confirm the unsaved session of {0}: {1}",
                    did,
                    e.getClass().getName());
        }
    }

    /** Retries a save that failed before, now. */
    public void saveNow() {
        retrySave(true);
        confirm(Deadline.in(AHEAD));
        if (cell.get() instanceof Active unsaved && unsaved.saving().entry().vanished()) {
            // The server can't be asked. If the session is over, the next refresh of it reports that.
            cell.update(active ->
                    active.with(active.saving().with(active.saving().entry().confirmed())));
            retrySave(true);
        }
    }

    /** Waits for the thread that changes the session, then saves what isn't saved. */
    public void settle(Deadline deadline) {
        lock.awaitFree(deadline);
        saveNow();
    }
}
