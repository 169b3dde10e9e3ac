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

/** Hears of leases that are given back, on one connection that it keeps. Starts when somebody waits for the first time. */
final class Listener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PostgresSessionStore.class.getName());

    /** How often it is asked whether the connection still lives. */
    private static final int QUIET_MILLIS = 15_000;

    private static final int ANSWER_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 1000;

    private final DataSource source;
    private final String channel;
    private final Waiters waiters;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable Connection connection;
    private volatile boolean listens;

    Listener(DataSource source, String channel, Waiters waiters) {
        this.source = source;
        this.channel = channel;
        this.waiters = waiters;
    }

    /** Starts it unless it runs or is closed. */
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

    /** Whether a release is heard of now. */
    boolean listens() {
        return listens;
    }

    @Override
    public void close() {
        closed.countDown();
        Connection listening = connection;
        if (listening != null) {
            abort(listening);
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
                            "the connection that hears of leases was lost (SQLState {0})",
                            e.getSQLState());
                } finally {
                    listens = false;
                }
            } while (!closed.await(
                    PAUSE_MILLIS / 2 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS), TimeUnit.MILLISECONDS));
        } catch (UnlistenableException | LinkageError e) {
            LOG.log(Level.INFO, "no connection of the PostgreSQL driver is to be had: leases are looked for instead");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() throws SQLException, UnlistenableException {
        Connection listening = source.getConnection();
        connection = listening;
        try {
            if (!listening.isWrapperFor(PGConnection.class)) {
                throw new UnlistenableException();
            }
            listening.setAutoCommit(true);
            listening.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            PGConnection postgres = listening.unwrap(PGConnection.class);
            try (Statement statement = listening.createStatement()) {
                statement.execute("LISTEN " + Tables.quote(channel));
                listens = true;
                waiters.tellAll();
                while (closed.getCount() > 0) {
                    for (PGNotification notification : notifications(postgres)) {
                        waiters.tell(notification.getParameter());
                    }
                    statement.execute("SELECT 1");
                }
            }
        } finally {
            connection = null;
            // Not given back to a pool: it still listens.
            abort(listening);
        }
    }

    private static PGNotification[] notifications(PGConnection postgres) throws SQLException {
        PGNotification[] heard = postgres.getNotifications(QUIET_MILLIS);
        return heard == null ? new PGNotification[0] : heard;
    }

    private static void abort(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already.
        }
    }

    /** The connections are of another driver, or can't be unwrapped. */
    private static final class UnlistenableException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
