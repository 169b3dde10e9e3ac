package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
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
 * <p>The database does not notice that a process was killed. So a lease is written for a few seconds only, whatever was
 * asked for, and extended several times within these: if its process dies, others wait for the rest of the seconds, not for
 * the minutes that a holder might have needed. A process that stands still for longer than that, or can't reach the
 * database, loses the lease as if it had died. That is no worse than before: generations decide who saves.
 */
final class LeaseKeeper {
    private static final System.Logger LOG = System.getLogger(PostgresSessionStore.class.getName());

    /** How often a lease is extended while it would last: one extension may fail. */
    private static final int BEATS = 4;

    private final Database database;
    private final Duration ttl;
    private final String extend;
    private final Map<UUID, Long> held = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;
    private boolean failed;

    /** @param ttl how long a lease lasts if it is not extended */
    LeaseKeeper(Database database, Tables tables, Duration ttl) {
        this.database = database;
        this.ttl = ttl;
        this.extend = "UPDATE " + tables.leases() + " AS lease"
                + " SET ends_at = clock_timestamp() + make_interval(secs => kept.secs)"
                + " FROM unnest(?::uuid[], ?::float8[]) AS kept (holder, secs) WHERE lease.holder = kept.holder";
    }

    /** Returns how long a lease is written for at first. */
    Duration first(Duration atMost) {
        return atMost.compareTo(ttl) > 0 ? ttl : atMost;
    }

    /** Extends a lease that has been taken until it is dropped, or its time is over. */
    void keep(UUID holder, Duration atMost) {
        if (atMost.compareTo(ttl) <= 0) {
            return;
        }
        held.put(holder, System.nanoTime() + atMost.toNanos());
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

    void drop(UUID holder) {
        held.remove(holder);
    }

    private void run() {
        boolean over = false;
        try {
            while (!over) {
                TimeUnit.NANOSECONDS.sleep(ttl.toNanos() / BEATS);
                beat();
                over = isOver();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!over) {
                end();
            }
        }
    }

    private boolean isOver() {
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

    /** By an Error: the next lease starts another thread. */
    private void end() {
        lock.lock();
        try {
            thread = null;
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        long now = System.nanoTime();
        held.values().removeIf(end -> end - now <= 0);
        List<UUID> holders = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        held.forEach((holder, end) -> {
            holders.add(holder);
            seconds.add(Math.min(ttl.toNanos(), end - now) / 1e9);
        });
        if (holders.isEmpty()) {
            return;
        }
        try {
            database.run("leases could not be extended", (connection, uncertain) -> {
                try (PreparedStatement extending = database.prepare(connection, extend)) {
                    extending.setArray(1, connection.createArrayOf("uuid", holders.toArray()));
                    extending.setArray(2, connection.createArrayOf("float8", seconds.toArray()));
                    return extending.executeUpdate();
                }
            });
            failed = false;
        } catch (SessionStoreException e) {
            said(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Of a data source. It must not end the thread.
            said("leases could not be extended: " + e.getClass().getName());
        }
    }

    /** Once, until it works again. */
    private void said(String message) {
        LOG.log(failed ? Level.DEBUG : Level.WARNING, "{0}; others may take them", message);
        failed = true;
    }
}
