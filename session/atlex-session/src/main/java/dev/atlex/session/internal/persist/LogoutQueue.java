package dev.atlex.session.internal.persist;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.session.internal.ExponentialBackoff;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
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
 * Makes servers forget sessions. What does not succeed is remembered in the store, and tried again by whoever uses the
 * store next, with growing pauses.
 */
public final class LogoutQueue {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.PasswordSession");
    private static final ExponentialBackoff PAUSES = new ExponentialBackoff(Duration.ofMinutes(1), Duration.ofHours(6));

    /** Longer than deleting takes; that somebody else tries too would do no harm. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** How far a server's clock may be behind ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    /**
     * With pauses that grow to six hours this takes more than 90 days, which is longer than refresh tokens live: a server that
     * still refuses then never will do otherwise.
     */
    private static final int MAX_ATTEMPTS = 400;

    private final SessionStore store;
    private final SessionContext context;
    private final Notifier events;
    private final Clock clock;

    public LogoutQueue(SessionStore store, SessionContext context) {
        this.store = store;
        this.context = context;
        this.events = new Notifier(context.listener());
        this.clock = context.clock();
    }

    /**
     * Deletes refresh tokens at their server: one that it does not know any more counts.
     *
     * @param unsettled those of them that the server may have traded for others that nobody here knows. Asked once more
     *     within the grace period, it gives the same successor, which is deleted first
     * @return those that are left, and why
     */
    public static Deletion delete(AuthServerClient server, List<String> tokens, Set<String> unsettled) {
        List<String> all = new ArrayList<>();
        Set<String> open = new HashSet<>(unsettled);
        RuntimeException failure = null;
        for (String token : tokens) {
            String successor = null;
            if (open.contains(token)) {
                try {
                    successor = server.successor(token);
                    open.remove(token);
                } catch (RuntimeException | Error e) {
                    Failures.rethrowFatal(e);
                    failure = UnexpectedErrorException.of("asking for a successor", e);
                }
            }
            if (successor != null) {
                all.remove(successor);
                all.add(successor);
            }
            if (!all.contains(token)) {
                all.add(token);
            }
        }
        List<String> left = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String token = all.get(i);
            if (open.contains(token)) {
                // Once it is deleted, nobody can ask for its successor any more.
                left.add(token);
                continue;
            }
            try {
                server.delete(token);
            } catch (XrpcException e) {
                if (e.is("ExpiredToken") || e.is("InvalidToken")) {
                    continue; // The server has no such session any more, which is what was wanted.
                }
                failure = e;
                if (!isOfTheToken(e)) {
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
        return new Deletion(List.copyOf(left), Set.copyOf(open), failure);
    }

    /** Whether other tokens may fare better. */
    private static boolean isOfTheToken(XrpcException failure) {
        return failure instanceof XrpcResponseException refusal && refusal.status() < 500 && refusal.status() != 429;
    }

    /**
     * Whether a stored session is over here: who logs out remembers that first, then deletes the entry, and may die in
     * between.
     *
     * @throws SessionStoreException if that can't be said
     */
    public static boolean isPending(SessionStore store, SessionData stored) {
        return isPending(store, stored.did(), List.of(stored.refreshJwt()));
    }

    /**
     * Whether a session is over here that has one of these refresh tokens.
     *
     * @throws SessionStoreException if that can't be said
     */
    public static boolean isPending(SessionStore store, Did did, Collection<String> tokens) {
        Entry entry = CompareAndSet.load(store, PendingLogout.key(did));
        PendingLogout pending = entry == null ? null : readable(entry);
        return pending != null && pending.sessions().stream().anyMatch(one -> tokens.contains(one.token()));
    }

    /**
     * What came of deleting.
     *
     * @param left the tokens that may still live
     * @param unsettled those of them whose successor could not be asked for
     * @param failure why, or null if none is left
     */
    public record Deletion(
            List<String> left,
            Set<String> unsettled,
            @Nullable RuntimeException failure) {
        @Override
        public String toString() {
            return "Deletion[" + left.size() + " left]";
        }
    }

    /**
     * Remembers tokens that are to be deleted, before that is tried.
     *
     * @throws SessionStoreException if the store does not take it
     */
    public void remember(Did did, URI service, List<String> tokens) {
        remember(
                did,
                tokens.stream()
                        .map(token -> new PendingLogout.Session(service, token, false))
                        .toList());
    }

    /** As {@link #remember(Did, URI, List)}, for sessions at any servers. */
    public void remember(Did did, List<PendingLogout.Session> sessions) {
        PendingLogout logout = new PendingLogout(did, sessions, 0, clock.instant());
        CompareAndSet.replace(store, logout.key(), now -> {
            PendingLogout before = now == null ? null : readable(now);
            return (before == null ? logout : before.and(logout)).toJson();
        });
        note(did, sessions.stream().map(PendingLogout.Session::token).toList());
    }

    /** Leaves word for processes that have newer tokens which they could not save ({@link EndedTokens}), if the store takes it. */
    public void note(Did did, List<String> tokens) {
        try {
            EndedTokens.add(store, did, tokens, clock);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "a logout can''t be noted in the store: {0}",
                    e.getClass().getName());
        }
    }

    private static @Nullable PendingLogout readable(Entry entry) {
        try {
            return PendingLogout.of(entry);
        } catch (SessionStoreException e) {
            return null;
        }
    }

    /**
     * Tries what is due for an account.
     *
     * @return null when nothing is left, otherwise why, or why not yet
     */
    @Nullable
    public Outcome finish(Did did) {
        return finish(PendingLogout.key(did));
    }

    private @Nullable Outcome finish(Key key) {
        try (Lease lease = store.acquireLease(key, LEASE, Duration.ZERO)) {
            Entry entry = CompareAndSet.load(store, key);
            if (entry == null) {
                return null;
            }
            // Where another process is at it, nothing is known yet.
            return lease == null ? new Outcome(null, clock.instant()) : finish(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(null, clock.instant());
        }
    }

    /**
     * A logout that is not through.
     *
     * @param failure what the last try met, or null where it was not time for one
     * @param retryAt no try before that
     */
    public record Outcome(@Nullable RuntimeException failure, Instant retryAt) {}

    private @Nullable Outcome finish(Entry entry) {
        PendingLogout logout;
        try {
            logout = PendingLogout.of(entry);
        } catch (SessionStoreException e) {
            giveUp(entry, e);
            return null;
        }
        Instant now = clock.instant();
        if (PAUSES.isOn(logout.notBefore(), now)) {
            return new Outcome(null, logout.notBefore());
        }
        Map<URI, List<PendingLogout.Session>> servers = new LinkedHashMap<>();
        for (PendingLogout.Session one : logout.sessions()) {
            if (!isOutlived(one.token(), now)) {
                servers.computeIfAbsent(one.service(), service -> new ArrayList<>())
                        .add(one);
            }
        }
        List<PendingLogout.Session> left = new ArrayList<>();
        RuntimeException failure = null;
        Instant asked = null;
        for (Map.Entry<URI, List<PendingLogout.Session>> one : servers.entrySet()) {
            AuthServerClient server = new AuthServerClient(one.getKey(), context);
            Deletion deletion = delete(server, one.getValue());
            for (String token : deletion.left()) {
                left.add(new PendingLogout.Session(
                        one.getKey(), token, deletion.unsettled().contains(token)));
            }
            if (deletion.failure() != null) {
                failure = deletion.failure();
                asked = later(asked, failure instanceof XrpcException refused ? server.retryAt(refused) : null);
            }
        }
        if (failure != null && logout.attempts() >= MAX_ATTEMPTS) {
            giveUp(entry, failure);
            return null;
        }
        if (failure == null) {
            if (!store.delete(entry.key(), entry.generation())) {
                // More came while we were at it: that is due at once.
                return new Outcome(null, clock.instant());
            }
            events.tell(new SessionEvent.LoggedOut(logout.did()));
            return null;
        }
        Instant next = next(logout, asked);
        store.save(
                entry.key(),
                entry.generation(),
                logout.afterFailure(List.copyOf(left), next).toJson());
        events.tell(new SessionEvent.LogoutPostponed(logout.did(), failure, next));
        return new Outcome(failure, next);
    }

    private static Deletion delete(AuthServerClient server, List<PendingLogout.Session> sessions) {
        Set<String> unsettled = new HashSet<>();
        List<String> tokens = new ArrayList<>();
        for (PendingLogout.Session one : sessions) {
            tokens.add(one.token());
            if (one.unsettled()) {
                unsettled.add(one.token());
            }
        }
        return delete(server, tokens, unsettled);
    }

    /** Whether the token says that it expired long ago: no server takes it, and there is nothing to revoke. */
    private static boolean isOutlived(String token, Instant now) {
        Instant end = TokenTimes.of(token).expires();
        return end != null && end.plus(CLOCKS_DIFFER).isBefore(now);
    }

    /** Removes an entry that can never be finished, and says so. */
    private void giveUp(Entry entry, RuntimeException why) {
        LOG.log(
                Level.WARNING,
                "a pending logout is given up ({0}): {1}",
                entry.key().name(),
                why instanceof SessionStoreException
                        ? why.getMessage()
                        : why.getClass().getName());
        store.delete(entry.key(), entry.generation());
        if (Did.isValid(entry.key().name())) {
            events.tell(new SessionEvent.LogoutGivenUp(Did.of(entry.key().name()), why));
        }
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private Instant next(PendingLogout logout, @Nullable Instant asked) {
        Instant now = clock.instant();
        Instant own = now.plus(PAUSES.after(logout.attempts()));
        return asked == null || asked.isBefore(own) ? own : ExponentialBackoff.within(PAUSES.longest(), asked, now);
    }

    /**
     * Tries all that are due.
     *
     * @return how many are left
     */
    public int finishAll() {
        List<Key> keys = new ArrayList<>();
        store.forEach(Kind.LOGOUT, entry -> keys.add(entry.key()));
        int left = 0;
        for (Key key : keys) {
            try {
                if (finish(key) != null) {
                    left++;
                }
            } catch (RuntimeException | Error e) {
                Failures.rethrowFatal(e);
                LOG.log(
                        Level.WARNING,
                        "the logout of {0} can''t be finished: {1}",
                        key.name(),
                        e instanceof SessionStoreException
                                ? e.getMessage()
                                : e.getClass().getName());
                left++;
            }
        }
        return left;
    }
}
