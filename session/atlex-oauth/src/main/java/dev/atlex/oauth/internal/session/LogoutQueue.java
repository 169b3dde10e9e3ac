package dev.atlex.oauth.internal.session;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.data.LexException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Revokes sessions at their servers. A session is queued in the store first. If its revocation fails, it stays there:
 * any process of the same client retries it, with increasing delays, even after a restart.
 */
public final class LogoutQueue {
    private static final System.Logger LOG = SessionLog.LOG;
    private static final ExponentialBackoff PAUSES = new ExponentialBackoff(Duration.ofMinutes(1), Duration.ofHours(6));

    /**
     * The time for which a lease is needed, which is longer than an attempt takes. A simultaneous attempt by another
     * process would do no harm.
     */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /**
     * The maximum number of attempts. With delays that grow to six hours, they take longer than sessions live without a
     * refresh.
     */
    private static final int MAX_ATTEMPTS = 400;

    private final OAuthContext context;
    private final EntryStore store;
    private final Revoker revoker;
    private final Notifier notifier;

    /** Creates the queue of a client. */
    public LogoutQueue(OAuthContext context) {
        this.context = context;
        this.store = context.store();
        this.revoker = new Revoker(context);
        this.notifier = new Notifier(context.listener());
    }

    /** Returns whether a session is queued. */
    boolean isQueued(OAuthRecord record) {
        return CompareAndSet.load(store, key(record)) != null;
    }

    private static Key key(OAuthRecord record) {
        return PendingLogout.key(SessionKeys.of(record.data()).publicKey().thumbprint());
    }

    /**
     * Queues a session, before the first attempt.
     *
     * @throws SessionStoreException if the store doesn't accept it
     */
    void add(OAuthRecord record) {
        PendingLogout logout = new PendingLogout(record, 0, context.now());
        CompareAndSet.replace(store, key(record), now -> logout.toJson());
    }

    /** Revokes a session without queueing it. */
    Revocation revokeNow(OAuthRecord record) {
        return revoker.revoke(record);
    }

    /**
     * Revokes a queued session if it is time for the next attempt.
     *
     * @return whether the session is gone
     * @throws SessionStoreException if the store fails
     */
    boolean finish(OAuthRecord record) {
        return finish(key(record));
    }

    private boolean finish(Key key) {
        try (Lease lease = store.acquireLease(key, LEASE, Duration.ZERO)) {
            Entry entry = CompareAndSet.load(store, key);
            if (entry == null) {
                return true;
            }
            // If the lease is held, another process is making an attempt, and its result isn't known yet.
            return lease != null && finish(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean finish(Entry entry) {
        PendingLogout logout;
        try {
            logout = PendingLogout.of(entry);
        } catch (SessionStoreException e) {
            LOG.log(Level.WARNING, "giving up on a logout: {0}", e.getMessage());
            store.delete(entry.key(), entry.generation());
            return false;
        }
        if (!context.isOurs(logout.record().data()) || PAUSES.isOn(logout.notBefore(), context.now())) {
            return false;
        }
        Revocation outcome = revoker.revoke(logout.record());
        if (outcome instanceof Revocation.Confirmed) {
            notifier.publish(new SessionEvent.LoggedOut(logout.record().data().did()));
            store.delete(entry.key(), entry.generation());
            return true;
        } else if (outcome instanceof Revocation.Impossible impossible) {
            giveUp(entry, logout, impossible.failure());
        } else if (outcome instanceof Revocation.Failed failed && logout.attempts() < MAX_ATTEMPTS) {
            Instant next = PAUSES.next(logout.attempts(), failed.retryAt(), context.now());
            store.save(
                    entry.key(),
                    entry.generation(),
                    logout.afterFailure(failed.left(), next).toJson());
            notifier.publish(
                    new SessionEvent.LogoutPostponed(logout.record().data().did(), failed.failure(), next));
        } else if (outcome instanceof Revocation.Failed failed) {
            giveUp(entry, logout, failed.failure());
        }
        return false;
    }

    private void giveUp(Entry entry, PendingLogout logout, LexException why) {
        store.delete(entry.key(), entry.generation());
        notifier.publish(new SessionEvent.LogoutGivenUp(logout.record().data().did(), why));
    }

    /**
     * Revokes all queued sessions of this client whose next attempt may start now. A failure for one doesn't affect the
     * others.
     *
     * @return the number of sessions that are still queued
     * @throws SessionStoreException if the store can't be read
     */
    public int finishAll() {
        List<Key> keys = new ArrayList<>();
        store.forEach(Kind.LOGOUT, entry -> {
            if (entry.key().name().startsWith(Key.OAUTH_LOGOUT) && isOurs(entry)) {
                keys.add(entry.key());
            }
        });
        int left = 0;
        for (Key key : keys) {
            try {
                finish(key);
                left += CompareAndSet.load(store, key) == null ? 0 : 1;
            } catch (RuntimeException | Error e) {
                Failures.rethrowFatal(e);
                LOG.log(
                        Level.WARNING,
                        "failed to finish the logout {0}: {1}; it stays queued",
                        key.name(),
                        Failures.describe(e));
                left++;
            }
        }
        return left;
    }

    private boolean isOurs(Entry entry) {
        try {
            return context.isOurs(PendingLogout.of(entry).record().data());
        } catch (SessionStoreException e) {
            return true; // The attempt removes it.
        }
    }
}
