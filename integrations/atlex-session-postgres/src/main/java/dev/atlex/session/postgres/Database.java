package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Borrows connections for one piece of work each, and tries again what may be tried again. */
final class Database {
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** Longer than a statement may take, so that a server that can still answer cancels it, with a certain outcome. */
    private static final long NETWORK_GRACE_MILLIS = 2000;

    private final DataSource source;
    private final Duration timeout;

    Database(DataSource source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /** What is done on a connection that commits each statement. */
    @FunctionalInterface
    interface Work<T> {
        /**
         * @param uncertain whether an earlier try may have taken effect, or may still do so
         * @throws SQLException if it failed; it is called again if that may pass
         */
        T on(Connection connection, boolean uncertain) throws SQLException;
    }

    /** Runs it to its end whatever the thread's interrupt flag says, which stays as it is. */
    <T> T run(String what, Work<T> work) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean uncertain = false;
        try {
            for (long pause = 0; ; pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pause))) {
                Fault fault;
                try {
                    return once(work, uncertain);
                } catch (FaultException e) {
                    fault = e.fault;
                }
                uncertain |= !fault.certain();
                if (Thread.interrupted()) {
                    // Pools give up waiting when interrupted, and sockets of virtual threads close.
                    interrupted = true;
                } else if (!fault.passing() || !sleep(pause, deadline)) {
                    throw failed(what, fault, uncertain);
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw failed(what, fault, uncertain);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** That a statement did not work, or may have. */
    static SessionStoreException failed(String what, Fault fault, boolean uncertain) {
        String certainty = uncertain ? "; it is not certain whether it took effect" : "";
        return new SessionStoreException(what + ": " + fault.meaning() + certainty, null);
    }

    /** A statement that is cancelled when it takes too long. */
    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout((int) Math.max(1, Math.min(timeout.toSeconds(), Integer.MAX_VALUE)));
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private <T> T once(Work<T> work, boolean uncertain) throws FaultException {
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException e) {
            throw new FaultException(Fault.connecting(e));
        }
        try (Settings settings = new Settings(connection, timeout)) {
            try {
                settings.set();
            } catch (SQLException e) {
                throw new FaultException(Fault.connecting(e));
            }
            return work.on(connection, uncertain);
        } catch (SQLException e) {
            throw new FaultException(Fault.working(e));
        }
    }

    /** Whether there was time to. */
    private static boolean sleep(long millis, long deadline) {
        long jittered = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        if (deadline - System.nanoTime() <= TimeUnit.MILLISECONDS.toNanos(jittered)) {
            return false;
        }
        try {
            Thread.sleep(jittered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // for run(), which notices it before it sleeps again
        }
        return true;
    }

    /** Carries what is known, and not the SQLException, from where it was thrown to where it is decided upon. */
    private static final class FaultException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        FaultException(Fault fault) {
            super(null, null, false, false);
            this.fault = fault;
        }
    }

    /** What is set on a connection of a pool, and set back. */
    private static final class Settings implements AutoCloseable {
        private final Connection connection;
        private final Duration timeout;
        private boolean transactions;
        private int networkTimeout = -1;

        Settings(Connection connection, Duration timeout) {
            this.connection = connection;
            this.timeout = timeout;
        }

        void set() throws SQLException {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
                transactions = true;
            }
            try {
                int before = connection.getNetworkTimeout();
                long millis = Math.min(timeout.toMillis() + NETWORK_GRACE_MILLIS, Integer.MAX_VALUE);
                connection.setNetworkTimeout(Runnable::run, (int) millis);
                networkTimeout = before;
            } catch (SQLFeatureNotSupportedException e) {
                // The pool's or the driver's own limit has to do.
            }
        }

        @Override
        public void close() {
            try (Connection closing = connection) {
                if (networkTimeout >= 0) {
                    closing.setNetworkTimeout(Runnable::run, networkTimeout);
                }
                if (transactions) {
                    closing.setAutoCommit(false);
                }
            } catch (SQLException e) {
                // It is broken, and the pool's to find so; what was done on it is known by now.
            }
        }
    }
}
