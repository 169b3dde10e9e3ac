package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.internal.session.Found.Lost;
import dev.atlex.oauth.internal.session.Found.Newer;
import dev.atlex.oauth.internal.session.Found.Same;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One session's entry in the store. Holds no state: each method takes the generation that the session knows. Methods
 * rethrow the store's exceptions, unless stated otherwise.
 */
final class SessionEntry {
    private static final System.Logger LOG = SessionLog.LOG;

    /**
     * The maximum number of races that a save may lose. It loses only if another process has saved first, which is
     * rare.
     */
    private static final int MAX_RACES = 20;

    /**
     * The time for which a lease may be needed: until the new tokens are saved. While its holder lives and can reach
     * the store, no other process may refresh.
     */
    private static final Duration LEASE = Duration.ofDays(1);

    private final EntryStore store;
    private final Key key;

    SessionEntry(EntryStore store, Key key) {
        this.store = store;
        this.key = key;
    }

    /** Returns the entry's key. */
    Key key() {
        return key;
    }

    /**
     * Acquires the right to refresh, or returns null if another process has it.
     *
     * @throws InterruptedException never on the threads of {@link Changes}, which aren't interrupted
     */
    @Nullable
    Lease lease(Duration maxWait) throws InterruptedException {
        return store.acquireLease(key, LEASE, maxWait);
    }

    /** Looks for an entry that was saved after the known one. */
    Found load(long known) {
        Entry entry;
        try {
            entry = store.load(key);
        } catch (SessionStoreException e) {
            // A store reports a corrupt entry once, and quarantines it.
            entry = store.load(key);
        }
        if (entry == null) {
            return new Lost(EntryStore.NONE);
        }
        if (entry.generation() == known) {
            return new Same();
        }
        if (entry.generation() < known) {
            LOG.log(
                    Level.WARNING,
                    "the store''s {0} is older than the session in memory, which replaces it; was a backup restored?",
                    key);
            return new Lost(entry.generation());
        }
        OAuthRecord record = readable(entry);
        return record == null ? new Lost(entry.generation()) : new Newer(record, entry.generation());
    }

    private static @Nullable OAuthRecord readable(Entry entry) {
        try {
            return OAuthRecord.of(entry);
        } catch (SessionStoreException e) {
            // Only the session in memory is left; the next save replaces the entry.
            LOG.log(Level.WARNING, e.getMessage());
            return null;
        }
    }

    /**
     * Saves a record over the entry with this generation.
     *
     * @return the new generation; null if another writer saved first
     */
    @Nullable
    Long save(long generation, OAuthRecord record) {
        Entry saved = store.save(key, generation, record.toJson());
        return saved == null ? null : saved.generation();
    }

    /**
     * Saves new tokens over the entry with the old ones, even if another process has changed that entry in other ways.
     * Never throws, because the old tokens no longer work.
     *
     * @param generation the generation of the entry with the old tokens
     * @param old the record with the old tokens
     * @param next the record with the new tokens
     */
    Save saveRotated(long generation, OAuthRecord old, OAuthRecord next, LogoutQueue logouts) {
        long expected = generation;
        try {
            for (int race = 0; race < MAX_RACES; race++) {
                Long saved = save(expected, next);
                if (saved != null) {
                    return new Save.Saved(saved);
                }
                Entry there = CompareAndSet.load(store, key);
                OAuthRecord other = there == null ? null : readable(there);
                if (there == null && logouts.isQueued(next)) {
                    return new Save.LoggedOut();
                } else if (there != null && other != null && other.hasTokensOf(next)) {
                    // An earlier attempt took effect even though it failed.
                    return new Save.Saved(there.generation());
                } else if (there != null && other != null && !other.hasTokensOf(old)) {
                    return new Save.Superseded(other, there.generation());
                }
                expected = there == null ? EntryStore.NONE : there.generation();
            }
            return new Save.Failed(
                    new SessionStoreException("another writer was faster " + MAX_RACES + " times", null));
        } catch (RuntimeException | Error e) {
            return new Save.Failed(e);
        }
    }

    /** Deletes the entry with this generation. Returns false if a different generation is stored. */
    boolean delete(long generation) {
        return generation == EntryStore.NONE || store.delete(key, generation);
    }
}
