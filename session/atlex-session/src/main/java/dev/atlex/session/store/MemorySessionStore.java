package dev.atlex.session.store;

import dev.atlex.data.internal.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in memory, for tests and for programs that don't resume sessions. All users of one object share its
 * sessions, which are lost when the process ends. A lease lasts until it is closed, even beyond its {@code ttl}.
 */
public final class MemorySessionStore implements SessionStore {
    private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Key, Semaphore> leases = new ConcurrentHashMap<>();
    private final AtomicLong generations = new AtomicLong();
    private final Clock clock = Clock.systemUTC();

    /** Creates an empty store. */
    public MemorySessionStore() {}

    @Override
    public @Nullable Entry load(Key key) {
        return entries.get(key);
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.key().kind() == kind) {
                action.accept(entry);
            }
        }
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        EntryStore.requireJson(key, value);
        Entry[] saved = new Entry[1];
        entries.compute(key, (k, now) -> {
            if (expected != (now == null ? NONE : now.generation())) {
                return now;
            }
            saved[0] = new Entry(key, generations.incrementAndGet(), value, Instant.now(clock));
            return saved[0];
        });
        return saved[0];
    }

    @Override
    public boolean delete(Key key, long expected) {
        return entries.computeIfPresent(key, (k, now) -> now.generation() == expected ? null : now) == null;
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        Semaphore free = leases.computeIfAbsent(key, k -> new Semaphore(1));
        if (!free.tryAcquire(Durations.nanos(maxWait), TimeUnit.NANOSECONDS)) {
            return null;
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                free.release();
            }
        };
    }

    /** Returns the number of entries, but none of their values. */
    @Override
    public String toString() {
        return "MemorySessionStore[" + entries.size() + " entries]";
    }
}
