package dev.atlex.session.postgres;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A bounded connection pool. Like other pools, it fails if it has to wait for 5 seconds, and if it is interrupted. */
public final class Pool implements DataSource, AutoCloseable {
    private final DataSource source;
    private final Semaphore free;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final AtomicInteger borrowed = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean cut;

    public Pool(DataSource source, int size) {
        this.source = source;
        this.free = new Semaphore(size, true);
    }

    /** Returns how many connections are borrowed. */
    int borrowed() {
        return borrowed.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cut) {
            throw new SQLTransientConnectionException("the network is down", "08001");
        }
        try {
            if (!free.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new SQLTransientConnectionException("no connection is free");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
        try {
            Connection connection = idle();
            borrowed.incrementAndGet();
            return proxy(connection == null ? source.getConnection() : connection);
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private synchronized Connection idle() throws SQLException {
        Connection connection = idle.poll();
        return connection == null || connection.isClosed() ? null : connection;
    }

    private synchronized void takeBack(Connection connection) throws SQLException {
        if (closed) {
            connection.close();
        } else if (!connection.isClosed()) {
            idle.push(connection);
        }
        borrowed.decrementAndGet();
        free.release();
    }

    private Connection proxy(Connection connection) {
        Semaphore once = new Semaphore(1);
        return (Connection) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (once.tryAcquire()) {
                            takeBack(connection);
                        }
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Breaks all connections, and makes each new one fail. */
    void cut() throws SQLException {
        cut = true;
        close();
    }

    @Override
    public synchronized void close() throws SQLException {
        closed = true;
        for (Connection connection : idle) {
            connection.close();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
