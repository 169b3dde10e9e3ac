package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.session.internal.ExponentialBackoff;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.internal.persist.LoginRecord;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.SignInNames;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens sessions: takes up what a store has, and signs in within the budget where it has nothing. */
final class SessionOpener {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    /** What signing in takes at most, unless a person looks for a code: then somebody else may be asked for one, too. */
    private static final Duration LEASE = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Where a server says that there were too many, but not until when. */
    private static final Duration UNTOLD = Duration.ofMinutes(5);

    /** No server locks anybody out for longer; one that says so is mistaken. */
    private static final Duration MAX_ASKED_FOR = Duration.ofDays(1);

    private final SessionStore store;
    private final SessionOptions options;
    private final Clock clock;

    SessionOpener(SessionStore store, SessionOptions options) {
        this.store = store;
        this.options = options;
        this.clock = options.clock();
    }

    PasswordSession open(Credentials credentials) {
        Key key = Key.login(credentials.service(), credentials.identifier());
        PasswordSession session = stored(credentials, key);
        if (session == null) {
            session = signInOnce(credentials, key);
        }
        finishLogouts(session.did());
        return session;
    }

    private void finishLogouts(Did did) {
        try {
            new LogoutQueue(store, options.context()).finish(did);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            // It was not what was asked for, and will be tried again.
            LOG.log(
                    Level.WARNING,
                    "a logout can''t be finished: {0}",
                    e.getClass().getName());
        }
    }

    /** The session that the store has, or null where it has none that lives. */
    private @Nullable PasswordSession stored(Credentials credentials, Key key) {
        LoginRecord record = record(key);
        Did did = credentials.atIdentifier() instanceof Did known ? known : record.did();
        Entry entry = did == null ? null : readable(Key.session(did));
        SessionData data = entry == null ? null : understood(entry);
        if (entry == null
                || data == null
                || !Origins.same(data.service(), credentials.service())
                || !SignInNames.isMeant(credentials, data, record.told())) {
            return null;
        }
        if (isLoggedOut(data)) {
            // Who logged out was stopped in the midst, or is at it.
            store.delete(entry.key(), entry.generation());
            return null;
        }
        PasswordSession session = PasswordSession.of(entry, options);
        try {
            session.refreshIfExpired();
        } catch (SessionEndedException e) {
            return null;
        }
        if (!SignInNames.isMeant(credentials, session.data(), record.told())) {
            // The refresh brought the name that the account has now.
            return null;
        }
        new Notifier(options.listener()).tell(new SessionEvent.Resumed(session.did()));
        return session;
    }

    /** A store that sets aside what is damaged says so once; then there is nothing, and signing in mends it. */
    private @Nullable Entry readable(Key key) {
        try {
            return store.load(key);
        } catch (SessionStoreException e) {
            Entry entry = store.load(key);
            if (entry == null) {
                LOG.log(Level.WARNING, "signing in again: {0}", e.getMessage());
            }
            return entry;
        }
    }

    /** What the entry holds, or null if that is no session; signing in puts one in its place. */
    private static @Nullable SessionData understood(Entry entry) {
        try {
            return SessionRecord.of(entry).data();
        } catch (SessionStoreException e) {
            LOG.log(Level.WARNING, "signing in again: {0}", e.getMessage());
            return null;
        }
    }

    private boolean isLoggedOut(SessionData data) {
        try {
            return LogoutQueue.isPending(store, data);
        } catch (SessionStoreException e) {
            LOG.log(Level.WARNING, "a logout can''t be read: {0}", e.getMessage());
            return false;
        }
    }

    private LoginRecord record(Key key) {
        Entry entry = readable(key);
        return entry == null ? LoginRecord.NONE : LoginRecord.parse(entry.value());
    }

    private PasswordSession signInOnce(Credentials credentials, Key key) {
        try (Lease lease = store.acquireLease(key, LEASE, PATIENCE)) {
            PasswordSession session = stored(credentials, key);
            if (session != null) {
                return session;
            }
            if (lease == null) {
                throw new SessionStoreException("another program has been signing in for a minute; try again", null);
            }
            return signIn(credentials, key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while another one signs in", e, false);
        }
    }

    private PasswordSession signIn(Credentials credentials, Key key) {
        LoginRecord record = record(key);
        Instant now = clock.instant();
        Instant until = record.refusedUntil(now, MAX_ASKED_FOR);
        if (until != null) {
            throw new LoginRateLimitedException("the server wants no more sign-ins for now", until);
        }
        until = record.limitedUntil(now, options.signInLimit());
        if (until != null) {
            throw new LoginRateLimitedException("the login budget is used up", until);
        }
        // Before the server is asked: it counts those too that end with a crash here.
        LoginRecord tried = record.tried(now, options.signInLimit());
        remember(key, tried);
        PasswordSession session;
        try {
            session = PasswordSession.login(credentials, options);
        } catch (LoginRateLimitedException e) {
            throw refused(key, tried, e);
        }
        remember(credentials, session, tried);
        return session;
    }

    private LoginRateLimitedException refused(Key key, LoginRecord tried, LoginRateLimitedException refusal) {
        Instant until = until(refusal, clock.instant());
        try {
            remember(key, tried.refusedUntil(until));
        } catch (SessionStoreException e) {
            // That there were too many matters more.
            LOG.log(Level.WARNING, "a server''s limit could not be kept: {0}", e.getMessage());
        }
        return refusal.retryAt() == null && refusal.response() instanceof XrpcResponseException response
                ? new LoginRateLimitedException(response, until)
                : refusal;
    }

    private static Instant until(LoginRateLimitedException refusal, Instant now) {
        Instant asked = refusal.retryAt();
        return asked == null ? now.plus(UNTOLD) : ExponentialBackoff.within(MAX_ASKED_FOR, asked, now);
    }

    /** Under each of the account's names, so that whoever opens it by another one finds it. */
    private void remember(Credentials credentials, PasswordSession session, LoginRecord tried) {
        SessionData data = session.data();
        URI service = credentials.service();
        Key used = Key.login(service, credentials.identifier());
        Set<Key> keys =
                new LinkedHashSet<>(List.of(used, Key.login(service, data.did().toString())));
        if (!data.handle().toString().equals(SignInNames.NO_HANDLE)) {
            keys.add(Key.login(service, data.handle().toString()));
        }
        String email = data.email();
        if (email != null) {
            keys.add(Key.login(service, email));
        }
        for (Key key : keys) {
            try {
                // Servers count by name, and so do we.
                remember(
                        key,
                        key.equals(used)
                                ? tried.of(session.did(), SignInNames.of(credentials, data))
                                : record(key).of(session.did()));
            } catch (SessionStoreException e) {
                // The session itself is kept; at worst somebody signs in once more.
                LOG.log(Level.WARNING, "whose identifier it is could not be kept: {0}", e.getMessage());
            }
        }
    }

    private void remember(Key key, LoginRecord record) {
        CompareAndSet.replace(store, key, now -> record.toJson());
    }
}
