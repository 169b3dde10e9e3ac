package dev.atlex.testkit.internal;

import dev.atlex.testkit.RecordedRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that came last, in their order. */
public final class RequestLog {
    private static final int KEPT = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /** One request, and the status that it got, or 0. */
    static final class Entry {
        private final RecordedRequest request;
        private int status;

        private Entry(RecordedRequest request) {
            this.request = request;
        }
    }

    Entry arrived(RecordedRequest request) {
        Entry entry = new Entry(request);
        lock.lock();
        try {
            if (entries.size() == KEPT) {
                entries.removeFirst();
            }
            entries.add(entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return entry;
    }

    void answered(Entry entry, int status) {
        lock.lock();
        try {
            entry.status = status;
        } finally {
            lock.unlock();
        }
    }

    public List<RecordedRequest> all() {
        lock.lock();
        try {
            return entries.stream().map(e -> e.request.withStatus(e.status)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Those of a method, or of a path, which begins with a slash. */
    public List<RecordedRequest> of(String name) {
        return all().stream()
                .filter(r -> name.equals(name.startsWith("/") ? r.path() : r.nsid()))
                .toList();
    }

    public void clear() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many requests of the method have come. */
    public List<RecordedRequest> await(String nsid, int atLeast, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (true) {
                List<RecordedRequest> found = of(nsid);
                if (found.size() >= atLeast) {
                    return found;
                }
                if (left <= 0) {
                    throw new AssertionError("after " + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos()) + " ms "
                            + found.size() + " requests of " + nsid + " had come, not " + atLeast);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
