package dev.atlex.streams.internal.connection;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The entries that consumers have taken, and how long their handlers take. The lock of the {@link EventQueue} guards
 * this object.
 */
final class RunningHandlers {
    private final LongSupplier nanoTime;
    private final Set<Entry<?>> entries = new HashSet<>();
    private long finished;
    private long nanos;

    RunningHandlers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records that the calling thread has taken an entry. */
    void add(Entry<?> entry) {
        entry.owner = Thread.currentThread();
        entry.taken = nanoTime.getAsLong();
        entries.add(entry);
    }

    /** Removes an entry whose handler has finished it. */
    void finish(Entry<?> entry) {
        if (remove(entry)) {
            finished++;
            nanos += nanoTime.getAsLong() - entry.taken;
        }
    }

    /** Removes an entry, finished or not. Returns false if no thread has taken it. */
    boolean remove(Entry<?> entry) {
        entry.owner = null;
        return entries.remove(entry);
    }

    /** Returns whether the calling thread is in a handler. */
    boolean isHandlingHere() {
        return entries.stream().anyMatch(entry -> entry.handling && entry.owner == Thread.currentThread());
    }

    /** Returns whether any other thread has taken an entry. */
    boolean isAnyElsewhere() {
        return entries.stream().anyMatch(entry -> entry.owner != Thread.currentThread());
    }

    /** Returns the number of entries whose handlers have finished. */
    long finished() {
        return finished;
    }

    /** Returns how long these handlers took in total. */
    long nanos() {
        return nanos;
    }
}
