package dev.atlex.identity;

import dev.atlex.data.LexException;
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

/** Remembers what was found, and that there is nothing, for a while; and asks once for all who ask at the same time. */
final class SingleFlightCache<K, V> {
    private final int capacity;
    private final Duration ttl;
    private final Duration missTtl;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, CompletableFuture<V>> flights = new HashMap<>();

    /** The last used at the end. */
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    SingleFlightCache(int capacity, Duration ttl, Duration missTtl, Clock clock) {
        this.capacity = capacity;
        this.ttl = ttl;
        this.missTtl = missTtl;
        this.clock = clock;
    }

    /** Either a value or a failure. */
    private record Entry<V>(@Nullable V value, @Nullable IdentityException failure, Instant until) {}

    /** Tells those who wait that the thread that asked for them was interrupted, which is nothing to them. */
    private static final class AbandonedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What is remembered of the key; else what is loaded, by this thread or by another that is at it already. */
    V get(K key, Supplier<V> load) {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> flight;
            Entry<V> entry;
            lock.lock();
            try {
                entry = current(key);
                flight = entry == null ? flights.computeIfAbsent(key, k -> mine) : mine;
            } finally {
                lock.unlock();
            }
            if (entry != null) {
                return open(entry);
            }
            if (flight == mine) {
                return fly(key, mine, load);
            }
            try {
                return flight.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IdentityLookupException(key + ": interrupted while waiting for its lookup", e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AbandonedException)) {
                    throw rethrown(e.getCause());
                }
            }
        }
    }

    /** Forgets the key; a lookup that is under way now answers those who wait for it, and nobody after them. */
    void invalidate(K key) {
        lock.lock();
        try {
            entries.remove(key);
            flights.remove(key);
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

    private V open(Entry<V> entry) {
        V value = entry.value();
        if (value != null) {
            return value;
        }
        throw rethrown(entry.failure());
    }

    private static RuntimeException rethrown(@Nullable Throwable failure) {
        if (failure instanceof IdentityException known) {
            return known.copy();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new LexException("lookup failed", failure);
    }

    private V fly(K key, CompletableFuture<V> flight, Supplier<V> load) {
        V value;
        try {
            value = load.get();
        } catch (RuntimeException | Error e) {
            boolean lasting = e instanceof IdentityException failure && !failure.retryable();
            land(key, flight, lasting ? new Entry<>(null, (IdentityException) e, until(missTtl)) : null);
            flight.completeExceptionally(Thread.currentThread().isInterrupted() ? new AbandonedException() : e);
            throw e;
        }
        land(key, flight, new Entry<>(value, null, until(ttl)));
        flight.complete(value);
        return value;
    }

    private Instant until(Duration after) {
        return clock.instant().plus(after);
    }

    private void land(K key, CompletableFuture<V> flight, @Nullable Entry<V> entry) {
        lock.lock();
        try {
            if (flights.remove(key, flight) && entry != null && capacity > 0) {
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
