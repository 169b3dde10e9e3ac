package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in PostgreSQL 12 or newer, where all processes and machines that use an account find them.
 *
 * <pre>{@code
 * try (PostgresSessionStore store = PostgresSessionStore.create(dataSource, options -> options.schema("atlex"))) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Whatever makes connections will do: a pool, or {@code PGSimpleDataSource}. Each call borrows one for its statements and
 * none while it waits, while a lease is held, or while the action of {@link #forEach} runs; a pool of one is enough. No
 * driver is brought along.
 *
 * <p>It makes its tables itself: {@code atlex_entries}, {@code atlex_leases}, {@code atlex_versions} and the sequence
 * {@code atlex_generations}. A database user who may not do that needs tables that another one made with
 * {@link #migrate()}, and the rights to {@code SELECT} on all of them, to {@code INSERT}, {@code UPDATE} and {@code DELETE}
 * on the first two, and of {@code USAGE} on the sequence. The values are tokens in plain text, for all to see who may read
 * the table.
 *
 * <p>A lease ends by the server's clock. One that is to last for longer than 10 seconds is extended every 2.5 seconds by a
 * daemon thread, on a connection that is borrowed for that: so the lease of a process that died is free 10 seconds later at
 * most, and so is that of a process that stood still or could not reach the database for so long. Who waits for one is told by {@code NOTIFY} where there is a {@link Builder#listener}, and looks up to 50 times a second, less
 * and less often, where there is none.
 *
 * <p>What fails for the moment (a connection that was lost, a server that restarts, a deadlock) is tried again within
 * {@link Builder#timeout}. If the connection was lost while a value was on its way, {@link #save} finds out whether it
 * arrived; where that can't be said, its exception says that it is not certain. Exceptions have the SQLState, and neither
 * message nor cause from the database, which may quote values.
 *
 * <p>For any number of threads.
 */
public final class PostgresSessionStore implements SessionStore, AutoCloseable {
    private final Migrations migrations;
    private final Entries entries;
    private final Leases leases;
    private final @Nullable Listener listener;
    private volatile boolean ready;

    private PostgresSessionStore(DataSource source, Builder builder) {
        Tables tables = new Tables(builder.schema, builder.prefix);
        Database database = new Database(source, builder.timeout);
        Waiters waiters = new Waiters();
        this.migrations = new Migrations(database, tables);
        this.listener = builder.listener == null ? null : new Listener(builder.listener, tables.channel(), waiters);
        this.entries = new Entries(database, tables);
        this.leases = new Leases(database, tables, waiters, listener, builder.leaseTtl);
    }

    /**
     * A store with default options, its tables made if they are not there.
     *
     * @throws SessionStoreException if that can't be done, or the tables are of a newer version than this code knows
     */
    public static PostgresSessionStore create(DataSource source) {
        return create(source, options -> {});
    }

    /**
     * A store with the options that the function sets.
     *
     * @throws IllegalArgumentException if an option is not possible
     * @throws SessionStoreException if tables are to be made and can't be, or are of a newer version than this code knows
     */
    public static PostgresSessionStore create(DataSource source, Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        PostgresSessionStore store = new PostgresSessionStore(Objects.requireNonNull(source, "source"), builder);
        if (builder.autoMigrate) {
            store.migrate();
        }
        return store;
    }

    /**
     * Makes the tables, or brings older ones to the version of this code; does nothing where they are. Many processes may do
     * so at once.
     *
     * @throws SessionStoreException if it can't be done, or the tables are of a newer version than this code knows
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

    /** Ends the listener, if there is one. The data source stays open, and leases stay lent: they are their holders'. */
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

    /** How a {@link PostgresSessionStore} behaves. */
    public static final class Builder {
        private @Nullable String schema;
        private String prefix = "atlex_";
        private boolean autoMigrate = true;
        private Duration timeout = Duration.ofSeconds(10);
        private @Nullable DataSource listener;
        private Duration leaseTtl = Duration.ofSeconds(10);

        private Builder() {}

        /** How long the lease of a process that died stays taken. For tests: too short, and a slow machine loses leases. */
        Builder leaseTtl(Duration ttl) {
            this.leaseTtl = ttl;
            return this;
        }

        /**
         * The schema of the tables, which is made if it is not there; by default that which the connections use.
         *
         * @param schema 1 to 63 bytes of UTF-8; case matters
         */
        public Builder schema(String schema) {
            this.schema = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /**
         * What the names of the tables begin with; by default {@code atlex_}.
         *
         * @param prefix 1 to 52 bytes of UTF-8; case matters
         */
        public Builder prefix(String prefix) {
            this.prefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Whether {@link #create} makes the tables; it does by default. */
        public Builder autoMigrate(boolean migrate) {
            this.autoMigrate = migrate;
            return this;
        }

        /**
         * How long a call tries, other than to wait for a lease; by default 10 seconds. How long the data source makes it
         * wait for a connection comes on top.
         *
         * @throws IllegalArgumentException if it is not 1 second to 1 hour
         */
        public Builder timeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("a timeout of 1 second to 1 hour, not " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Where to get one connection that is kept, from when a lease is waited for until the store is closed, to hear of
         * leases that are given back elsewhere; by default none. It has to be a connection of the PostgreSQL driver, or
         * unwrap to one, and of its own: not one that a proxy like PgBouncer shares among clients. It may come from the
         * same pool as all others if that has more than one.
         */
        public Builder listener(DataSource source) {
            this.listener = Objects.requireNonNull(source, "source");
            return this;
        }
    }
}
