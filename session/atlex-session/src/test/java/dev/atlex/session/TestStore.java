package dev.atlex.session;

import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory with faults that a test injects. */
final class TestStore implements SessionStore {
    private final MemorySessionStore inner = new MemorySessionStore();

    volatile @Nullable Throwable loadFails;
    volatile @Nullable Throwable saveFails;
    volatile @Nullable Throwable leaseFails;
    volatile @Nullable Throwable closeFails;
    volatile boolean leaseBusy;

    /** Whether another writer always saves first. */
    volatile boolean conflicts;

    /** The exceptions to throw when these entries are loaded. */
    final Map<Key, Throwable> broken = new ConcurrentHashMap<>();

    final AtomicInteger changes = new AtomicInteger();

    /** Runs once before the next session is saved, in place of another process. */
    volatile @Nullable Runnable beforeSave;

    private final Map<Long, String> written = new ConcurrentHashMap<>();

    final List<Duration> maxWait = new CopyOnWriteArrayList<>();

    private static void fail(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public @Nullable Entry load(Key key) {
        fail(loadFails);
        fail(broken.get(key));
        Entry entry = inner.load(key);
        return entry == null ? null : shown(entry);
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        fail(loadFails);
        inner.forEach(kind, entry -> action.accept(shown(entry)));
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        Runnable first = beforeSave;
        if (first != null && key.kind() == Kind.SESSION) {
            beforeSave = null;
            first.run();
        }
        fail(saveFails);
        changes.incrementAndGet();
        return conflicts ? null : inner.save(key, expected, value);
    }

    @Override
    public boolean delete(Key key, long expected) {
        changes.incrementAndGet();
        return !conflicts && inner.delete(key, expected);
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        this.maxWait.add(maxWait);
        fail(leaseFails);
        Lease lease = leaseBusy ? null : inner.acquireLease(key, ttl, maxWait);
        return lease == null
                ? null
                : () -> {
                    lease.close();
                    fail(closeFails);
                };
    }

    /** Replaces a value directly in the storage. */
    void put(Key key, String value) {
        Entry now = inner.load(key);
        Entry saved = inner.save(key, now == null ? NONE : now.generation(), "{}");
        written.put(saved.generation(), value);
    }

    private Entry shown(Entry entry) {
        String value = written.get(entry.generation());
        return value == null ? entry : new Entry(entry.key(), entry.generation(), value, entry.savedAt());
    }
}
