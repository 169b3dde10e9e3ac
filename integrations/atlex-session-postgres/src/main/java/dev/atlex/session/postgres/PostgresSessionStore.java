package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in PostgreSQL 12 or later, for all processes and machines that share an account.
 *
 * <pre>{@code
 * try (PostgresSessionStore store = PostgresSessionStore.create(dataSource, options -> options.schema("atlex"))) {
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Connections.</b> Any {@link DataSource} works: a pool, or {@code PGSimpleDataSource}. A call borrows one
 * connection for its statements. It holds none while it waits, while a lease is held, or while the action of
 * {@link #forEach} runs, so a pool of one connection is enough. The module doesn't include the PostgreSQL driver.
 *
 * <p><b>Tables.</b> The store creates {@code atlex_entries}, {@code atlex_leases}, {@code atlex_versions} and the
 * sequence {@code atlex_generations}. If the database user can't create tables, let another user call
 * {@link #migrate()}, and grant {@code SELECT} on all tables, {@code INSERT}, {@code UPDATE} and {@code DELETE} on the
 * first two, and {@code USAGE} on the sequence. Values contain tokens in plain text: protect the tables like passwords.
 *
 * <p><b>Leases</b> expire by the server's clock. A lease is written for its ttl or a minute, whichever is shorter. Then
 * a daemon thread extends it by 10 seconds every 2.5 seconds, on a connection that it borrows for that. So if the
 * process dies, is suspended, or can't reach the database, its lease is free again after at most a minute, and usually
 * after 10 seconds. Waiting callers are woken by {@code NOTIFY} if there is a {@link
 * PostgresSessionStoreOptions.Builder#listener}. Without one, they poll, first every 20 ms, then less often.
 *
 * <p><b>Failures.</b> Temporary failures (a lost connection, a restarting server, a deadlock) are retried within
 * {@link PostgresSessionStoreOptions.Builder#timeout}. If the connection is lost during {@link #save}, the store checks
 * whether the value was saved; if it can't find out, the exception's message states that. Exceptions contain the
 * SQLState, but neither the message nor the cause from the database, which may quote values.
 *
 * <p>A store is thread-safe.
 */
public final class PostgresSessionStore implements SessionStore, AutoCloseable {
    private final PostgresSessionStoreOptions options;
    private final Migrations migrations;
    private final Entries entries;
    private final Leases leases;
    private final @Nullable Listener listener;
    private volatile boolean ready;

    private PostgresSessionStore(DataSource source, PostgresSessionStoreOptions options) {
        Tables tables = new Tables(options.schema(), options.prefix());
        Database database = new Database(source, options.timeout());
        Waiters waiters = new Waiters();
        this.options = options;
        this.migrations = new Migrations(database, tables);
        DataSource listening = options.listener();
        this.listener = listening == null ? null : new Listener(listening, tables.channel(), waiters);
        this.entries = new Entries(database, tables);
        this.leases = new Leases(database, tables, waiters, listener, options.leaseTtl());
    }

    /**
     * Creates a store with the default options, and its tables if they don't exist.
     *
     * @throws SessionStoreException if the tables can't be created, or have a newer version than this code supports
     */
    public static PostgresSessionStore create(DataSource source) {
        return create(source, PostgresSessionStoreOptions.DEFAULTS);
    }

    /**
     * Creates a store, and its tables if they don't exist, unless
     * {@link PostgresSessionStoreOptions.Builder#autoMigrate} is off.
     *
     * @throws IllegalArgumentException if the schema or the prefix isn't a valid name
     * @throws SessionStoreException if the tables can't be created, or have a newer version than this code supports
     */
    public static PostgresSessionStore create(DataSource source, PostgresSessionStoreOptions options) {
        PostgresSessionStore store = new PostgresSessionStore(Objects.requireNonNull(source, "source"), options);
        if (options.autoMigrate()) {
            store.migrate();
        }
        return store;
    }

    /**
     * Like {@link #create(DataSource, PostgresSessionStoreOptions)}, but configures the options inline.
     *
     * @throws IllegalArgumentException if an option is invalid
     * @throws SessionStoreException if the tables can't be created, or have a newer version than this code supports
     */
    public static PostgresSessionStore create(
            DataSource source, Consumer<? super PostgresSessionStoreOptions.Builder> options) {
        return create(source, PostgresSessionStoreOptions.of(options));
    }

    /**
     * Creates the tables, or updates older ones to the version of this code. Does nothing if they are up to date. Many
     * processes can call this concurrently.
     *
     * @throws SessionStoreException if that fails, or the tables have a newer version than this code supports
     */
    public void migrate() {
        migrations.migrate();
        ready = true;
    }

    @Override
    public @Nullable Entry load(Key key) {
        checkVersion();
        return entries.load(key);
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        checkVersion();
        entries.forEach(kind, action);
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        checkVersion();
        return entries.save(key, expected, value);
    }

    @Override
    public boolean delete(Key key, long expected) {
        checkVersion();
        return entries.delete(key, expected);
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        checkVersion();
        return leases.acquireLease(key, ttl, maxWait);
    }

    /**
     * Closes the listener's connection, if there is one. The data source stays open, and leases stay with their
     * holders.
     */
    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }

    private void checkVersion() {
        if (!ready) {
            migrations.check();
            ready = true;
        }
    }

    @Override
    public String toString() {
        return "PostgresSessionStore[" + options + "]";
    }
}
