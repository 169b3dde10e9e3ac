package dev.atlex.session.postgres;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Receives notifications of released leases on a dedicated connection. Starts when a caller first waits for a lease.
 */
final class Listener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PostgresSessionStore.class.getName());

    /** The interval between checks of the connection, in milliseconds. */
    private static final int CHECK_MILLIS = 15_000;

    private static final int RESPONSE_MILLIS = 10_000;
    private static final long RECONNECT_MILLIS = 1000;

    private final DataSource source;
    private final String channel;
    private final Waiters waiters;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable Connection connection;
    private volatile boolean listening;

    Listener(DataSource source, String channel, Waiters waiters) {
        this.source = source;
        this.channel = channel;
        this.waiters = waiters;
    }

    /** Starts the listener unless it is running or closed. */
    void start() {
        lock.lock();
        try {
            if (thread == null && closed.getCount() > 0) {
                thread = new Thread(this::run, "atlex-session-listener");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether notifications are received now. */
    boolean isListening() {
        return listening;
    }

    @Override
    public void close() {
        closed.countDown();
        Connection current = connection;
        if (current != null) {
            abort(current);
        }
    }

    private void run() {
        try {
            do {
                try {
                    listen();
                } catch (SQLException e) {
                    LOG.log(
                            Level.DEBUG,
                            "lost the connection that listens for lease releases (SQLState {0}); reconnecting",
                            e.getSQLState());
                } finally {
                    listening = false;
                }
            } while (!closed.await(
                    RECONNECT_MILLIS / 2 + ThreadLocalRandom.current().nextLong(RECONNECT_MILLIS),
                    TimeUnit.MILLISECONDS));
        } catch (UnlistenableException | LinkageError e) {
            LOG.log(Level.INFO, "can't unwrap a PGConnection; polling for lease releases instead of LISTEN/NOTIFY");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() throws SQLException, UnlistenableException {
        Connection current = source.getConnection();
        connection = current;
        try {
            if (!current.isWrapperFor(PGConnection.class)) {
                throw new UnlistenableException();
            }
            current.setAutoCommit(true);
            current.setNetworkTimeout(Runnable::run, RESPONSE_MILLIS);
            PGConnection postgres = current.unwrap(PGConnection.class);
            try (Statement statement = current.createStatement()) {
                statement.execute("LISTEN " + Tables.quote(channel));
                listening = true;
                waiters.allReleased();
                while (closed.getCount() > 0) {
                    for (PGNotification notification : notifications(postgres)) {
                        waiters.released(notification.getParameter());
                    }
                    statement.execute("SELECT 1");
                }
            }
        } finally {
            connection = null;
            // The connection still listens, so it is aborted instead of being returned to the pool.
            abort(current);
        }
    }

    private static PGNotification[] notifications(PGConnection postgres) throws SQLException {
        PGNotification[] received = postgres.getNotifications(CHECK_MILLIS);
        return received == null ? new PGNotification[0] : received;
    }

    private static void abort(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // The connection was closed already.
        }
    }

    /** Thrown if the connections belong to a different driver, or can't be unwrapped. */
    private static final class UnlistenableException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
