package dev.atlex.session.postgres;

import dev.atlex.session.store.EntryStore.Key;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The threads of this process that wait for leases. Of those that wait for the same, one at a time asks the database. */
final class Waiters {
    private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

    /** Comes in, for {@link #leave} to be called in the end. */
    Queue enter(Key key) {
        return queues.compute(name(key), (name, queue) -> {
            Queue entered = queue == null ? new Queue() : queue;
            entered.members++;
            return entered;
        });
    }

    void leave(Key key) {
        queues.computeIfPresent(name(key), (name, queue) -> --queue.members == 0 ? null : queue);
    }

    /** Tells whoever waits for the lease of that name that it may be free. */
    void tell(String name) {
        Queue queue = queues.get(name);
        if (queue != null) {
            queue.news.release();
        }
    }

    /** Tells all, after a time without news. */
    void tellAll() {
        queues.values().forEach(queue -> queue.news.release());
    }

    /** What a lease is called where its release is told. */
    static String name(Key key) {
        return key.kind() + " " + key.name();
    }

    /** Those who wait for one lease. */
    static final class Queue {
        private final Semaphore front = new Semaphore(1, true);
        private final Semaphore news = new Semaphore(0);
        private int members;

        /** Whether it came to the front in time, from where {@link #stepAside} has to be called. */
        boolean reachFront(long nanos) throws InterruptedException {
            return front.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        }

        void stepAside() {
            front.release();
        }

        /** What comes from now on is news. */
        void forgetNews() {
            news.drainPermits();
        }

        void awaitNews(long nanos) throws InterruptedException {
            boolean ignored = news.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
