package dev.atlex.session.internal.persist;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.session.Credentials;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.SignInRateLimitedException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
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

/**
 * Opens sessions: resumes the stored one, or, if there is none, signs in within the limits.
 *
 * @param <S> the type of the public session, which internal code doesn't depend on
 */
public final class SessionOpener<S> {
    private static final System.Logger LOG = SessionLog.LOG;

    /**
     * The longest time that a sign-in takes, unless a person has to enter a code. In that case, another process may ask
     * for a code, too.
     */
    private static final Duration LEASE = Duration.ofSeconds(45);

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    /** The pause if a server reports too many sign-ins without the time of the next one. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(5);

    /** The longest pause. No server locks an account out for longer, so a longer pause is a mistake. */
    private static final Duration MAX_ASKED_FOR = Duration.ofDays(1);

    private final EntryStore store;
    private final SessionContext context;
    private final SessionFactory<S> sessions;
    private final Clock clock;

    /** Creates the sessions that are opened. */
    public interface SessionFactory<S> {
        /**
         * Resumes the session of an entry, and refreshes its tokens if they have expired.
         *
         * @throws SessionEndedException if the server has ended it
         */
        S resume(Entry entry);

        /** Signs in. */
        S signIn(Credentials credentials);

        /** Returns a session's account. */
        Did did(S session);

        /** Returns a session's data. */
        SessionData data(S session);
    }

    /** Creates an opener for one store. */
    public SessionOpener(EntryStore store, SessionContext context, SessionFactory<S> sessions) {
        this.store = store;
        this.context = context;
        this.sessions = sessions;
        this.clock = context.clock();
    }

    /** Opens the session of these credentials. */
    public S open(Credentials credentials) {
        Key key = Key.login(credentials.service(), credentials.identifier());
        S session = stored(credentials, key);
        if (session == null) {
            session = signInOnce(credentials, key);
        }
        finishLogouts(sessions.did(session));
        return session;
    }

    private void finishLogouts(Did did) {
        try {
            new LogoutQueue(store, context).finish(did);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            // The caller didn't ask for this logout, and it will be retried.
            LOG.log(
                    Level.WARNING,
                    "failed to finish the logout for {0}: {1}; it stays queued",
                    did,
                    e.getClass().getName());
        }
    }

    /** Returns the stored session, or null if there is none or it has ended. */
    private @Nullable S stored(Credentials credentials, Key key) {
        LoginRecord record = record(key);
        Did did = credentials.atIdentifier() instanceof Did known ? known : record.did();
        Entry entry = did == null ? null : readable(Key.session(did));
        SessionData data = entry == null ? null : decoded(entry);
        if (entry == null
                || data == null
                || !Origins.same(data.service(), credentials.service())
                || !SignInNames.isMeant(credentials, data, record.reportedName())) {
            return null;
        }
        if (isLoggedOut(data)) {
            // The process that logged out died before it deleted the entry, or is about to delete it.
            store.delete(entry.key(), entry.generation());
            return null;
        }
        S session;
        try {
            session = sessions.resume(entry);
        } catch (SessionEndedException e) {
            return null;
        }
        SessionData current = sessions.data(session);
        if (!SignInNames.isMeant(credentials, current, record.reportedName())) {
            // The refresh has returned the account's current name, which isn't the identifier.
            return null;
        }
        new Notifier(context.listener()).publish(new SessionEvent.Resumed(current.did()));
        return session;
    }

    /**
     * Returns the entry, or null if there is none. A store that quarantines a corrupt entry reports it once. After
     * that, the entry is missing, and signing in creates a new one.
     */
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

    /** Returns an entry's session, or null if it is corrupt; signing in replaces it. */
    private static @Nullable SessionData decoded(Entry entry) {
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
            LOG.log(Level.WARNING, "failed to read the queued logout for {0}: {1}", data.did(), e.getMessage());
            return false;
        }
    }

    private LoginRecord record(Key key) {
        Entry entry = readable(key);
        return entry == null ? LoginRecord.NONE : LoginRecord.parse(entry.value());
    }

    private S signInOnce(Credentials credentials, Key key) {
        try (Lease lease = store.acquireLease(key, LEASE, MAX_WAIT)) {
            S session = stored(credentials, key);
            if (session != null) {
                return session;
            }
            if (lease == null) {
                throw new SessionStoreException(
                        "open: another program has been signing in for a minute; try again later", null);
            }
            return signIn(credentials, key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while another program signs in", e, false);
        }
    }

    private S signIn(Credentials credentials, Key key) {
        LoginRecord record = record(key);
        Instant now = clock.instant();
        Instant until = record.refusedUntil(now, MAX_ASKED_FOR);
        if (until != null) {
            throw new SignInRateLimitedException("the server doesn't accept more sign-ins for now", until);
        }
        until = record.limitedUntil(now, context.signInLimit());
        if (until != null) {
            throw new SignInRateLimitedException("the program's own sign-in limit is reached (SignInLimit)", until);
        }
        // This is saved before the request, so that a sign-in during which the program crashes counts too.
        LoginRecord tried = record.tried(now, context.signInLimit());
        remember(key, tried);
        S session;
        try {
            session = sessions.signIn(credentials);
        } catch (SignInRateLimitedException e) {
            throw refused(key, tried, e);
        }
        remember(credentials, sessions.data(session), tried);
        return session;
    }

    private SignInRateLimitedException refused(Key key, LoginRecord tried, SignInRateLimitedException refusal) {
        Instant until = until(refusal, clock.instant());
        try {
            remember(key, tried.refusedUntil(until));
        } catch (SessionStoreException e) {
            // It is more important to report the limit to the caller.
            LOG.log(Level.WARNING, "failed to save the server''s sign-in limit: {0}", e.getMessage());
        }
        return refusal.retryAt() == null && refusal.response() instanceof XrpcResponseException response
                ? new SignInRateLimitedException(response, until)
                : refusal;
    }

    private static Instant until(SignInRateLimitedException refusal, Instant now) {
        Instant asked = refusal.retryAt();
        return asked == null ? now.plus(DEFAULT_PAUSE) : ExponentialBackoff.within(MAX_ASKED_FOR, asked, now);
    }

    /** Saves the account under each of its names, so that any of them finds it. */
    private void remember(Credentials credentials, SessionData data, LoginRecord tried) {
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
                // Servers count sign-ins by name, and so does this class.
                remember(
                        key,
                        key.equals(used)
                                ? tried.of(data.did(), SignInNames.of(credentials, data))
                                : record(key).of(data.did()));
            } catch (SessionStoreException e) {
                // The session itself is saved. At worst, a program signs in once more.
                LOG.log(Level.WARNING, "failed to save a name of {0}: {1}", data.did(), e.getMessage());
            }
        }
    }

    private void remember(Key key, LoginRecord record) {
        CompareAndSet.replace(store, key, now -> record.toJson());
    }
}
