package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.LexMap;
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
    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

    /** So long before its expiry a token is not worth starting a body with that can't be sent twice. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

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
        this.current = new Tokens(data, Duration.ZERO, clock);
    }

    /** The data of one generation of tokens. */
    static final class Tokens {
        final SessionData data;
        final URI target;
        final @Nullable Instant expiry;

        /** Set when these tokens were refused although fresh: other ones would be refused too. */
        volatile boolean refreshIsFutile;

        Tokens(SessionData data, Duration clockOffset, Clock clock) {
            this.data = data;
            URI pds = data.pds();
            this.target = pds == null ? data.service() : pds;
            Instant hint = TokenTimes.expiry(data.accessJwt());
            Instant local = hint == null ? null : hint.minus(clockOffset);
            // A token that is new and looks expired says that our clocks differ, not that it is.
            this.expiry = local == null || local.isBefore(clock.instant().plus(MARGIN)) ? null : local;
        }

        boolean isExpired(Clock clock) {
            return expiry != null && !clock.instant().plus(MARGIN).isBefore(expiry);
        }
    }

    /** The current tokens, when nobody is changing them. */
    Tokens await(@Nullable Duration patience) {
        if (busy && !lock.isHeldByCurrentThread()) {
            acquire(patience);
            lock.unlock();
        }
        persistence.retry(this::peekData, lock);
        return tokens();
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
    RefreshOutcome refresh(Tokens used, boolean forced, @Nullable Duration patience) {
        long seen = attempts;
        boolean nested = lock.isHeldByCurrentThread();
        acquire(patience);
        try {
            Tokens now = tokens();
            if (now != used) {
                return new RefreshOutcome(now.data, true, null);
            }
            boolean triedMeanwhile = attempts != seen || clock.instant().isBefore(notBefore);
            if (nested || !forced && triedMeanwhile) {
                return new RefreshOutcome(now.data, false, lastFailure);
            }
            busy = true;
            try {
                return rotate(now);
            } finally {
                attempts++;
                busy = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private RefreshOutcome rotate(Tokens old) {
        SessionServer.Answer answer;
        try {
            answer = server.refresh(old.data.refreshJwt());
        } catch (XrpcException e) {
            throwIfDefinite(old, e);
            return postponed(old.data, e, server.retryAt(e));
        }
        SessionData next = next(old.data, answer);
        current = new Tokens(next, answer.clockOffset(), clock);
        notBefore = Instant.MIN;
        backoff = MIN_BACKOFF;
        lastFailure = null;
        persistence.save(next);
        return new RefreshOutcome(next, true, null);
    }

    /** The new data: the answer's, and where that leaves something out, what the server says when asked, or the old. */
    private SessionData next(SessionData old, SessionServer.Answer answer) {
        SessionData next = old.merge(answer.fields());
        if (!next.did().equals(old.did())) {
            // Nothing that this server says of the session can be trusted; the old tokens are untouched.
            SessionConflictException conflict = new SessionConflictException(old.did(), next.did());
            postponed(old, conflict, null);
            throw conflict;
        }
        if (answer.fields().get("didDoc") == null || answer.fields().get("emailConfirmed") == null) {
            LexMap more = server.describe(next.accessJwt());
            if (more != null && next.did().toString().equals(more.getString("did"))) {
                return next.merge(more);
            }
        }
        return next;
    }

    /** Throws what an answer means that leaves no hope; returns where it may pass. */
    private void throwIfDefinite(Tokens old, XrpcException failure) {
        if (!(failure instanceof XrpcResponseException refusal) || refusal.status() >= 500) {
            return;
        }
        switch (refusal.error()) {
            case "ExpiredToken", "InvalidToken" -> throw end(reason(refusal), failure);
            case "AccountTakedown", "AccountSuspended", "AccountDeactivated" -> {
                AccountInactiveException inactive = (AccountInactiveException) server.explainLogin(failure);
                postponed(old.data, inactive, null);
                throw inactive;
            }
            default -> {}
        }
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
        lastFailure = failure;
        notBefore = askedFor == null ? clock.instant().plus(backoff) : askedFor;
        backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
        persistence.tell("onUpdateFailure", () -> hooks.onUpdateFailure(session, old, failure));
        return new RefreshOutcome(old, false, failure);
    }

    /**
     * Ends the session at the server.
     *
     * @throws XrpcException if that fails; the session lives on
     */
    void logout() {
        acquire(null);
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
                    persistence.tell("onDeleteFailure", () -> hooks.onDeleteFailure(session, old.data, e));
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

    private void acquire(@Nullable Duration patience) {
        try {
            if (patience == null) {
                lock.lockInterruptibly();
            } else if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TransportTimeoutException("timed out while waiting for the session's refresh", null, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while waiting for the session's refresh", e, false);
        }
    }
}
