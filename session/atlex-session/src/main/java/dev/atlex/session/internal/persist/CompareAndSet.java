package dev.atlex.session.internal.persist;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces or deletes an entry, and retries, a bounded number of times, if another writer was faster. */
public final class CompareAndSet {
    /**
     * The maximum number of attempts, which is more than the number of writers that ever compete for one key. A store
     * that refuses this many changes is broken.
     */
    public static final int MAX_TRIES = 200;

    /** The number of retries without a pause. */
    private static final int EAGER = 10;

    /** The longest pause. All of them together take less than a second. */
    private static final long PAUSE_NANOS = 5_000_000;

    private CompareAndSet() {}

    /**
     * Replaces the entry under a key, regardless of its content. Also replaces a corrupt entry that the store reports
     * only once.
     *
     * @param value the function that creates the new value from the current entry, which is null if there is none
     * @return the new entry
     * @throws SessionStoreException if the store fails, or refuses {@link #MAX_TRIES} times
     */
    public static Entry replace(EntryStore store, Key key, Function<@Nullable Entry, String> value) {
        for (Race race = race(key, MAX_TRIES); ; race.lost()) {
            Entry now = load(store, key);
            Entry saved = store.save(key, now == null ? EntryStore.NONE : now.generation(), value.apply(now));
            if (saved != null) {
                return saved;
            }
        }
    }

    /**
     * Deletes the entry under a key, regardless of its content.
     *
     * @throws SessionStoreException if the store fails, or refuses {@link #MAX_TRIES} times
     */
    public static void delete(EntryStore store, Key key) {
        for (Race race = race(key, MAX_TRIES); ; race.lost()) {
            Entry now = load(store, key);
            if (now == null || store.delete(key, now.generation())) {
                return;
            }
        }
    }

    /**
     * Returns the entry under a key, or null if there is none. A store that quarantines a corrupt entry reports it
     * once. After that, the entry is missing.
     *
     * @throws SessionStoreException if the store fails twice
     */
    public static @Nullable Entry load(EntryStore store, Key key) {
        try {
            return store.load(key);
        } catch (SessionStoreException e) {
            return store.load(key);
        }
    }

    /** Returns a race for one change, with the maximum number of attempts. */
    static Race race(Key key, int maxTries) {
        return new Race(key, maxTries);
    }

    /** Counts the attempts at one change, and pauses between them. */
    static final class Race {
        private final Key key;
        private final int maxTries;
        private int tries;

        private Race(Key key, int maxTries) {
            this.key = key;
            this.maxTries = maxTries;
        }

        /**
         * Records that another writer was faster.
         *
         * @throws SessionStoreException if no attempts are left
         */
        void lost() {
            if (++tries == maxTries) {
                throw new SessionStoreException(
                        "can't change " + key + " in the store: another writer was faster " + maxTries + " times",
                        null);
            }
            if (tries > EAGER) {
                // Writers that collided once must not collide again and again.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS));
            }
        }
    }
}
