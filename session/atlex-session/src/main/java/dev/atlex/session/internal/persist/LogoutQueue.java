package dev.atlex.session.internal.persist;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revokes sessions on their servers. Revocations are queued in the store first, and failed ones stay there. Any process
 * that uses the store retries them, with increasing delays.
 */
public final class LogoutQueue {
    private static final System.Logger LOG = SessionLog.LOG;
    private static final ExponentialBackoff PAUSES = new ExponentialBackoff(Duration.ofMinutes(1), Duration.ofHours(6));

    /**
     * The time for which a lease is needed, which is longer than a revocation takes. A simultaneous attempt by another
     * process would do no harm.
     */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** The maximum time by which a server's clock may be behind ours. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofDays(1);

    /**
     * The maximum number of attempts. With delays that grow to six hours, they take more than 90 days, which is longer
     * than refresh tokens live. A server that still refuses after that will always refuse.
     */
    private static final int MAX_ATTEMPTS = 400;

    private final EntryStore store;
    private final SessionContext context;
    private final Notifier notifier;
    private final Clock clock;

    /** Creates the queue for a store. */
    public LogoutQueue(EntryStore store, SessionContext context) {
        this.store = store;
        this.context = context;
        this.notifier = new Notifier(context.listener());
        this.clock = context.clock();
    }

