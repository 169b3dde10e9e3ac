package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.session.internal.Deadline;
import dev.atlex.session.internal.TokenTimes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a session is just now, and the only place where that changes.
 *
 * <p>Refreshing and logging out hold the lock, one at a time; calls wait for them ({@link #await}). Who wants a refresh
 * says which tokens failed: if they are not the current ones any more, somebody else was faster and nothing is done. Who
 * waited while another one tried in vain shares that failure instead of trying again.
 */
final class SessionState {
    private static final String NO_TIME = "timed out while waiting for the session's refresh";

    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

    /** So long before its expiry a token is not worth starting a body with that can't be sent twice. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How long tokens that don't tell their expiry are not refreshed once that did not help. */
    private static final Duration FUTILE = Duration.ofMinutes(10);

    /** No wait that a server asks for is kept longer than this, as a mistake of its would end the session. */
    private static final Duration MAX_ASKED_FOR = Duration.ofHours(1);

    private final PasswordSession session;
    private final SessionServer server;
    private final Persistence persistence;
    private final SessionHooks hooks;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean busy;
    private volatile @Nullable Tokens current;
    private volatile @Nullable SessionEndedException ended;
    private volatile long attempts;

    // Under the lock:
    private Instant notBefore = Instant.MIN;
    private Duration backoff = MIN_BACKOFF;
    private @Nullable RuntimeException lastFailure;

    SessionState(PasswordSession session, SessionServer server, SessionData data, SessionOptions options) {
        this.session = session;
        this.server = server;
        this.hooks = options.hooks();
        this.clock = options.timing().clock();
        this.persistence = new Persistence(session, options);
        this.current = Tokens.saved(data);
    }

    SessionState(PasswordSession session, SessionServer server, SessionServer.Answer fresh, SessionOptions options) {
        this(session, server, fresh.data(), options);
        this.current = Tokens.fresh(fresh.data(), fresh.clockOffset(), clock);
    }

    /** The data of one generation of tokens. */
    static final class Tokens {
        final SessionData data;
        final URI target;
        final @Nullable Instant expiry;

        private volatile @Nullable Instant refusedWhenFresh;

        private Tokens(SessionData data, @Nullable Instant expiry) {
            this.data = data;
            URI pds = data.pds();
            this.target = pds == null ? data.service() : pds;
            this.expiry = expiry;
        }

        /** Tokens that were saved some time ago. */
        static Tokens saved(SessionData data) {
            return new Tokens(data, TokenTimes.expiry(data.accessJwt()));
        }

        /** Tokens that a server has just made. */
        static Tokens fresh(SessionData data, Duration clockOffset, Clock clock) {
            Instant hint = TokenTimes.expiry(data.accessJwt());
            Instant local = hint == null ? null : hint.minus(clockOffset);
            // A token that is new and looks expired says that our clocks differ, not that it is.
            boolean credible = local != null && local.isAfter(clock.instant().plus(MARGIN));
            return new Tokens(data, credible ? local : null);
        }

        boolean isExpired(Clock clock) {
            return expiry != null && !clock.instant().plus(MARGIN).isBefore(expiry);
        }

        /** These tokens were refused although they are fresh: other ones would be refused too. */
        void refusedWhenFresh(Clock clock) {
            refusedWhenFresh = clock.instant();
        }

        /** Whether others were tried in vain. When these expire, or might have, it is worth trying again. */
        boolean refreshIsFutile(Clock clock) {
            Instant refused = refusedWhenFresh;
            if (refused == null) {
                return false;
            }
            return expiry != null ? !isExpired(clock) : clock.instant().isBefore(refused.plus(FUTILE));
        }
    }

    /** The current tokens, when nobody is changing them. */
    Tokens await(Deadline deadline) {
        if (busy && !lock.isHeldByCurrentThread()) {
            acquire(deadline);
            lock.unlock();
        }
        persistence.retry(this::peekData, lock, false);
        return tokens();
    }

    /** Tries now to save what could not be saved before. */
    void saveNow() {
        persistence.retry(this::peekData, lock, true);
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

    /** Tells store and hooks of data that are new. */
    void announce() {
        lock.lock();
        try {
            busy = true;
            persistence.save(tokens().data);
        } finally {
            busy = false;
            lock.unlock();
        }
    }

    /**
     * Gets new tokens, unless there are newer ones than those that failed.
     *
     * @param used the tokens that failed
     * @param forced whether to try although a try has just failed
     */
    RefreshOutcome refresh(Tokens used, boolean forced, Deadline deadline) {
        long seen = attempts;
        boolean nested = lock.isHeldByCurrentThread();
        acquire(deadline);
        try {
            Tokens now = tokens();
            if (now != used) {
                return new RefreshOutcome(now.data, true, null);
            }
            boolean triedMeanwhile = attempts != seen || clock.instant().isBefore(notBefore);
            if (nested || !forced && triedMeanwhile) {
                if (lastFailure instanceof SessionException known) {
                    throw known.again();
                }
                return new RefreshOutcome(now.data, false, lastFailure);
            }
            busy = true;
            try {
                return rotate(now, deadline);
            } finally {
                busy = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private RefreshOutcome rotate(Tokens old, Deadline deadline) {
        if (deadline.isOver()) {
            return new RefreshOutcome(old.data, false, new TransportTimeoutException(NO_TIME, null, false));
        }
        SessionServer.Answer answer;
        try {
            answer = server.refresh(old.data.refreshJwt(), deadline);
        } catch (XrpcException e) {
            return refused(old, e, deadline);
        }
        SessionData next = old.data.merge(answer.fields());
        if (!next.did().equals(old.data.did())) {
            // Nothing that this server says of the session can be trusted; the old tokens are untouched.
            SessionConflictException conflict = new SessionConflictException(old.data.did(), next.did());
            postponed(old.data, conflict, null);
            throw conflict;
        }
        if (answer.isIncomplete()) {
            persistence.keep(next);
            next = server.describe(next, deadline);
        }
        goOnWith(Tokens.fresh(next, answer.clockOffset(), clock));
        persistence.save(next);
        return new RefreshOutcome(next, true, null);
    }

    private void goOnWith(Tokens next) {
        current = next;
        notBefore = Instant.MIN;
        backoff = MIN_BACKOFF;
        lastFailure = null;
    }

    /** Throws where a failure leaves no hope; otherwise the session goes on, and tries again later. */
    private RefreshOutcome refused(Tokens old, XrpcException failure, Deadline deadline) {
        if (isOfTheCaller(failure, deadline)) {
            return new RefreshOutcome(old.data, false, failure);
        }
        if (!(failure instanceof XrpcResponseException refusal) || refusal.status() >= 500) {
            return postponed(old.data, failure, server.retryAt(failure));
        }
        switch (refusal.error()) {
            case "ExpiredToken", "InvalidToken" -> {
                Tokens newer = newer(old);
                if (newer == null) {
                    throw end(reason(refusal), failure);
                }
                goOnWith(newer);
                persistence.adopted(newer.data);
                boolean good = newer.expiry != null && !newer.isExpired(clock);
                return good ? new RefreshOutcome(newer.data, true, null) : rotate(newer, deadline);
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

    /** Whether the caller was interrupted or in a hurry: nothing that says anything to those who wait behind it. */
    private static boolean isOfTheCaller(XrpcException failure, Deadline deadline) {
        return failure instanceof XrpcTransportException lost
                && (lost.failure() instanceof TransportInterruptedException
                        || lost.failure() instanceof TransportTimeoutException && deadline.isOver());
    }

    /** Tokens that another process has put in the store since: it was faster, and the session is not over. */
    private @Nullable Tokens newer(Tokens old) {
        SessionData stored = persistence.stored(old.data.did());
        return stored == null
                        || stored.refreshJwt().equals(old.data.refreshJwt())
                        || !stored.service().equals(old.data.service())
                ? null
                : Tokens.saved(stored);
    }

    /** The reference server says "revoked" of a token that is superseded or deleted, and "expired" of one too old. */
    private static SessionEndedException.Reason reason(XrpcResponseException refusal) {
        if (!refusal.is("ExpiredToken")) {
            return SessionEndedException.Reason.REFUSED;
        }
        String message = refusal.serverMessage();
        return message != null && message.contains("revoked")
                ? SessionEndedException.Reason.REVOKED
                : SessionEndedException.Reason.EXPIRED;
    }

    /** The session lives on with its old tokens, and tries again later. */
    private RefreshOutcome postponed(SessionData old, RuntimeException failure, @Nullable Instant askedFor) {
        attempts++;
        lastFailure = failure;
        Instant latest = clock.instant().plus(MAX_ASKED_FOR);
        notBefore = askedFor == null ? clock.instant().plus(backoff) : askedFor.isBefore(latest) ? askedFor : latest;
        backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
        persistence.tell("the hook onUpdateFailure", () -> hooks.onUpdateFailure(session, old, failure));
        return new RefreshOutcome(old, false, failure);
    }

    /**
     * Ends the session at the server.
     *
     * @throws XrpcException if that fails; the session lives on
     */
    void logout() {
        acquire(Deadline.NONE);
        try {
            Tokens old = current;
            if (old == null) {
                return;
            }
            busy = true;
            try {
                server.delete(old.data.refreshJwt());
            } catch (XrpcException e) {
                if (!(e.is("ExpiredToken") || e.is("InvalidToken"))) {
                    persistence.tell("the hook onDeleteFailure", () -> hooks.onDeleteFailure(session, old.data, e));
                    throw e;
                }
                // The server has no such session any more, which is what was wanted.
            } finally {
                busy = false;
            }
            end(SessionEndedException.Reason.LOGGED_OUT, null);
        } finally {
            lock.unlock();
        }
    }

    private SessionEndedException end(SessionEndedException.Reason reason, @Nullable Throwable cause) {
        SessionData last = tokens().data;
        SessionEndedException end = new SessionEndedException(last.did(), reason, cause);
        ended = end;
        current = null;
        persistence.delete(last);
        return end;
    }

    private SessionEndedException endedAgain() {
        SessionEndedException end = ended;
        if (end == null) {
            throw new IllegalStateException("a session without tokens that has not ended");
        }
        return end.again();
    }

    private void acquire(Deadline deadline) {
        Duration left = deadline.left();
        try {
            if (left == null) {
                lock.lockInterruptibly();
            } else if (!lock.tryLock(left.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TransportTimeoutException(NO_TIME, null, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while waiting for the session's refresh", e, false);
        }
    }
}
