package dev.atlex.session.internal.state;

import dev.atlex.client.XrpcException;
import dev.atlex.client.internal.Deadline;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionHookException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.AuthServerClient.IssuedSession;
import dev.atlex.session.internal.auth.MigrationCheck;
import dev.atlex.session.internal.auth.RefreshReply;
import dev.atlex.session.internal.auth.RefreshReply.Rejected;
import dev.atlex.session.internal.auth.RefreshReply.Rotated;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.EntryState;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.LogoutQueue.Revocation;
import dev.atlex.session.internal.persist.PasswordEntryCodec;
import dev.atlex.session.internal.persist.Reload;
import dev.atlex.session.internal.persist.Removal;
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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A session: the only writer of its state.
 *
 * <h2>States</h2>
 *
 * The whole state is one immutable {@link Snapshot} in one field. A session is
 *
 * <ul>
 *   <li><b>Active</b>: it has tokens ({@link AccessTokens}), whose {@link Freshness} is a function of the snapshot and the
 *       time. {@link Retry} says whether the last refresh failed and when the next may be tried, {@code Saving} how far the
 *       newest tokens have got into store and hook.
 *   <li><b>Ended</b>: logged out, ended by the server, or migrated away. It never becomes active again. Its last facts stay
 *       for {@code health()}, and the tokens that are still to be revoked for {@link #logout}.
 * </ul>
 *
 * <h2>Writers and the lock</h2>
 *
 * Only {@link #update} and {@link #end} replace the snapshot. Tokens, retry and saving change under {@link SingleFlight}, which
 * one thread holds while it refreshes, saves or logs out. Calls take no lock: they read the snapshot, wait while a refresh
 * that they need is in progress, and note by compare-and-set what responses show in passing (the server's clock, the account's
 * state, a refusal of fresh tokens). No monitor is held around I/O.
 *
 * <p>A caller that wants a refresh says which tokens failed. If they aren't the current ones any more, another thread was
 * faster, and nothing is done. A caller that waited while another thread's refresh failed shares that failure instead of
 * trying again. Between processes the store's lease does what the lock does here; it saves work but isn't needed for
 * correctness (decision 0007).
 *
 * <h2>A refresh</h2>
 *
 * {@link #refreshLocked} reads top to bottom: reload the entry, acquire the lease, reload again, exchange the refresh token,
 * save, change the snapshot, publish. Invariants:
 *
 * <ul>
 *   <li>New tokens are saved before they are used. If saving fails they are used all the same, and saved again later.
 *   <li>A refresh token that was sent is <i>unsettled</i> until the server's verdict is known. A logout asks for its successor.
 *   <li>A rotated refresh token is kept until its server forgets it, because a logout has to revoke it too.
 *   <li>What may pass leaves the session active. It ends only if its server says so, or if its entry is gone and a logout is
 *       recorded. Then every call throws the reason (decision 0003).
 * </ul>
 *
 * <h2>User code</h2>
 *
 * Hooks, listener and prompts are called by {@link Notifier} only, on the thread whose call caused the change, while it holds
 * the lock. They may use the session: the lock is reentrant, and a refresh from within a refresh reports the last failure
 * instead. They must not wait for another thread that uses it.
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
    private final MigrationCheck migrations;
    private final @Nullable LogoutQueue logouts;
    private final TimeSource timing;
    private final Clock clock;
    private final Did did;
    private final SingleFlight lock = new SingleFlight();
    private final Object writing = new Object();
    private volatile Snapshot snapshot;

    private SessionMachine(AuthServerClient server, SessionContext context, Notifier notifier, Active first) {
        EntryStore store = context.store();
        this.server = server;
        this.notifier = notifier;
        this.timing = context.timing();
        this.clock = context.clock();
        this.repository = new SessionRepository<>(store, PasswordEntryCodec.INSTANCE, first.data(), clock);
        this.migrations = new MigrationCheck(context);
        this.logouts = store == null ? null : new LogoutQueue(store, context);
        this.did = first.data().did();
        this.snapshot = first;
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
        machine.update(active -> active.withRefreshedAt(entry.savedAt())
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

    // The snapshot

    /** Returns the session at this moment, without waiting for a refresh in progress. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Returns the session's facts if it is active. */
    private Active active() {
        Snapshot now = snapshot;
        if (now instanceof Ended ended) {
            throw ended.reason().again();
        }
        return now.facts();
    }

    /** Changes the session's facts. The function has no side effects. */
    private Active update(UnaryOperator<Active> change) {
        synchronized (writing) {
            snapshot = snapshot.map(change);
            return snapshot.facts();
        }
    }

    private EntryState entry() {
        return snapshot.facts().saving().entry();
    }

    private void updateEntry(EntryState entry) {
        update(active -> active.with(active.saving().with(entry)));
    }

    /** Ends the session in this process, or adds tokens that are still to be revoked. */
    private void end(SessionException reason, Collection<String> revoking) {
        synchronized (writing) {
            snapshot = snapshot.end(reason, revoking);
        }
    }

    /** Returns the session's data without waiting for a refresh in progress. */
    public SessionData data() {
        return active().data();
    }

    /** Returns the tokens that no exception may show. */
    public List<String> secrets() {
        return snapshot.facts().secrets(clock.instant());
    }

    private AuthServerClient server() {
        return server.hiding(secrets());
    }

    // What calls note

    /** Notes how far the server's clock is ahead of ours; null if a response doesn't show it. */
    public void noteClockOffset(@Nullable Duration offset) {
        if (offset != null) {
            update(active -> active.withClockOffset(offset));
        }
    }

    /**
     * Notes the account's state as a response shows it.
     *
     * @param refused the state, if it was the reason of a refusal
     * @param status of the response: a success shows that the account is active
     */
    public void noteAccount(@Nullable AccountInactiveException refused, int status) {
        if (refused != null || snapshot.facts().inactive() != null && status < 300) {
            update(active -> active.withInactive(refused));
        }
    }

    /** Notes that the server accepted a refreshed token. */
    public void noteAccepted() {
        if (snapshot.facts().expiredInARow() != 0) {
            update(active -> active.withExpiredInARow(0));
        }
    }

    /**
     * Notes that the server refused tokens although they are fresh. Each time the next try waits longer, because a method may
     * always refuse.
     *
     * @param calledExpired whether the server said that they have expired
     */
    public void noteRefused(AccessTokens tokens, boolean calledExpired) {
        Instant now = clock.instant();
        update(active -> {
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
        update(active ->
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

    /** Returns the tokens with what was noted about them since. */
    private AccessTokens latest(AccessTokens tokens) {
        AccessTokens current = snapshot.facts().tokens();
        return current.isSame(tokens) ? current : tokens;
    }

    // Refreshing

    /**
     * Returns the current tokens, after a refresh or logout in progress. Retries a save that failed before, if that is due.
     *
     * @throws SessionException if the session has ended
     */
    public AccessTokens await(Deadline deadline) {
        lock.awaitIdle(deadline);
        if (!snapshot.facts().saving().isSaved()) {
            retrySave(false);
            confirm(deadline.part(AHEAD));
        }
        return active().tokens();
    }

    /**
     * Gets new tokens, unless there are newer ones than those that failed.
     *
     * @param failed the tokens that failed
     * @param forced whether to try although a refresh has just failed
     * @throws SessionException if the session is over, or can't be used now
     */
    public RefreshOutcome refresh(AccessTokens failed, boolean forced, Deadline deadline) {
        long attempts = snapshot.facts().retry().attempts();
        boolean nested = lock.isMine();
        lock.acquire(deadline);
        try {
            Active now = active();
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
     * Refreshes tokens that are about to expire or seem to have, if there is time, no other thread is refreshing and it has
     * not just failed. Whatever happens, the call continues with the tokens that are current then, unless the session is over:
     * the server knows whether they work.
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
            if (snapshot instanceof Active now && now.tokens().isSame(due) && !isWaiting(now)) {
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
                && snapshot.facts().retry().attempts() == attempts
                && !Thread.currentThread().isInterrupted()) {
            // It took all the time there was; the next call need not find that out again.
            postpone(kept.data(), kept.failure(), null);
        }
    }

    /**
     * One refresh, from top to bottom. The caller holds the lock.
     *
     * @param wait whether to wait for another process that is refreshing, and to continue without the lease if it takes long
     */
    @SuppressWarnings("try") // The lease is held, not used.
    private RefreshOutcome refreshLocked(Deadline deadline, boolean wait) {
        // Reload: another process may have refreshed.
        if (adopts(reload())) {
            return new Refreshed(data());
        }
        // Lease: another process may be refreshing.
        try (Lease lease = lease(deadline, wait)) {
            if (lease == null && !wait && repository.isStored()) {
                return new Kept(data(), null);
            }
            Reload<SessionData> found = reloadUnderLease();
            if (found instanceof Reload.LoggedOutElsewhere<SessionData>) {
                throw active().saving().isSaved() ? endElsewhere(data()) : endRevived(data());
            } else if (adopts(found)) {
                return new Refreshed(data());
            }
            // Reply
            long start = System.nanoTime();
            RefreshReply reply = exchange(deadline);
            for (int left = MAX_ADOPTED; reply instanceof Rejected rejected; left--) {
                SessionData newer = newerOrEnd(rejected, deadline);
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
            Save<SessionData> save = saveIssued(next);
            if (rotated.isIncomplete() && !(save instanceof Superseded || save instanceof LoggedOutElsewhere)) {
                SessionData described = server().describe(next, deadline);
                save = described.equals(next) ? save : saveIssued(described);
                next = described;
            }
            if (save instanceof LoggedOutElsewhere) {
                throw endRevived(next);
            } else if (save instanceof Superseded<SessionData> superseded) {
                adopts(superseded.session());
                return new Refreshed(superseded.session());
            }
            // Transition
            Active now = use(next);
            // Publish
            publishUpdated(next);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            notifier.publish(new SessionEvent.Refreshed(did, took, now.tokens().expiry()));
            return new Refreshed(next);
        }
    }

    private Reload<SessionData> reload() {
        return noted(repository.reload(entry(), data()));
    }

    private Reload<SessionData> reloadUnderLease() {
        return noted(repository.reloadUnderLease(entry(), data()));
    }

    private Reload<SessionData> noted(Reload<SessionData> found) {
        updateEntry(found.state());
        return found;
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
        publishUpdated(newer);
        return Freshness.of(now.tokens(), clock.instant()) != Freshness.EXPIRED;
    }

    private Active adopt(SessionData newer) {
        Active before = snapshot.facts();
        AccessTokens tokens = AccessTokens.saved(before.tokens().generation() + 1, newer, before.clockOffset(), timing);
        Active now = update(active -> active.renewed(tokens, clock.instant()));
        notifier.publish(new SessionEvent.Adopted(did));
        return now;
    }

    private Active use(SessionData issued) {
        Active before = snapshot.facts();
        AccessTokens tokens =
                AccessTokens.fresh(before.tokens().generation() + 1, issued, before.clockOffset(), timing);
        return update(active -> active.renewed(tokens, clock.instant()));
    }

    /** Exchanges the refresh token, and notes what became of it. */
    private RefreshReply exchange(Deadline deadline) {
        if (deadline.isOver()) {
            return new RefreshReply.Unavailable(SingleFlight.noTime(), null, true, false);
        }
        SessionData old = data();
        update(active -> active.withUnsettled(old.refreshJwt()));
        RefreshReply reply = server().refresh(old, deadline);
        if (reply.isSettled()) {
            update(active -> active.withUnsettled(null));
        }
        if (reply instanceof Rotated rotated) {
            if (!rotated.data().refreshJwt().equals(old.refreshJwt())) {
                RotatedTokens tokens = entry().rotated().rotated(old.refreshJwt(), clock.instant());
                updateEntry(entry().with(tokens));
            }
            noteClockOffset(rotated.clockOffset());
        }
        return reply;
    }

    /** The session keeps its tokens after a reply without new ones. */
    private RefreshOutcome keep(RefreshReply reply) {
        if (reply instanceof RefreshReply.Unavailable failed) {
            return failed.isCallersLimit()
                    ? new Kept(data(), failed.failure())
                    : postpone(data(), failed.failure(), failed.retryAt());
        }
        SessionException failure = ((RefreshReply.Inactive) reply).failure();
        postpone(data(), failure, null);
        throw failure;
    }

    /** The session lives on with these data, and tries again later. */
    private RefreshOutcome postpone(SessionData data, RuntimeException failure, @Nullable Instant askedFor) {
        Instant at = clock.instant();
        long nanos = timing.nanoTime().getAsLong();
        Active now = update(active -> active.with(active.retry().failed(failure, askedFor, at, nanos)));
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
     * Returns what another process has saved since the server rejected the refresh token. If there is nothing, the session is
     * over.
     */
    private SessionData newerOrEnd(Rejected rejected, Deadline deadline) {
        if (reload() instanceof Reload.Newer<SessionData> newer) {
            return newer.session();
        }
        SessionData last = data();
        SessionException reason = migrations.explain(last, rejected.refusal(), deadline);
        Removal<SessionData> removal = repository.delete(entry(), last);
        updateEntry(removal.state());
        if (removal instanceof Removal.Newer<SessionData> newer) {
            return newer.session();
        }
        update(active -> active.with(active.saving().withHookBehind(false)));
        end(reason, List.of());
        notifier.publishDeleted(last);
        notifier.publish(new SessionEvent.Ended(did, reason));
        throw reason;
    }

    /** Another process has logged the session out. */
    private SessionException endElsewhere(SessionData data) {
        SessionException reason = loggedOut();
        endHere(reason, refreshTokens(data));
        notifier.publish(new SessionEvent.Ended(did, reason));
        return reason;
    }

    /** Another process has logged the session out while this one got new tokens, which must not bring it back. */
    private SessionException endRevived(SessionData next) {
        if (logouts != null) {
            try {
                logouts.add(did, next.service(), refreshTokens(next));
                logouts.finish(did);
            } catch (RuntimeException | Error e) {
                Failures.rethrowFatal(e);
                logUnfinished(e);
            }
        }
        return endElsewhere(next);
    }

    private SessionEndedException loggedOut() {
        return new SessionEndedException(did, Reason.LOGGED_OUT, null);
    }

    private List<String> refreshTokens(SessionData data) {
        return entry().rotated().with(data.refreshJwt(), clock.instant());
    }

    /** Ends the session in this process and in the store. */
    private Removal<SessionData> endHere(SessionException reason, Collection<String> revoking) {
        SessionData last = data();
        end(reason, revoking);
        return remove(last);
    }

    private Removal<SessionData> remove(SessionData data) {
        Removal<SessionData> removal = repository.delete(entry(), data);
        updateEntry(removal.state());
        if (removal instanceof Removal.Removed<SessionData>) {
            update(active -> active.with(active.saving().withHookBehind(false)));
            notifier.publishDeleted(data);
        }
        return removal;
    }

    /**
     * Ends the session here and at the server. With a store, the revocation is queued first, and what fails stays queued;
     * without one, or if that doesn't work, the session isn't over before the server has confirmed it. A session that has ended
     * already stays so.
     *
     * @return whether the server has confirmed it
     * @throws XrpcException if that fails and can't be queued; the session lives on
     */
    @SuppressWarnings("try") // The lease is held, not used.
    public boolean logout() {
        lock.acquire(Deadline.NONE);
        try {
            if (snapshot instanceof Ended ended) {
                return isConfirmed(ended);
            }
            lock.busy(true);
            try (Lease lease = lease(Deadline.NONE, true)) {
                // Not yesterday's tokens: the server must revoke those that other processes have.
                if (noted(repository.reloadSuccessor(entry(), data())) instanceof Reload.Newer<SessionData> newer) {
                    adopt(newer.session());
                }
                return revoke(active());
            } finally {
                lock.busy(false);
            }
        } finally {
            lock.release();
        }
    }

    private boolean revoke(Active now) {
        SessionData data = now.data();
        Set<String> all = new LinkedHashSet<>(now.unrevoked());
        all.addAll(refreshTokens(data));
        List<String> tokens = List.copyOf(all);
        return logouts != null && isQueued(logouts, now, tokens)
                ? finishQueued(logouts, data, tokens)
                : revokeNow(now, tokens);
    }

    private boolean isQueued(LogoutQueue in, Active now, List<String> tokens) {
        try {
            in.add(did, now.data().service(), tokens, now.unsettled());
            return true;
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "failed to queue the logout of {0} in the store: {1}; revoking without the queue",
                    did,
                    e.getClass().getName());
            return false;
        }
    }

    private boolean revokeNow(Active now, List<String> tokens) {
        SessionData data = now.data();
        Set<String> unsettled = new HashSet<>();
        if (now.unsettled() != null) {
            unsettled.add(now.unsettled());
        }
        if (repository.wasStored(entry(), data)) {
            // A store that fails here may fail other processes too: they may have newer tokens that aren't in it.
            unsettled.add(data.refreshJwt());
        }
        Revocation revocation = LogoutQueue.revoke(server(), tokens, unsettled);
        RuntimeException failure = revocation.failure();
        if (failure != null) {
            update(active -> active.withUnrevoked(revocation.left()));
            notifier.publishDeleteFailure(data, failure);
            throw failure;
        }
        endHere(loggedOut(), List.of());
        if (logouts != null) {
            // Deleting the entry may have made room on the disk.
            logouts.note(did, tokens);
        }
        notifier.publish(new SessionEvent.LoggedOut(did));
        return true;
    }

    private boolean finishQueued(LogoutQueue in, SessionData data, List<String> tokens) {
        LogoutQueue.Outcome outcome;
        try {
            Removal<SessionData> removal = endHere(loggedOut(), tokens);
            for (int race = 0;
                    race < SessionRepository.MAX_RACES
                            && removal instanceof Removal.Newer<SessionData> newer
                            && entry().rotated().descendFrom(data.refreshJwt());
                    race++) {
                // It was refreshed in between, and would live on.
                List<String> more = refreshTokens(newer.session());
                in.add(did, data.service(), more);
                end(loggedOut(), more);
                removal = remove(newer.session());
            }
            outcome = in.finish(did);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            logUnfinished(e);
            return false;
        }
        if (outcome instanceof LogoutQueue.Outcome.Pending pending && pending.failure() != null) {
            notifier.publishDeleteFailure(data, pending.failure());
        }
        return outcome instanceof LogoutQueue.Outcome.Finished;
    }

    /** Returns whether the server has confirmed that the session is over, which it is here. */
    private boolean isConfirmed(Ended ended) {
        if (logouts == null || ended.revoking().isEmpty()) {
            return true;
        }
        try {
            return !logouts.isPending(did, ended.revoking());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "failed to read the queued logout of {0}: {1}",
                    did,
                    e.getClass().getName());
            return false;
        }
    }

    private void logUnfinished(Throwable why) {
        LOG.log(
                Level.WARNING,
                "failed to finish the logout of {0}: {1}; it stays queued",
                did,
                why.getClass().getName());
    }

    // Saving

    /** Saves a session that was just issued by signing in, and publishes it. */
    public void announce() {
        lock.acquire();
        try {
            lock.busy(true);
            SessionData issued = data();
            if (saveSignIn(issued) instanceof Superseded<SessionData> superseded) {
                adopt(superseded.session());
            }
            notifier.publish(new SessionEvent.SignedIn(did, issued.service()));
            publishUpdated(data());
        } finally {
            lock.busy(false);
            lock.release();
        }
    }

    private Save<SessionData> saveSignIn(SessionData issued) {
        if (!repository.isStored()) {
            return new Save.Saved<>(entry());
        }
        update(active -> active.with(active.saving().changed()));
        Save<SessionData> save = repository.save(entry(), issued, true);
        for (int race = 0;
                race < SessionRepository.MAX_RACES
                        && save instanceof Save.Foreign<SessionData> foreign
                        && replaces(issued, foreign.service());
                race++) {
            save = repository.save(repository.replacing(foreign), issued, true);
        }
        return reported(issued, save);
    }

    /**
     * Returns whether a session that was just signed in replaces one at another service. The person who signed in named this
     * service, so it does, unless its own response says that the account lives at the other one, and that one doesn't accept
     * the new tokens: then this is the server that the account has left. An entryway's tokens are accepted there (decision
     * 0010).
     */
    private boolean replaces(SessionData issued, URI other) {
        URI home = issued.pds();
        return home == null || !Origins.same(home, other) || server().isKnownTo(other, issued, Deadline.in(AHEAD));
    }

    /** Saves tokens that the server has just issued by a refresh. */
    private Save<SessionData> saveIssued(SessionData issued) {
        if (!repository.isStored()) {
            return new Save.Saved<>(entry());
        }
        update(active -> active.with(active.saving().changed()));
        return reported(issued, repository.save(entry(), issued, true));
    }

    /** Notes what saving did, and reports failures. */
    private Save<SessionData> reported(SessionData data, Save<SessionData> save) {
        updateEntry(save.state());
        if (save instanceof Save.Failed<SessionData> failed) {
            logUnsaved("the store", failed.failure());
            postponeSave("the store", data, failed.failure());
        } else if (save instanceof Save.Foreign<SessionData> foreign) {
            reportForeign(data, foreign.service());
        }
        return save;
    }

    /** Reports once per refresh that another service's session occupies the entry. */
    private void reportForeign(SessionData data, URI other) {
        Instant now = clock.instant();
        if (other.equals(snapshot.facts().saving().reported())) {
            update(active -> active.with(active.saving().failed(now)));
            return;
        }
        update(active -> active.with(active.saving().reported(other)));
        SessionStoreException why = new SessionStoreException(
                "the store holds a session of " + did + " at " + other + "; the one at " + data.service()
                        + " works from memory and is not saved",
                null);
        LOG.log(Level.WARNING, why.getMessage());
        postponeSave("the store", data, why);
    }

    /** Hands new data to the hook, after the store has them, or would have them if it worked. */
    private void publishUpdated(SessionData data) {
        update(active -> active.with(active.saving().withHookBehind(true)));
        callHook(data);
    }

    private void callHook(SessionData data) {
        Throwable failure = notifier.publishUpdated(data);
        if (failure == null) {
            update(active -> active.with(active.saving().withHookBehind(false)));
        } else {
            logUnsaved("the hook onUpdated", failure);
            postponeSave("the hook onUpdated", data, failure);
        }
    }

    private void logUnsaved(String what, Throwable failure) {
        // The failure's own message is for the code that gets the exception: it may hold what was to be saved.
        LOG.log(
                Level.WARNING,
                "failed to save the session of {0}: {1} threw {2}; using it from memory and retrying",
                did,
                what,
                failure.getClass().getName());
    }

    private void postponeSave(String what, SessionData data, Throwable cause) {
        Instant now = clock.instant();
        SessionHookException failure = new SessionHookException(what, cause);
        Instant retryAt = update(active -> active.with(active.saving().failed(now)))
                .saving()
                .retryAt();
        notifier.publishUpdateFailure(data, failure);
        notifier.publish(new SessionEvent.SaveFailed(did, failure, retryAt));
    }

    /** Saves what could not be saved before, if no other thread is changing the session. */
    private void retrySave(boolean now) {
        Saving saving = snapshot.facts().saving();
        if (saving.isSaved() || !now && saving.isEarly(clock.instant()) || !lock.tryAcquire()) {
            return;
        }
        try {
            if (snapshot instanceof Active active && !active.saving().isSaved()) {
                retrySaveLocked(active);
            }
        } finally {
            lock.release();
        }
    }

    private void retrySaveLocked(Active active) {
        SessionData newest = active.data();
        if (entry().behind() && !entry().vanished()) {
            Save<SessionData> save = reported(newest, repository.save(entry(), newest, false));
            if (save instanceof LoggedOutElsewhere) {
                endRevived(newest);
                return;
            } else if (save instanceof Superseded<SessionData> superseded) {
                newest = superseded.session();
                adopt(newest);
            }
        }
        if (snapshot.facts().saving().hookBehind()) {
            callHook(newest);
        }
        if (snapshot.facts().saving().isSaved()) {
            notifier.publish(new SessionEvent.SaveRecovered(did));
        }
    }

    /**
     * Asks the server whether the session still lives if its entry was removed before newer tokens could be saved: another
     * process may have logged it out. New tokens are saved as after each refresh.
     */
    private void confirm(Deadline deadline) {
        if (!(snapshot instanceof Active unsaved) || !unsaved.saving().entry().vanished() || lock.isMine()) {
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
        if (snapshot instanceof Active unsaved && unsaved.saving().entry().vanished()) {
            // The server can't be asked. If the session is over, the next refresh of it reports that.
            update(active ->
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
