package dev.atlex.session.postgres;

import dev.atlex.session.store.EntryStore.Key;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this process that wait for leases. If several threads wait for the same lease, only the first polls
 * the database.
 */
final class Waiters {
    private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

    /** Joins the queue of a lease. {@link #leave} must be called later. */
    Queue enter(Key key) {
        return queues.compute(name(key), (name, queue) -> {
            Queue entered = queue == null ? new Queue() : queue;
            entered.members++;
            return entered;
        });
    }

    /** Leaves the queue of a lease. */
    void leave(Key key) {
        queues.computeIfPresent(name(key), (name, queue) -> --queue.members == 0 ? null : queue);
    }

    /** Wakes the thread that waits for the lease with that name, because the lease may be free. */
    void released(String name) {
        Queue queue = queues.get(name);
        if (queue != null) {
            queue.releases.release();
        }
    }

    /** Wakes all threads, after a time in which notifications may have been lost. */
    void allReleased() {
        queues.values().forEach(queue -> queue.releases.release());
    }

    /** Returns the payload of the notification for a lease. */
    static String name(Key key) {
        return key.kind() + " " + key.name();
    }

    /** The threads that wait for one lease. */
    static final class Queue {
        private final Semaphore front = new Semaphore(1, true);
        private final Semaphore releases = new Semaphore(0);
        private int members;

        /**
         * Waits to become the first in the queue. Returns whether that succeeded in time. If so, {@link #leaveFront}
         * must be called later.
         */
        boolean reachFront(long nanos) throws InterruptedException {
            return front.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        }

        /** Lets the next thread become the first. */
        void leaveFront() {
            front.release();
        }

        /** Forgets all releases so far. */
        void clear() {
            releases.drainPermits();
        }

        /** Waits for a release since {@link #clear}. */
        void awaitRelease(long nanos) throws InterruptedException {
            boolean ignored = releases.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
