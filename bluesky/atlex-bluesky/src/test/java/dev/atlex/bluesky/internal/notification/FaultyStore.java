package dev.atlex.bluesky.internal.notification;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose operations fail when a test says so. */
final class FaultyStore implements EntryStore {
    private final EntryStore store;
    private int savesUntilFailure = Integer.MAX_VALUE;
    private int failingSaves;
    private int failingLoads;
    private boolean ignoresLeases;
    private @Nullable Random crashes;
    private double crashProbability;

    FaultyStore(EntryStore store) {
        this.store = store;
    }

    /** Makes this many saves fail, beginning with the save that has this number. */
    void failSaves(int first, int count) {
        savesUntilFailure = first;
        failingSaves = count;
    }

    void failLoads(int count) {
        failingLoads = count;
    }

    /** Crashes in saves, half of the time before the value is stored and otherwise after that. */
    void crashSaves(Random random, double probability) {
        crashes = random;
        crashProbability = probability;
    }

    void withoutLeases(Runnable action) {
        ignoresLeases = true;
        action.run();
        ignoresLeases = false;
    }

    @Override
    public @Nullable Entry load(Key key) {
        if (failingLoads > 0) {
            failingLoads--;
            throw new SessionStoreException("scripted", null);
        }
        return store.load(key);
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        store.forEach(kind, action);
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        if (--savesUntilFailure <= 0 && failingSaves > 0) {
            failingSaves--;
            throw new SessionStoreException("scripted", null);
        }
        Random random = crashes;
        boolean crash = random != null && random.nextDouble() < crashProbability;
        if (crash && random.nextBoolean()) {
            throw new NotificationFailuresTest.Crash();
        }
        Entry saved = store.save(key, expected, value);
        if (crash) {
            throw new NotificationFailuresTest.Crash();
        }
        return saved;
    }

    @Override
    public boolean delete(Key key, long expected) {
        return store.delete(key, expected);
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        return ignoresLeases ? () -> {} : store.acquireLease(key, ttl, maxWait);
    }
}
