package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Extends the long leases of this process while they are held, all in one statement.
 *
 * <p>The database doesn't notice when a process is killed. So a lease is written for at most a minute, regardless of
 * its ttl. After that, it is extended repeatedly, by a few seconds each time. If the process dies, other processes wait
 * for the remaining seconds, not for the whole ttl. A process that is suspended for longer, or can't reach the
 * database, loses the lease as if it had died. During the first minute, the process keeps the lease even without a
 * connection, because an OAuth refresh token must not be sent by a second process ({@link EntryStore#EXCLUSIVE_TTL}).
 */
final class LeaseKeeper {
    private static final System.Logger LOG = System.getLogger(PostgresSessionStore.class.getName());

    /**
     * The number of times that a lease is extended within the time that it is written for, so that one extension may
     * fail.
     */
    private static final int EXTENSIONS = 4;

    private final Database database;
    private final Duration firstTtl;
    private final Duration extension;
    private final String extend;
    private final Map<UUID, Long> held = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;
    private boolean failed;

    /**
     * @param firstTtl how long a lease lasts if it is never extended
     * @param extension how long a lease lasts after it was extended
     */
    LeaseKeeper(Database database, Tables tables, Duration firstTtl, Duration extension) {
        this.database = database;
        this.firstTtl = firstTtl;
        this.extension = extension;
        this.extend = "UPDATE " + tables.leases() + " AS lease"
                + " SET ends_at = greatest(ends_at, clock_timestamp() + make_interval(secs => kept.secs))"
                + " FROM unnest(?::uuid[], ?::float8[]) AS kept (holder, secs) WHERE lease.holder = kept.holder";
    }

    /** Returns how long a lease is written for at first. */
    Duration initialTtl(Duration ttl) {
        return ttl.compareTo(firstTtl) > 0 ? firstTtl : ttl;
    }

    /** Extends an acquired lease until it is removed or its ttl has passed. */
    void keep(UUID holder, Duration ttl) {
        if (ttl.compareTo(firstTtl) <= 0) {
            return;
        }
        held.put(holder, System.nanoTime() + ttl.toNanos());
        lock.lock();
        try {
            if (thread == null) {
                thread = new Thread(this::run, "atlex-session-leases");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops extending a lease. */
    void remove(UUID holder) {
        held.remove(holder);
    }

    private void run() {
        boolean idle = false;
        try {
            while (!idle) {
                TimeUnit.NANOSECONDS.sleep(extension.toNanos() / EXTENSIONS);
                extendAll();
                idle = stopIfIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!idle) {
                threadEnded();
            }
        }
    }

    private boolean stopIfIdle() {
        lock.lock();
        try {
            if (held.isEmpty()) {
                thread = null;
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Called if an Error ends the thread. The next lease starts another thread. */
    private void threadEnded() {
        lock.lock();
        try {
            thread = null;
        } finally {
            lock.unlock();
        }
    }

    private void extendAll() {
        long now = System.nanoTime();
        held.values().removeIf(end -> end - now <= 0);
        List<UUID> holders = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        held.forEach((holder, end) -> {
            holders.add(holder);
            seconds.add(Math.min(extension.toNanos(), end - now) / 1e9);
        });
        if (holders.isEmpty()) {
            return;
        }
        try {
            database.run("failed to extend leases", (connection, uncertain) -> {
                try (PreparedStatement extending = database.prepare(connection, extend)) {
                    extending.setArray(1, connection.createArrayOf("uuid", holders.toArray()));
                    extending.setArray(2, connection.createArrayOf("float8", seconds.toArray()));
                    return extending.executeUpdate();
                }
            });
            failed = false;
        } catch (SessionStoreException e) {
            logFailure(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Thrown by the data source. It must not end the thread.
            logFailure("failed to extend leases: " + e.getClass().getName());
        }
    }

    /** Logs a warning once, until an extension succeeds again. */
    private void logFailure(String message) {
        LOG.log(failed ? Level.DEBUG : Level.WARNING, "{0}; other processes may acquire them", message);
        failed = true;
    }
}