    /**
     * Revokes refresh tokens on their server. A token that the server no longer knows counts as revoked.
     *
     * @param unsettled the tokens that may have an unknown successor on the server. If the server is asked again within
     *     the grace period, it returns the same successor, which is revoked first
     */
    public static Revocation revoke(AuthServerClient server, List<String> tokens, Set<String> unsettled) {
        Set<String> open = new HashSet<>(unsettled);
        List<String> all = new ArrayList<>();
        RuntimeException failure = null;
        for (String token : tokens) {
            if (open.contains(token)) {
                try {
                    String successor = server.successor(token);
                    open.remove(token);
                    if (successor != null) {
                        all.remove(successor);
                        all.add(successor);
                    }
                } catch (RuntimeException | Error e) {
                    Failures.rethrowFatal(e);
                    failure = UnexpectedErrorException.of("asking for a successor", e);
                }
            }
            if (!all.contains(token)) {
                all.add(token);
            }
        }
        List<String> left = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String token = all.get(i);
            if (open.contains(token)) {
                // Once the token is revoked, its successor can no longer be found.
                left.add(token);
                continue;
            }
            try {
                server.revoke(token);
            } catch (XrpcException e) {
                if (e.is("ExpiredToken") || e.is("InvalidToken")) {
                    continue; // The server no longer has this session, which is the goal.
                }
                failure = e;
                if (!isAboutTheToken(e)) {
                    left.addAll(all.subList(i, all.size()));
                    break;
                }
                left.add(token);
            } catch (RuntimeException | Error e) {
                Failures.rethrowFatal(e);
                failure = UnexpectedErrorException.of("deleting a session", e);
                left.add(token);
            }
        }
        open.retainAll(left);
        return new Revocation(List.copyOf(left), Set.copyOf(open), failure);
    }

    /** Returns whether revoking other tokens may still succeed. */
    private static boolean isAboutTheToken(XrpcException failure) {
        return failure instanceof XrpcResponseException refusal && refusal.status() < 500 && refusal.status() != 429;
    }

    /**
     * Returns whether a stored session has been logged out through this store. A logout is queued before the session's
     * entry is deleted, and the process may die in between.
     *
     * @throws SessionStoreException if the store fails
     */
    public static boolean isPending(EntryStore store, SessionData stored) {
        return PendingLogout.contains(store, stored.did(), List.of(stored.refreshJwt()));
    }

    /**
     * Returns whether one of these refresh tokens is queued for revocation.
     *
     * @throws SessionStoreException if the store fails
     */
    public boolean isPending(Did did, Collection<String> tokens) {
        return PendingLogout.contains(store, did, tokens);
    }

    /**
     * The result of a revocation.
     *
     * @param left the tokens that may still work
     * @param unsettled the ones among them whose successor couldn't be found
     * @param failure the reason why tokens are left; null if none are
     */
    public record Revocation(
            List<String> left,
            Set<String> unsettled,
            @Nullable RuntimeException failure) {
        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Revocation[" + left.size() + " left]";
        }
    }

    /**
     * Queues tokens for revocation, before the first attempt.
     *
     * @throws SessionStoreException if the store doesn't accept them
     */
    public void add(Did did, URI service, List<String> tokens) {
        add(did, service, tokens, null);
    }

    /**
     * Like {@link #add(Did, URI, List)}, with a token that may have an unknown successor.
     *
     * @param unsettled one of the tokens, or null
     */
    public void add(Did did, URI service, List<String> tokens, @Nullable String unsettled) {
        List<PendingLogout.Session> sessions = new ArrayList<>();
        for (String token : tokens) {
            sessions.add(new PendingLogout.Session(service, token, token.equals(unsettled)));
        }
        PendingLogout logout = new PendingLogout(did, sessions, 0, clock.instant());
        CompareAndSet.replace(store, logout.key(), now -> {
            PendingLogout before = now == null ? null : PendingLogout.readable(now);
            return (before == null ? logout : before.and(logout)).toJson();
        });
        note(did, tokens);
    }

    /** Records revoked tokens for processes that couldn't save their newer tokens ({@link EndedTokens}). */
    public void note(Did did, List<String> tokens) {
        try {
            EndedTokens.add(store, did, tokens, clock);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "failed to record the logout for {0} in the store: {1}; processes with unsaved tokens may miss it",
                    did,
                    e.getClass().getName());
        }
    }

    /** The result of processing one account's queue. */
    public sealed interface Outcome {
        /** The queue is empty. */
        record Finished() implements Outcome {}

        /**
         * The queue isn't empty.
         *
         * @param failure the attempt's failure; null if it was too early for an attempt, or another process is making
         *     one
         * @param retryAt the time of the next attempt
         */
        record Pending(@Nullable RuntimeException failure, Instant retryAt) implements Outcome {}
    }

    private static final Outcome FINISHED = new Outcome.Finished();

    /** Processes an account's queue if it is time for the next attempt. */
    public Outcome finish(Did did) {
        return finish(PendingLogout.key(did));
    }

    private Outcome finish(Key key) {
        try (Lease lease = store.acquireLease(key, LEASE, Duration.ZERO)) {
            Entry entry = CompareAndSet.load(store, key);
            if (entry == null) {
                return FINISHED;
            }
            // If the lease is held, another process is making an attempt, and its result isn't known yet.
            return lease == null ? new Outcome.Pending(null, clock.instant()) : finish(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Pending(null, clock.instant());
        }
    }

    private Outcome finish(Entry entry) {
        PendingLogout logout;
        try {
            logout = PendingLogout.of(entry);
        } catch (SessionStoreException e) {
            giveUp(entry, e);
            return FINISHED;
        }
        Instant now = clock.instant();
        if (PAUSES.isOn(logout.notBefore(), now)) {
            return new Outcome.Pending(null, logout.notBefore());
        }
        List<PendingLogout.Session> left = new ArrayList<>();
        RuntimeException failure = null;
        Instant askedFor = null;
        for (Map.Entry<URI, List<PendingLogout.Session>> one :
                byServer(logout, now).entrySet()) {
            AuthServerClient server = new AuthServerClient(one.getKey(), context);
            Revocation revocation = revoke(server, one.getValue());
            for (String token : revocation.left()) {
                left.add(new PendingLogout.Session(
                        one.getKey(), token, revocation.unsettled().contains(token)));
            }
            if (revocation.failure() != null) {
                failure = revocation.failure();
                askedFor = later(askedFor, failure instanceof XrpcException refused ? server.retryAt(refused) : null);
            }
        }
        if (failure == null) {
            if (!store.delete(entry.key(), entry.generation())) {
                // More tokens were queued in the meantime, and can be sent immediately.
                return new Outcome.Pending(null, clock.instant());
            }
            notifier.publish(new SessionEvent.LoggedOut(logout.did()));
            return FINISHED;
        }
        if (logout.attempts() >= MAX_ATTEMPTS) {
            giveUp(entry, failure);
            return FINISHED;
        }
        Instant next = PAUSES.next(logout.attempts(), askedFor, clock.instant());
        store.save(
                entry.key(),
                entry.generation(),
                logout.afterFailure(List.copyOf(left), next).toJson());
        notifier.publish(new SessionEvent.LogoutPostponed(logout.did(), failure, next));
        return new Outcome.Pending(failure, next);
    }

    private static Map<URI, List<PendingLogout.Session>> byServer(PendingLogout logout, Instant now) {
        Map<URI, List<PendingLogout.Session>> servers = new LinkedHashMap<>();
        for (PendingLogout.Session one : logout.sessions()) {
            if (!isLongExpired(one.token(), now)) {
                servers.computeIfAbsent(one.service(), service -> new ArrayList<>())
                        .add(one);
            }
        }
        return servers;
    }

    private static Revocation revoke(AuthServerClient server, List<PendingLogout.Session> sessions) {
        Set<String> unsettled = new HashSet<>();
        List<String> tokens = new ArrayList<>();
        for (PendingLogout.Session one : sessions) {
            tokens.add(one.token());
            if (one.unsettled()) {
                unsettled.add(one.token());
            }
        }
        return revoke(server, tokens, unsettled);
    }

    /**
     * Returns whether the token expired long ago. If so, no server accepts it, and there is nothing to revoke.
     */
    private static boolean isLongExpired(String token, Instant now) {
        Instant end = TokenTimes.of(token).expires();
        return end != null && end.plus(MAX_CLOCK_SKEW).isBefore(now);
    }

    /** Removes an entry that can never be finished, and reports that the logout was given up. */
    private void giveUp(Entry entry, RuntimeException why) {
        LOG.log(
                Level.WARNING,
                "giving up on the logout for {0}: {1}",
                entry.key().name(),
                Failures.describe(why));
        store.delete(entry.key(), entry.generation());
        if (Did.isValid(entry.key().name())) {
            notifier.publish(new SessionEvent.LogoutGivenUp(Did.of(entry.key().name()), why));
        }
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /**
     * Processes the queues of all accounts.
     *
     * @return the number of accounts that still have queued logouts
     */
    public int finishAll() {
        List<Key> keys = new ArrayList<>();
        store.forEach(Kind.LOGOUT, entry -> {
            // Logouts of OAuth sessions need the client's keys, so only an OAuth client can finish them.
            if (!entry.key().name().startsWith(Key.OAUTH_LOGOUT)) {
                keys.add(entry.key());
            }
        });
        int left = 0;
        for (Key key : keys) {
            try {
                if (finish(key) instanceof Outcome.Pending) {
                    left++;
                }
            } catch (RuntimeException | Error e) {
                Failures.rethrowFatal(e);
                LOG.log(
                        Level.WARNING,
                        "failed to finish the logout for {0}: {1}; it stays queued",
                        key.name(),
                        Failures.describe(e));
                left++;
            }
        }
        return left;
    }
}
