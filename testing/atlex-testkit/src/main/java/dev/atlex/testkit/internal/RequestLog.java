package dev.atlex.testkit.internal;

import dev.atlex.data.internal.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The latest requests, in the order of their arrival. */
public final class RequestLog {
    private static final int KEPT = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /** A request and the status of its response; 0 until there is one. */
    static final class Entry {
        private final LoggedRequest request;
        private int status;

        private Entry(LoggedRequest request) {
            this.request = request;
        }
    }

    Entry arrived(LoggedRequest request) {
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

    void responded(Entry entry, int status) {
        lock.lock();
        try {
            entry.status = status;
        } finally {
            lock.unlock();
        }
    }

    public List<LoggedRequest> all() {
        lock.lock();
        try {
            return entries.stream().map(e -> e.request.withStatus(e.status)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the requests of a method, or of a path if the name starts with a slash. */
    public List<LoggedRequest> of(String name) {
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

    /** Waits until at least this many requests of the method have arrived. */
    public List<LoggedRequest> await(String nsid, int atLeast, Duration timeout) throws InterruptedException {
        long left = Durations.nanos(timeout);
        lock.lock();
        try {
            while (true) {
                List<LoggedRequest> found = of(nsid);
                if (found.size() >= atLeast) {
                    return found;
                }
                if (left <= 0) {
                    throw new AssertionError("awaitRequests: expected at least " + atLeast + " requests of " + nsid
                            + " within " + Durations.millis(timeout) + " ms (got " + found.size() + ")");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
