package dev.atlex.session.internal.persist;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces or deletes the present entry, and tries again if another writer was faster. */
public final class CompareAndSet {
    /** More writers than ever meet at one key. A store that refuses so often is broken. */
    public static final int MAX_TRIES = 200;

    /** Tries without a pause in between. */
    private static final int EAGER = 10;

    /** The longest pause: all together less than a second. */
    private static final long PAUSE_NANOS = 5_000_000;

    private CompareAndSet() {}

    /**
     * Replaces the entry under a key, whatever it is. A corrupt one that the store reports only once is replaced too.
     *
     * @param value makes the new value of the present entry, which is null if there is none
     * @throws SessionStoreException if the store fails, or refuses {@link #MAX_TRIES} times
     */
    public static void replace(EntryStore store, Key key, Function<@Nullable Entry, String> value) {
        until(key, () -> {
            Entry now = load(store, key);
            return store.save(key, now == null ? EntryStore.NONE : now.generation(), value.apply(now)) != null;
        });
    }

    /**
     * Deletes the entry under a key, whatever it is.
     *
     * @throws SessionStoreException if the store fails, or refuses {@link #MAX_TRIES} times
     */
    public static void delete(EntryStore store, Key key) {
        until(key, () -> {
            Entry now = load(store, key);
            return now == null || store.delete(key, now.generation());
        });
    }

    /**
     * Returns the entry under a key, or null if there is none. A store that sets a corrupt entry aside says so once; after
     * that there is none.
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

    private static void until(Key key, BooleanSupplier done) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (done.getAsBoolean()) {
                return;
            }
            if (tries >= EAGER) {
                // Writers that met once must not meet again and again.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS));
            }
        }
        throw new SessionStoreException(
                "can't change " + key + " in the store: another generation was there " + MAX_TRIES + " times", null);
    }
}
