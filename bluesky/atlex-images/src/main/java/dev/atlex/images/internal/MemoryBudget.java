package dev.atlex.images.internal;

import java.util.concurrent.Semaphore;

/**
 * Bounds the total memory of all images in progress, so that many large images at once don't exhaust the heap. Images
 * that don't fit wait in order of arrival.
 */
public final class MemoryBudget {
    private static final int UNIT = 64 * 1024;
    private static final long MAX = 512L << 20;

    private final int units;
    private final Semaphore free;

    MemoryBudget(long bytes) {
        units = (int) Math.max(1, bytes / UNIT);
        free = new Semaphore(units, true);
    }

    /** Returns a budget of a third of a heap, at most 512 MB. The rest is for the files and the application. */
    public static MemoryBudget ofHeap(long maxHeap) {
        return new MemoryBudget(Math.min(maxHeap / 3, MAX));
    }

    /** Returns the budget, in bytes. */
    long bytes() {
        return (long) units * UNIT;
    }

    /** Returns how much of the budget isn't in use, in bytes. */
    long available() {
        return (long) free.availablePermits() * UNIT;
    }

    /**
     * Acquires memory, waiting until it is available. {@link #release} must return it.
     *
     * @param bytes the amount; an amount above the budget is treated as the whole budget
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void acquire(long bytes) throws InterruptedException {
        free.acquire(units(bytes));
    }

    /** Returns memory that was acquired. */
    void release(long bytes) {
        free.release(units(bytes));
    }

    private int units(long bytes) {
        return (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
    }
}
