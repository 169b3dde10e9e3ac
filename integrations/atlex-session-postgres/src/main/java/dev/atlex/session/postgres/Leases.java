package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the table of leases. A held lease is a row with its holder and the time at which it ends, by the
 * server's clock.
 */
final class Leases {
    private static final System.Logger LOG = System.getLogger(PostgresSessionStore.class.getName());
    private static final Duration MAX_DURATION = Duration.ofDays(365);

    /** The time that a lease lasts after its process has died, if it is older than its first ttl. */
    private static final Duration EXTENSION = Duration.ofSeconds(10);

    private static final long MIN_POLL_MILLIS = 20;
    private static final long MAX_POLL_MILLIS = 250;

    /** The polling interval of a caller that is notified of releases. It polls in case a notification is lost. */
    private static final long NOTIFIED_POLL_MILLIS = 2000;

    private final Database database;
    private final Tables tables;
    private final Waiters waiters;
    private final @Nullable Listener listener;
    private final LeaseKeeper keeper;
    private final String take;
    private final String await;
    private final String release;

    Leases(Database database, Tables tables, Waiters waiters, @Nullable Listener listener, Duration firstTtl) {
        this.database = database;
        this.keeper =
                new LeaseKeeper(database, tables, firstTtl, firstTtl.compareTo(EXTENSION) < 0 ? firstTtl : EXTENSION);
        this.tables = tables;
        this.waiters = waiters;
        this.listener = listener;
        String table = tables.leases();
        // A holder can take its own lease again, because its first try may have succeeded even though the response was
        // lost.
        take = "INSERT INTO " + table + " AS lease (kind, name, holder, ends_at, awaited)"
                + " VALUES (?, ?, ?, clock_timestamp() + make_interval(secs => ?), false)"
                + " ON CONFLICT (kind, name) DO UPDATE SET holder = excluded.holder, awaited = false,"
                + " ends_at = clock_timestamp() + make_interval(secs => ?)"
                + " WHERE lease.ends_at <= clock_timestamp() OR lease.holder = excluded.holder RETURNING 1";
        await = "WITH waiting AS (UPDATE " + table + " SET awaited = true WHERE kind = ? AND name = ? AND NOT awaited)"
                + " SELECT greatest(0, extract(epoch FROM ends_at - clock_timestamp()) * 1000)::bigint FROM " + table
                + " WHERE kind = ? AND name = ?";
        release = "WITH released AS (DELETE FROM " + table
                + " WHERE kind = ? AND name = ? AND holder = ? RETURNING awaited)"
                + " SELECT pg_notify(?, ?) FROM released WHERE awaited";
    }

    @Nullable
    Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        UUID holder = UUID.randomUUID();
        try {
            long nanos = clamp(maxWait).toNanos();
            boolean taken = take(key, holder, ttl) || nanos > 0 && await(key, holder, ttl, System.nanoTime() + nanos);
            if (!taken) {
                return null;
            }
            keeper.keep(holder, clamp(ttl));
            return new Held(key, holder);
        } catch (SessionStoreException e) {
            release(key, holder); // it may have been acquired even though the response was lost
            throw e;
        }
    }

    private boolean await(Key key, UUID holder, Duration ttl, long deadline) throws InterruptedException {
        Waiters.Queue queue = waiters.enter(key);
        try {
            if (!queue.reachFront(deadline - System.nanoTime())) {
                return false;
            }
            try {
                return poll(queue, key, holder, ttl, deadline);
            } finally {
                queue.leaveFront();
            }
        } finally {
            waiters.leave(key);
        }
    }

    private boolean poll(Waiters.Queue queue, Key key, UUID holder, Duration ttl, long deadline)
            throws InterruptedException {
        if (listener != null) {
            listener.start();
        }
        for (long pause = MIN_POLL_MILLIS; ; pause = Math.min(MAX_POLL_MILLIS, 2 * pause)) {
            queue.clear();
            if (take(key, holder, ttl)) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            long millis = millisLeft(key);
            if (millis > 0) {
                long maxPause = listener != null && listener.isListening() ? NOTIFIED_POLL_MILLIS : pause;
                long jittered = maxPause / 2 + ThreadLocalRandom.current().nextLong(maxPause / 2 + 1);
                // Waits one more millisecond, so that the lease has expired by then.
                queue.awaitRelease(Math.min(left, TimeUnit.MILLISECONDS.toNanos(Math.min(millis + 1, jittered))));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean take(Key key, UUID holder, Duration ttl) {
        double seconds = keeper.initialTtl(clamp(ttl)).toMillis() / 1000.0;
        return database.run(about("acquire", key), (connection, uncertain) -> {
            try (PreparedStatement taking = database.prepare(connection, take)) {
                key(taking, 1, key);
                taking.setObject(3, holder);
                taking.setDouble(4, seconds);
                taking.setDouble(5, seconds);
                try (ResultSet row = taking.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /**
     * Returns the milliseconds until the lease expires, or 0 if it is free. Also makes the lease's release send a
     * notification.
     */
    private long millisLeft(Key key) {
        return database.run(about("wait for", key), (connection, uncertain) -> {
            try (PreparedStatement waiting = database.prepare(connection, await)) {
                key(waiting, 1, key);
                key(waiting, 3, key);
                try (ResultSet row = waiting.executeQuery()) {
                    return row.next() ? row.getLong(1) : 0;
                }
            }
        });
    }

    /** Releases a lease. Never throws, because a lease that isn't released expires. */
    private void release(Key key, UUID holder) {
        keeper.remove(holder);
        try {
            database.run(about("release", key), (connection, uncertain) -> {
                release(connection, key, holder);
                return true;
            });
        } catch (SessionStoreException e) {
            LOG.log(Level.WARNING, "{0}; it expires on its own", e.getMessage());
        }
        waiters.released(Waiters.name(key));
    }

    private void release(Connection connection, Key key, UUID holder) throws SQLException {
        try (PreparedStatement releasing = database.prepare(connection, release)) {
            key(releasing, 1, key);
            releasing.setObject(3, holder);
            releasing.setString(4, tables.channel());
            releasing.setString(5, Waiters.name(key));
            releasing.execute();
        }
    }

    private static void key(PreparedStatement statement, int index, Key key) throws SQLException {
        statement.setString(index, key.kind().name());
        statement.setString(index + 1, key.name());
    }

    private static Duration clamp(Duration duration) {
        return duration.compareTo(MAX_DURATION) > 0 ? MAX_DURATION : duration.isNegative() ? Duration.ZERO : duration;
    }

    private static String about(String operation, Key key) {
        return "failed to " + operation + " the lease of the " + key.kind() + " entry " + key.name();
    }

    private final class Held implements Lease {
        private final AtomicBoolean held = new AtomicBoolean(true);
        private final Key key;
        private final UUID holder;

        Held(Key key, UUID holder) {
            this.key = key;
            this.holder = holder;
        }

        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                release(key, holder);
            }
        }

        @Override
        public String toString() {
            return "Lease[" + key + "]";
        }
    }
}
