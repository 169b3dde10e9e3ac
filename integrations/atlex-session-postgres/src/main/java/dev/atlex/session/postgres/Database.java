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

/** Borrows a connection for each operation, and retries temporary failures. */
final class Database {
    private static final long MIN_PAUSE_MILLIS = 25;
    private static final long MAX_PAUSE_MILLIS = 1000;

    /**
     * The time by which the network timeout exceeds a statement's timeout. It lets a server that still responds cancel
     * the statement first, so that the outcome is certain.
     */
    private static final long NETWORK_GRACE_MILLIS = 2000;

    private final DataSource source;
    private final Duration timeout;

    Database(DataSource source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /** An operation on a connection in auto-commit mode. */
    @FunctionalInterface
    interface Work<T> {
        /**
         * Runs the operation.
         *
         * @param uncertain whether an earlier try may have taken effect, or may still do so
         * @throws SQLException if it failed; it is called again if the failure is temporary
         */
        T on(Connection connection, boolean uncertain) throws SQLException;
    }

    /**
     * Runs an operation. An interrupt doesn't cancel it; the thread's interrupt status is kept.
     *
     * @param failure the beginning of the exception's message
     */
    <T> T run(String failure, Work<T> work) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean uncertain = false;
        try {
            for (long pause = 0; ; pause = Math.min(MAX_PAUSE_MILLIS, Math.max(MIN_PAUSE_MILLIS, 2 * pause))) {
                Fault fault;
                try {
                    return once(work, uncertain);
                } catch (FaultException e) {
                    fault = e.fault;
                }
                uncertain |= !fault.certain();
                if (Thread.interrupted()) {
                    // On an interrupt, pools stop waiting, and the sockets of virtual threads are closed.
                    interrupted = true;
                } else if (!fault.temporary() || !sleep(pause, deadline)) {
                    throw failed(failure, fault, uncertain);
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw failed(failure, fault, uncertain);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns the exception for an operation that failed or may have failed. */
    static SessionStoreException failed(String failure, Fault fault, boolean uncertain) {
        String certainty = uncertain ? "; it may or may not have taken effect" : "";
        return new SessionStoreException(failure + ": " + fault.meaning() + certainty, null);
    }

    /** Returns a statement that is cancelled at the timeout. */
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

    /** Sleeps if there is time. Returns whether it did. */
    private static boolean sleep(long millis, long deadline) {
        long jittered = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        if (deadline - System.nanoTime() <= TimeUnit.MILLISECONDS.toNanos(jittered)) {
            return false;
        }
        try {
            Thread.sleep(jittered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // run() notices it before it sleeps again
        }
        return true;
    }

    /** Carries the fault, but not the SQLException, to the code that decides about a retry. */
    private static final class FaultException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        FaultException(Fault fault) {
            super(null, null, false, false);
            this.fault = fault;
        }
    }

    /** Changes the settings of a borrowed connection, and restores them. */
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
                // The pool's or the driver's limit applies.
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
                // The connection is broken, which the pool will notice; the outcome of the operation is known.
            }
        }
    }
}
