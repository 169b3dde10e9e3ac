package dev.atlex.identity;

import dev.atlex.data.LexException;
import dev.atlex.data.internal.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache that loads each missing key once, no matter how many threads request it.
 *
 * <p>A key is in one of three states:
 *
 * <ul>
 *   <li><b>absent</b>: the next caller becomes the loader;
 * <li><b>loading</b>: {@link #loading} has a future for it. The loader runs the lookup on its own thread, without
 * holding the lock; other callers wait for the future;
 * <li><b>cached</b>: {@link #entries} has a value or a permanent failure, until it expires, is evicted as the least
 * recently used, or is invalidated.
 * </ul>
 *
 * <p>Both maps are guarded by {@link #lock}, which is never held during a lookup. A loader removes its future and adds
 * the entry in one step, so a key is never looked up twice because it was between the two maps. It completes the future
 * last, so waiting callers that call again find the entry.
 *
 * <p>{@link #invalidate} also detaches a lookup in progress. Callers that are already waiting still receive its result,
 * which may be outdated, but it isn't cached, and later callers start a new lookup.
 *
 * <p>Retryable failures are reported to all callers that waited and aren't cached. If the loader was interrupted, its
 * failure doesn't concern the key, so one of the waiting callers becomes the next loader.
 */
final class SingleFlightCache<K, V> {
    private final int capacity;
    private final Duration ttl;
    private final Duration missTtl;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, CompletableFuture<V>> loading = new HashMap<>();

    /** The entries in order of access, the most recently used one last. */
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    SingleFlightCache(int capacity, Duration ttl, Duration missTtl, Clock clock) {
        this.capacity = capacity;
        this.ttl = ttl;
        this.missTtl = missTtl;
        this.clock = clock;
    }

    /** A value, or a permanent failure. */
    private record Entry<V>(@Nullable V value, @Nullable IdentityException failure, Instant until) {}

    /** Completes a future whose loader was interrupted: waiting callers must load the key themselves. */
    private static final class AbandonedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Returns the cached value, or loads it. If another thread is already loading it, waits for that thread.
     *
     * @throws IdentityException the cached failure, or the failure of the lookup; each caller gets its own copy
     */
    V get(K key, Supplier<V> lookup) {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> future;
            Entry<V> entry;
            lock.lock();
            try {
                entry = current(key);
                future = entry == null ? loading.computeIfAbsent(key, k -> mine) : mine;
            } finally {
                lock.unlock();
            }
            if (entry != null) {
                return valueOf(entry);
            }
            if (future == mine) {
                return load(key, mine, lookup);
            }
            try {
                return future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IdentityLookupException(
                        "failed to look up " + key + ": interrupted while waiting for another thread's lookup", e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AbandonedException)) {
                    throw copyOf(e.getCause());
                }
            }
        }
    }

    /**
     * Removes the key. The result of a lookup in progress is returned to the callers that are already waiting for it,
     * but not cached.
     */
    void invalidate(K key) {
        lock.lock();
        try {
            entries.remove(key);
            loading.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry<V> current(K key) {
        Entry<V> entry = entries.get(key);
        if (entry != null && !clock.instant().isBefore(entry.until())) {
            entries.remove(key);
            return null;
        }
        return entry;
    }

    private V valueOf(Entry<V> entry) {
        V value = entry.value();
        if (value != null) {
            return value;
        }
        throw copyOf(entry.failure());
    }

    private static RuntimeException copyOf(@Nullable Throwable failure) {
        if (failure instanceof IdentityException known) {
            return known.copy();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new LexException("lookup failed", failure);
    }

    private V load(K key, CompletableFuture<V> future, Supplier<V> lookup) {
        V value;
        try {
            value = lookup.get();
        } catch (RuntimeException | Error e) {
            boolean permanent = e instanceof IdentityException failure && !failure.retryable();
            complete(key, future, permanent ? new Entry<>(null, (IdentityException) e, until(missTtl)) : null);
            future.completeExceptionally(Thread.currentThread().isInterrupted() ? new AbandonedException() : e);
            throw e;
        }
        complete(key, future, new Entry<>(value, null, until(ttl)));
        future.complete(value);
        return value;
    }

    private Instant until(Duration after) {
        return clock.instant().plus(Durations.bounded(after));
    }

    private void complete(K key, CompletableFuture<V> future, @Nullable Entry<V> entry) {
        lock.lock();
        try {
            if (loading.remove(key, future) && entry != null && capacity > 0) {
                entries.put(key, entry);
                if (entries.size() > capacity) {
                    entries.remove(entries.keySet().iterator().next());
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
