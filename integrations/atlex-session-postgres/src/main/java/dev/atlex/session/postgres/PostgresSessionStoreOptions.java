package dev.atlex.session.postgres;

import dev.atlex.session.store.EntryStore;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Options for a {@link PostgresSessionStore}. */
public final class PostgresSessionStoreOptions {
    /** The defaults. */
    public static final PostgresSessionStoreOptions DEFAULTS = of(options -> {});

    private final @Nullable String schema;
    private final String prefix;
    private final boolean autoMigrate;
    private final Duration timeout;
    private final @Nullable DataSource listener;
    private final Duration leaseTtl;

    private PostgresSessionStoreOptions(Builder builder) {
        this.schema = builder.schema;
        this.prefix = builder.prefix;
        this.autoMigrate = builder.autoMigrate;
        this.timeout = builder.timeout;
        this.listener = builder.listener;
        this.leaseTtl = builder.leaseTtl;
    }

    /**
     * Creates options.
     *
     * @param options a function that sets options on the builder
     * @throws IllegalArgumentException if an option is invalid
     */
    public static PostgresSessionStoreOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.schema = schema;
        builder.prefix = prefix;
        builder.autoMigrate = autoMigrate;
        builder.timeout = timeout;
        builder.listener = listener;
        builder.leaseTtl = leaseTtl;
        return builder;
    }

    /** Returns the schema for the tables, or null for the connections' current schema. */
    public @Nullable String schema() {
        return schema;
    }

    /** Returns the prefix of the tables' names. */
    public String prefix() {
        return prefix;
    }

    /** Returns whether {@link PostgresSessionStore#create} creates the tables. */
    public boolean autoMigrate() {
        return autoMigrate;
    }

    /** Returns how long a call keeps trying. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns the source of the connection that listens for lease releases, or null if the store polls. */
    public @Nullable DataSource listener() {
        return listener;
    }

    Duration leaseTtl() {
        return leaseTtl;
    }

    /** Returns the options without the data source, which may contain a password. */
    @Override
    public String toString() {
        return "PostgresSessionStoreOptions[schema=" + schema + ", prefix=" + prefix + ", autoMigrate=" + autoMigrate
                + ", timeout=" + timeout + ", listener=" + (listener == null ? "none" : "set") + "]";
    }

    /** Builds {@link PostgresSessionStoreOptions}. */
    public static final class Builder {
        private @Nullable String schema;
        private String prefix = "atlex_";
        private boolean autoMigrate = true;
        private Duration timeout = Duration.ofSeconds(10);
        private @Nullable DataSource listener;
        private Duration leaseTtl = EntryStore.EXCLUSIVE_TTL;

        private Builder() {}

        /**
         * Sets how long a lease lasts without being extended. For tests only: if the time is short, two live processes
         * may hold a lease at the same time.
         */
        Builder leaseTtl(Duration ttl) {
            this.leaseTtl = ttl;
            return this;
        }

        /**
         * Sets the schema for the tables. It is created if it doesn't exist. The default is the connections' current
         * schema.
         *
         * @param schema the schema's name, 1 to 63 bytes in UTF-8; case matters
         */
        public Builder schema(String schema) {
            this.schema = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /**
         * Sets the prefix of the tables' names. The default is {@code atlex_}.
         *
         * @param prefix the prefix, 1 to 52 bytes in UTF-8; case matters
         */
        public Builder prefix(String prefix) {
            this.prefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Sets whether {@link PostgresSessionStore#create} creates the tables. The default is true. */
        public Builder autoMigrate(boolean migrate) {
            this.autoMigrate = migrate;
            return this;
        }

        /**
         * Sets how long a call keeps trying, not counting the wait for a lease. The default is 10 seconds. The time
         * that the data source needs to provide a connection isn't counted either.
         *
         * @param timeout the timeout, from 1 second to 1 hour
         * @throws IllegalArgumentException if it is shorter or longer
         */
        public Builder timeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("timeout: expected 1 second to 1 hour (got " + timeout + ")");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets the source of a connection that listens for lease releases ({@code LISTEN}). By default, there is none,
         * and the store polls.
         *
         * <p>The store takes one connection when a caller first waits for a lease, and keeps it until it is closed. It
         * must be a connection of the PostgreSQL driver or unwrap to one. It must be a dedicated session, not one that
         * a proxy such as PgBouncer shares among clients. It can come from the same pool as the other connections if
         * that has more than one connection.
         */
        public Builder listener(DataSource source) {
            this.listener = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Returns the options. */
        public PostgresSessionStoreOptions build() {
            return new PostgresSessionStoreOptions(this);
        }
    }
}
