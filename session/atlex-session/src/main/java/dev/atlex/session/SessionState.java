package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.Deadline;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.MigrationCheck;
import dev.atlex.session.internal.auth.SessionMerge;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.StoredEntry;
import dev.atlex.session.internal.state.BackOff;
import dev.atlex.session.internal.state.SessionLock;
import dev.atlex.session.internal.state.Tokens;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session is just now, and the only place where that changes.
 *
 * <p>Refreshing and logging out hold the lock, one at a time; calls wait for them ({@link #await}), though not, or not
 * for long, where tokens are renewed that may work still ({@link #refreshAhead}). Who wants a refresh says which tokens
 * failed: if they are not the current ones any more, somebody else was faster and nothing is done. Who waited while another
 * one tried in vain shares that failure instead of trying again. Between processes the store's lease does what the lock does
 * here.
 */
final class SessionState {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    /** A call gives a refresh that could wait no more of its time than this, and only a part of what it has. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    /** And no call that has less than this for it begins one. */
    private static final Duration ENOUGH = Duration.ofMillis(500);

    /** Of tokens that the store has instead of refused ones, one refresh tries no more: the store may have ever new ones. */
    private static final int MAX_ADOPTED = 3;

    private final PasswordSession session;
    private final AuthServerClient server;
    private final SessionOptions options;
    private final SessionRepository persistence;
    private final Notifier events;
    private final MigrationCheck moves;
    private final SessionLogout logout;
    private final BackOff backOff;
    private final TimeSource timing;
    private final Clock clock;

    private final SessionLock lock = new SessionLock();
    private volatile @Nullable Tokens current;
    private volatile @Nullable SessionException ended;
    private volatile @Nullable AccountInactiveException inactive;
    private volatile SessionData last;
    private volatile Duration clockOffset = Duration.ZERO;
    private volatile @Nullable Instant refreshedAt;

    /** A refresh token that was sent without learning what the server made of it: it may have a successor. */
    private @Nullable String unsettled;

    SessionState(PasswordSession session, AuthServerClient server, SessionData data, SessionOptions options) {
        this.session = session;
        this.server = server;
        this.options = options;
        this.timing = options.context().timing();
        this.clock = timing.clock();
        this.persistence = new SessionRepository(session, data, options);
        this.events = persistence.events();
        this.moves = new MigrationCheck(options.context());
        this.logout = new SessionLogout(session, server, persistence, options);
        this.backOff = new BackOff(timing);
        this.last = data;
        this.current = Tokens.saved(data, Duration.ZERO, timing);
        server.keepSecret(this::secrets);
    }

    /** The tokens that no exception may show. */
    private List<String> secrets() {
        Tokens tokens = current;
        SessionData data = tokens == null ? last : tokens.data;
        List<String> secrets = persistence.traded().with(data);
        secrets.add(data.accessJwt());
        return secrets;
    }

    SessionState(
            PasswordSession session, AuthServerClient server, AuthServerClient.Answer fresh, SessionOptions options) {
        this(session, server, fresh.data(), options);
        calibrate(fresh.clockOffset());
        this.current = Tokens.fresh(fresh.data(), clockOffset, timing);
        this.refreshedAt = clock.instant();
    }

    /** The session comes from this entry of its store. */
    void loadedFrom(SessionStore.Entry entry, SessionRecord stored) {
        persistence.loadedFrom(entry, stored);
        refreshedAt = entry.savedAt();
    }

    /** The current tokens, when nobody is changing them. */
    Tokens await(Deadline deadline) {
        lock.awaitIdle(deadline);
        if (!persistence.isSaved()) {
            persistence.retry(this::peekData, lock, false, this::adopt, this::revived);
            confirm(deadline.part(AHEAD));
        }
        return tokens();
    }

    /** Tries now to save what could not be saved before. */
    void saveNow() {
        persistence.retry(this::peekData, lock, true, this::adopt, this::revived);
        confirm(Deadline.in(AHEAD));
        StoredEntry entry = persistence.entry();
        if (entry != null && entry.isVanished()) {
            // The server can't be asked. If the session is over, whoever resumes it learns that on the next refresh.
            entry.believe();
            persistence.retry(this::peekData, lock, true, this::adopt, this::revived);
        }
    }

    /**
     * Asks the server whether the session still lives if its entry was removed before newer tokens could be saved: another
     * process may have logged it out. New tokens are saved as after each refresh.
     */
    private void confirm(Deadline deadline) {
        Tokens unsaved = current;
        StoredEntry entry = persistence.entry();
        if (entry == null || !entry.isVanished() || unsaved == null || lock.isMine()) {
            return;
        }
        try {
            refresh(unsaved, false, deadline);
        } catch (SessionException | TransportException e) {
            // The session has ended, which the next call says, or it is asked again.
            LOG.log(
                    Level.DEBUG,
                    "a session that is not saved was not confirmed: {0}",
                    e.getClass().getName());
        }
    }

    /** Waits for whoever changes the session just now, and saves what is not saved. */
    void settle(Deadline deadline) {
        lock.awaitFree(deadline);
        saveNow();
    }

    private Tokens tokens() {
        Tokens tokens = current;
        if (tokens == null) {
            throw endedAgain();
        }
        return tokens;
    }

    private @Nullable SessionData peekData() {
        Tokens tokens = current;
        return tokens == null ? null : tokens.data;
    }

    /** The current data, be they changing or not. */
    SessionData data() {
        return tokens().data;
    }

    boolean isEnded() {
        return ended != null;
    }

    boolean isSaved() {
        return persistence.isSaved();
    }

    /** How the session is, without asking anybody. */
    SessionHealth health() {
        Tokens tokens = current;
        RuntimeException refused = inactive;
        return SessionHealth.of(tokens == null ? last : tokens.data)
                .with(
                        tokens == null ? null : tokens.expiry,
                        refreshedAt,
                        ended == null ? backOff.notBefore() : null,
                        refused == null ? backOff.failure() : refused,
                        ended)
                .withSaved(isSaved());
    }

    /**
     * What an answer to a call tells of the account.
     *
     * @param refused the account's state where it was the reason of a refusal
     * @param status of the answer: one that was given says that all is well again
     */
    void noteAccount(@Nullable AccountInactiveException refused, int status) {
        if (refused != null) {
            inactive = refused;
        } else if (inactive != null && status < 300) {
            inactive = null;
        }
    }

    /** Tells store, hooks and listener of a session that is new. */
    void announce() {
        lock.acquire();
        try {
            lock.busy(true);
            SessionData fresh = tokens().data;
            SessionData newer = persistence.keep(fresh, other -> replaces(fresh, other));
            if (newer != null) {
                adopt(newer);
            }
            events.tell(new SessionEvent.SignedIn(fresh.did(), fresh.service()));
            persistence.tellUpdated(tokens().data);
        } finally {
            lock.busy(false);
            lock.release();
        }
    }

    /**
     * Whether a session that was just signed in takes the place of one at another service. The person who signed in named
     * this service, so it does, unless its own answer says that the account lives at the other one now, and that one does not
     * take the new tokens: then this is the server that the account has left. An entryway's tokens are taken there.
     */
    private boolean replaces(SessionData fresh, URI other) {
        URI home = fresh.pds();
        return home == null || !Origins.same(home, other) || server.isKnownTo(other, fresh, Deadline.in(AHEAD));
    }

    /**
     * The server's clock, as an answer tells it. Tokens that were saved are measured by it from now on.
     *
     * @param offset null where the answer says nothing: then what is known stays
     */
    void calibrate(@Nullable Duration offset) {
        if (offset != null) {
            clockOffset = offset;
        }
    }

    /**
     * Gets new tokens, unless there are newer ones than those that failed.
     *
     * @param used the tokens that failed
     * @param forced whether to try although a try has just failed
     */
    RefreshResult refresh(Tokens used, boolean forced, Deadline deadline) {
        long seen = backOff.attempts();
        boolean nested = lock.isMine();
        lock.acquire(deadline);
        try {
            Tokens now = tokens();
            if (now != used) {
                return new RefreshResult(now.data, true, null);
            }
            boolean triedMeanwhile = backOff.attempts() != seen || backOff.isWaiting();
            if (nested || !forced && triedMeanwhile) {
                RuntimeException failure = backOff.failure();
                if (failure instanceof SessionException known) {
                    throw known.again();
                }
                return new RefreshResult(now.data, false, failure);
            }
            lock.busy(true);
            try {
                return renew(now, deadline, true);
            } finally {
                lock.busy(false);
            }
        } finally {
            lock.release();
        }
    }

    /**
     * Renews tokens that are about to expire or seem to have, if there is time, nobody is at it and it has not just failed.
     * Whatever comes of it, the call goes on with the tokens that are there then, unless the session is over: the server
     * knows whether they work.
     */
    void refreshAhead(Tokens due, Deadline deadline) {
        Deadline part = deadline.part(AHEAD);
        // Who has less time leaves it to others: that the server did not answer so soon would say nothing of it.
        boolean hurried = part.leftWithin(AHEAD).compareTo(ENOUGH) < 0;
        if (hurried || !lock.tryAcquire()) {
            // Tokens that still work are good meanwhile; those that seem to have expired would be refused.
            if (due.isExpired(clock)) {
                lock.awaitRenewal(part);
            }
            return;
        }
        try {
            lock.renewing(true);
            if (current == due && !backOff.isWaiting()) {
                renewAhead(due, part);
            }
        } catch (AccountInactiveException | AccountMismatchException e) {
            // The server will tell of the account's state itself, and a conflict when it matters.
            return;
        } finally {
            lock.renewing(false);
            lock.release();
        }
    }

    private void renewAhead(Tokens due, Deadline deadline) {
        long seen = backOff.attempts();
        RefreshResult outcome = renew(due, deadline, false);
        RuntimeException failure = outcome.failure();
        if (failure != null
                && backOff.attempts() == seen
                && !Thread.currentThread().isInterrupted()) {
            // It took the time that there was; the next call need not find that out again.
            postponed(outcome.data(), failure, null);
        }
    }

    /** @param wait whether to wait for another process that is at it, and to go on if it does not end */
    @SuppressWarnings("try") // the lease is held, not used
    private RefreshResult renew(Tokens old, Deadline deadline, boolean wait) {
        StoredEntry entry = persistence.entry();
        if (entry == null) {
            return rotate(old, deadline);
        }
        if (adoptNewer(old, entry)) {
            return new RefreshResult(tokens().data, true, null);
        }
        try (Lease lease = lease(deadline, wait)) {
            if (lease == null && !wait) {
                return new RefreshResult(old.data, false, null);
            }
            if (adoptNewer(tokens(), entry)) {
                return new RefreshResult(tokens().data, true, null);
            }
            if (entry.isLoggedOutElsewhere(tokens().data)) {
                // Whoever logged out knows nothing of tokens that could not be saved.
                throw persistence.isSaved() ? endedElsewhere(tokens().data) : revived(tokens().data);
            }
            return rotate(tokens(), deadline);
        }
    }

    private SessionException endedElsewhere(SessionData data) {
        SessionException elsewhere = logout.elsewhere(data);
        end(elsewhere);
        events.tell(new SessionEvent.Ended(session.did(), elsewhere));
        return elsewhere;
    }

    private SessionException revived(SessionData next) {
        logout.forget(next);
        return endedElsewhere(next);
    }

    /** The lease, or null if there is none to be had, or a hook is at work under it. */
    private @Nullable Lease lease(Deadline deadline, boolean wait) {
        try {
            return lock.isNested() ? null : persistence.lease(deadline, wait);
        } catch (InterruptedException e) {
            throw SessionLock.interrupted(e);
        }
    }

    /** Whether another process has put tokens in the store that are newer and work still. Those that don't are taken too. */
    private boolean adoptNewer(Tokens old, StoredEntry entry) {
        SessionData newer = entry.newer(old.data);
        if (newer == null) {
            return false;
        }
        Tokens adopted = adopt(newer);
        persistence.tellUpdated(newer);
        return !adopted.isExpired(clock);
    }

    private Tokens adopt(SessionData newer) {
        Tokens tokens = Tokens.saved(newer, clockOffset, timing);
        renewed(tokens);
        events.tell(new SessionEvent.Adopted(newer.did()));
        return tokens;
    }

    private void renewed(Tokens next) {
        current = next;
        refreshedAt = clock.instant();
        backOff.reset();
    }

    private RefreshResult rotate(Tokens old, Deadline deadline) {
        return rotate(old, deadline, MAX_ADOPTED);
    }

    /** @param more how often tokens may be tried that another process saves meanwhile */
    private RefreshResult rotate(Tokens old, Deadline deadline, int more) {
        if (deadline.isOver()) {
            return new RefreshResult(old.data, false, SessionLock.noTime());
        }
        long start = System.nanoTime();
        AuthServerClient.Answer answer;
        unsettled = old.data.refreshJwt();
        try {
            answer = server.refresh(old.data.refreshJwt(), deadline);
        } catch (XrpcException e) {
            if (e instanceof XrpcResponseException refusal && refusal.status() < 500) {
                unsettled = null;
            }
            return refused(old, e, deadline, more);
        } catch (RuntimeException | Error e) {
            // Of one answer, or of a transport: the session is as it was.
            Failures.rethrowFatal(e);
            return postponed(old.data, UnexpectedErrorException.of("the refresh of " + old.data.did(), e), null);
        }
        unsettled = null;
        SessionData next = SessionMerge.merge(old.data, answer.fields());
        if (!next.did().equals(old.data.did())) {
            // Nothing that this server says of the session can be trusted; the old tokens are untouched.
            AccountMismatchException conflict = new AccountMismatchException(old.data.did(), next.did());
            postponed(old.data, conflict, null);
            throw conflict;
        }
        if (!next.refreshJwt().equals(old.data.refreshJwt())) {
            persistence.traded().add(old.data);
        }
        calibrate(answer.clockOffset());
        SessionData newer = persistence.keep(next);
        StoredEntry entry = persistence.entry();
        if (entry != null && entry.isGone()) {
            throw revived(next);
        }
        if (newer == null && answer.isIncomplete()) {
            SessionData described = described(next, deadline);
            if (!described.equals(next)) {
                next = described;
                newer = persistence.keep(next);
            }
        }
        if (newer != null) {
            adopt(newer);
            persistence.tellUpdated(newer);
            return new RefreshResult(newer, true, null);
        }
        Tokens fresh = Tokens.fresh(next, clockOffset, timing);
        renewed(fresh);
        persistence.tellUpdated(next);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        events.tell(new SessionEvent.Refreshed(next.did(), took, fresh.expiry));
        return new RefreshResult(next, true, null);
    }

    /** Whatever happens to what nobody needs, the tokens that are saved already count. */
    private SessionData described(SessionData next, Deadline deadline) {
        try {
            return server.describe(next, deadline);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "getSession did not complete a session: {0}",
                    e.getClass().getName());
            return next;
        }
    }

    /** Throws where a failure leaves no hope; otherwise the session goes on, and tries again later. */
    private RefreshResult refused(Tokens old, XrpcException failure, Deadline deadline, int more) {
        if (deadline.wasTheCallers(failure)) {
            return new RefreshResult(old.data, false, failure);
        }
        if (!(failure instanceof XrpcResponseException refusal) || refusal.status() >= 500) {
            return postponed(old.data, failure, server.retryAt(failure));
        }
        switch (refusal.error()) {
            case "ExpiredToken", "InvalidToken" -> {
                StoredEntry entry = persistence.entry();
                SessionData newer = entry == null ? null : entry.newer(old.data);
                if (newer == null) {
                    SessionException reason = moves.explain(old.data, refusal, deadline);
                    newer = persistence.delete(old.data);
                    if (newer == null) {
                        throw ended(old.data, reason);
                    }
                }
                Tokens adopted = adopt(newer);
                persistence.tellUpdated(newer);
                if (!adopted.isExpired(clock)) {
                    return new RefreshResult(newer, true, null);
                }
                return more > 0
                        ? rotate(adopted, deadline, more - 1)
                        : postponed(newer, failure, server.retryAt(failure));
            }
            case "AccountTakedown", "AccountSuspended", "AccountDeactivated" -> {
                AccountInactiveException inactive = (AccountInactiveException) server.explainLogin(failure);
                postponed(old.data, inactive, null);
                throw inactive;
            }
            default -> {
                return postponed(old.data, failure, server.retryAt(failure));
            }
        }
    }

    /** The session lives on with its old tokens, and tries again later. */
    private RefreshResult postponed(SessionData old, RuntimeException failure, @Nullable Instant askedFor) {
        Instant retryAt = backOff.failed(failure, askedFor);
        persistence.tell("the hook onUpdateFailure", () -> options.hooks().onUpdateFailure(session, old, failure));
        events.tell(new SessionEvent.RefreshFailed(old.did(), failure, retryAt));
        return new RefreshResult(old, false, failure);
    }

    /**
     * Ends the session at the server. With a store, what fails is remembered there. One that has ended already stays so.
     *
     * @return whether the server has confirmed it
     * @throws XrpcException if that fails and can't be remembered; the session lives on
     */
    @SuppressWarnings("try") // the lease is held, not used
    boolean logout() {
        lock.acquire(Deadline.NONE);
        try {
            if (current == null) {
                return logout.isConfirmed();
            }
            lock.busy(true);
            try (Lease lease = lease(Deadline.NONE, true)) {
                // Not the tokens of yesterday: the server must forget those that the other processes have.
                StoredEntry entry = persistence.entry();
                SessionData newer = entry == null ? null : entry.successor(tokens().data);
                if (newer != null) {
                    adopt(newer);
                }
                return logout.run(tokens().data, unsettled, this::end);
            } finally {
                lock.busy(false);
            }
        } finally {
            lock.release();
        }
    }

    /** @return what is in the store all the same, as another process has put it there, or null */
    private @Nullable SessionData end(SessionException reason) {
        last = tokens().data;
        ended = reason;
        current = null;
        return persistence.delete(last);
    }

    private SessionException ended(SessionData data, SessionException reason) {
        last = data;
        ended = reason;
        current = null;
        events.tell(new SessionEvent.Ended(data.did(), reason));
        return reason;
    }

    private SessionException endedAgain() {
        SessionException end = ended;
        if (end == null) {
            throw new IllegalStateException("a session without tokens that has not ended");
        }
        return end.again();
    }
}
