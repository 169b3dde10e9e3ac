package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.session.SessionStore.Lease;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes servers forget sessions. What does not succeed is remembered in the store, and tried again by whoever uses the
 * store next, with growing pauses.
 */
final class Logouts {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());
    private static final Duration MIN_PAUSE = Duration.ofMinutes(1);
    private static final Duration MAX_PAUSE = Duration.ofHours(6);

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
        for (int i = 0; i < tokens.size(); i++) {
            try {
                server.delete(tokens.get(i));
            } catch (XrpcException e) {
                if (!(e.is("ExpiredToken") || e.is("InvalidToken"))) {
                    return new Deletion(List.copyOf(tokens.subList(i, tokens.size())), e);
                }
                // The server has no such session any more, which is what was wanted.
            }
        }
        return new Deletion(List.of(), null);
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
        PendingLogout logout = new PendingLogout(did, service, tokens, 0, clock.instant());
        Key key = logout.key();
        Entry saved;
        do {
            Entry now = store.load(key);
            PendingLogout all = now == null ? logout : readable(now, logout);
            saved = store.save(key, now == null ? SessionStore.NONE : now.generation(), all.toJson());
        } while (saved == null);
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
            Entry entry = lease == null ? null : store.load(key);
            return entry == null ? null : finish(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
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
        if (clock.instant().isBefore(logout.notBefore())) {
            return new Outcome(null, logout.notBefore());
        }
        SessionServer server = new SessionServer(logout.service(), options);
        Deletion deletion = delete(server, logout.tokens());
        XrpcException failure = deletion.failure();
        if (failure == null) {
            if (!store.delete(entry.key(), entry.generation())) {
                // More came while we were at it: that is due at once.
                return new Outcome(null, clock.instant());
            }
            events.tell(new SessionEvent.LoggedOut(logout.did()));
            return null;
        }
        Instant next = next(logout, server.retryAt(failure));
        store.save(
                entry.key(),
                entry.generation(),
                logout.afterFailure(deletion.left(), next).toJson());
        events.tell(new SessionEvent.LogoutPostponed(logout.did(), failure, next));
        return new Outcome(failure, next);
    }

    private Instant next(PendingLogout logout, @Nullable Instant asked) {
        Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(logout.attempts(), 9));
        Instant own = clock.instant().plus(pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE);
        Instant latest = clock.instant().plus(MAX_PAUSE);
        return asked == null || asked.isBefore(own) ? own : asked.isBefore(latest) ? asked : latest;
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
