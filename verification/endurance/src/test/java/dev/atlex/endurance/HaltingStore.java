package dev.atlex.endurance;

import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that halts this process at a step of a refresh. */
final class HaltingStore implements SessionStore {
    private final EntryStore store;
    private volatile KillStep step = KillStep.NEVER;
    private int saves;

    HaltingStore(EntryStore store) {
        this.store = store;
    }

    /** Halts the process when the next refresh reaches the step. */
    void arm(KillStep next) {
        step = next;
    }

    /** Halts the process if this is the step. */
    void reached(KillStep reached) {
        if (step == reached) {
            Runtime.getRuntime().halt(OAuthKilledProcess.HALTED);
        }
    }

    @Override
    public @Nullable Entry load(Key key) {
        return store.load(key);
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        store.forEach(kind, action);
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        boolean watched = key.kind() == Kind.OAUTH && step != KillStep.NEVER;
        if (watched) {
            reached(KillStep.UNMARKED);
        }
        Entry saved = store.save(key, expected, value);
        if (watched) {
            // A refresh saves the announcement, and then the new tokens.
            reached(++saves % 2 == 1 ? KillStep.MARKED : KillStep.SAVED);
        }
        return saved;
    }

    @Override
    public boolean delete(Key key, long expected) {
        return store.delete(key, expected);
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        return store.acquireLease(key, ttl, maxWait);
    }
}
