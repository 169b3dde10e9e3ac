package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.session.SessionStore.Lease;
import dev.atlex.session.internal.CompareAndSet;
import dev.atlex.session.internal.Pauses;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes servers forget sessions. What does not succeed is remembered in the store, and tried again by whoever uses the
 * store next, with growing pauses.
 */
final class Logouts {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());
    private static final Pauses PAUSES = new Pauses(Duration.ofMinutes(1), Duration.ofHours(6));

    /** Longer than deleting takes; that somebody else tries too would do no harm. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final SessionStore store;
    private final SessionOptions options;
    private final Events events;
    private final Clock clock;

    Logouts(SessionStore store, SessionOptions options) {
        this.store = store;
        this.options = options;
        this.events = new Events(options.listener());
        this.clock = options.timing().clock();
    }

    /**
     * Deletes refresh tokens at their server: one that it does not know any more counts.
     *
     * @return those that are left, and why
     */
    static Deletion delete(SessionServer server, List<String> tokens) {
        List<String> left = new ArrayList<>();
        XrpcException failure = null;
        for (int i = 0; i < tokens.size(); i++) {
            try {
                server.delete(tokens.get(i));
            } catch (XrpcException e) {
                if (e.is("ExpiredToken") || e.is("InvalidToken")) {
                    continue; // The server has no such session any more, which is what was wanted.
                }
                failure = e;
                if (!isOfTheToken(e)) {
                    left.addAll(tokens.subList(i, tokens.size()));
                    break;
                }
                left.add(tokens.get(i));
            }
        }
        return new Deletion(List.copyOf(left), failure);
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
    static boolean isPending(SessionStore store, SessionData stored) {
        return isPending(store, stored.did(), List.of(stored.refreshJwt()));
    }

    /**
     * Whether a session is over here that has one of these refresh tokens.
     *
     * @throws SessionStoreException if that can't be said
     */
    static boolean isPending(SessionStore store, Did did, Collection<String> tokens) {
        Entry entry = store.load(PendingLogout.key(did));
        return entry != null
                && PendingLogout.of(entry).sessions().stream().anyMatch(one -> tokens.contains(one.token()));
    }

    /**
     * What came of deleting.
     *
     * @param left the tokens that may still live
     * @param failure why, or null if none is left
     */
    record Deletion(List<String> left, @Nullable XrpcException failure) {
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
    void remember(Did did, URI service, List<String> tokens) {
        List<PendingLogout.Session> sessions = tokens.stream()
                .map(token -> new PendingLogout.Session(service, token))
                .toList();
        PendingLogout logout = new PendingLogout(did, sessions, 0, clock.instant());
        Key key = logout.key();
        CompareAndSet.replace(store, key, now -> (now == null ? logout : readable(now, logout)).toJson());
    }

    private static PendingLogout readable(Entry entry, PendingLogout other) {
        try {
            return PendingLogout.of(entry).and(other);
        } catch (SessionStoreException e) {
            return other;
        }
    }

    /**
     * Tries what is due for an account.
     *
     * @return null when nothing is left, otherwise why, or why not yet
     */
    @Nullable
    Outcome finish(Did did) {
        Key key = PendingLogout.key(did);
        try (Lease lease = store.lease(key, LEASE, Duration.ZERO)) {
            Entry entry = store.load(key);
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
    record Outcome(@Nullable XrpcException failure, Instant retryAt) {}

    private @Nullable Outcome finish(Entry entry) {
        PendingLogout logout = PendingLogout.of(entry);
        Instant now = clock.instant();
        if (PAUSES.isOn(logout.notBefore(), now)) {
            return new Outcome(null, logout.notBefore());
        }
        Map<URI, List<String>> servers = new LinkedHashMap<>();
        for (PendingLogout.Session one : logout.sessions()) {
            servers.computeIfAbsent(one.service(), service -> new ArrayList<>()).add(one.token());
        }
        List<PendingLogout.Session> left = new ArrayList<>();
        XrpcException failure = null;
        Instant asked = null;
        for (Map.Entry<URI, List<String>> one : servers.entrySet()) {
            SessionServer server = new SessionServer(one.getKey(), options);
            Deletion deletion = delete(server, one.getValue());
            deletion.left().forEach(token -> left.add(new PendingLogout.Session(one.getKey(), token)));
            if (deletion.failure() != null) {
                failure = deletion.failure();
                asked = later(asked, server.retryAt(failure));
            }
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

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private Instant next(PendingLogout logout, @Nullable Instant asked) {
        Instant now = clock.instant();
        Instant own = now.plus(PAUSES.after(logout.attempts()));
        return asked == null || asked.isBefore(own) ? own : Pauses.within(PAUSES.longest(), asked, now);
    }

    /**
     * Tries all that are due.
     *
     * @return how many are left
     */
    int finishAll() {
        List<Did> accounts = new ArrayList<>();
        store.forEach(Kind.LOGOUT, entry -> {
            if (Did.isValid(entry.key().name())) {
                accounts.add(Did.of(entry.key().name()));
            }
        });
        int left = 0;
        for (Did did : accounts) {
            try {
                finish(did);
                left += store.load(PendingLogout.key(did)) == null ? 0 : 1;
            } catch (SessionStoreException e) {
                LOG.log(Level.WARNING, "a logout can''t be finished: {0}", e.getMessage());
                left++;
            }
        }
        return left;
    }
}
