package dev.atlex.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory that does wrong what a test says. */
final class TestStore implements SessionStore {
    private final MemorySessionStore inner = new MemorySessionStore();

    volatile @Nullable RuntimeException loadFails;
    volatile @Nullable RuntimeException saveFails;
    volatile @Nullable RuntimeException leaseFails;
    volatile @Nullable RuntimeException closeFails;
    volatile boolean leaseBusy;

    /** Happens once, before the next session is saved: what another process does in between. */
    volatile @Nullable Runnable beforeSave;

    final List<Duration> patience = new CopyOnWriteArrayList<>();

    private static void fail(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public @Nullable Entry load(Key key) {
        fail(loadFails);
        return inner.load(key);
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        fail(loadFails);
        inner.forEach(kind, action);
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        Runnable first = beforeSave;
        if (first != null && key.kind() == Kind.SESSION) {
            beforeSave = null;
            first.run();
        }
        fail(saveFails);
        return inner.save(key, expected, value);
    }

    @Override
    public boolean delete(Key key, long expected) {
        return inner.delete(key, expected);
    }

    @Override
    public @Nullable Lease lease(Key key, Duration atMost, Duration patience) throws InterruptedException {
        this.patience.add(patience);
        fail(leaseFails);
        Lease lease = leaseBusy ? null : inner.lease(key, atMost, patience);
        return lease == null
                ? null
                : () -> {
                    lease.close();
                    fail(closeFails);
                };
    }

    /** Puts a value in the place of whatever is there. */
    void put(Key key, String value) {
        Entry now = inner.load(key);
        inner.save(key, now == null ? NONE : now.generation(), value);
    }
}
