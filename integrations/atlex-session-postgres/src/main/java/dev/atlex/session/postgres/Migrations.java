package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The versions of the tables. Each is applied once, in a transaction, by one process at a time. */
final class Migrations {
    /**
     * The key for the advisory lock. It can be the same in all databases and schemas, because the lock is held only for
     * milliseconds.
     */
    private static final long LOCK = 0x61746c65785f6a64L;

    private final Database database;
    private final Tables tables;
    private final List<List<String>> steps;

    Migrations(Database database, Tables tables) {
        this.database = database;
        this.tables = tables;
        this.steps = List.of(List.of(
                // Names are compared by bytes, so an update of the server's locales can't change their order.
                """
                CREATE TABLE %s (
                  kind text COLLATE "C" NOT NULL,
                  name text COLLATE "C" NOT NULL,
                  generation bigint NOT NULL,
                  value text NOT NULL,
                  saved_at timestamptz NOT NULL,
                  saved_by uuid NOT NULL,
                  PRIMARY KEY (kind, name))""".formatted(tables.entries()),
                """
                CREATE TABLE %s (
                  kind text COLLATE "C" NOT NULL,
                  name text COLLATE "C" NOT NULL,
                  holder uuid NOT NULL,
                  ends_at timestamptz NOT NULL,
                  awaited boolean NOT NULL,
                  PRIMARY KEY (kind, name))""".formatted(tables.leases()),
                "CREATE SEQUENCE %s".formatted(tables.generations())));
    }

    /** Returns the version that this code needs. */
    int known() {
        return steps.size();
    }

    /**
     * Updates the tables to the version of this code. If they are up to date, it changes nothing and needs no
     * privileges.
     */
    void migrate() {
        if (version() < known()) {
            database.run("failed to create the session tables", (connection, uncertain) -> {
                connection.setAutoCommit(false);
                try {
                    apply(connection);
                    connection.commit();
                } catch (SQLException | RuntimeException e) {
                    rollback(connection);
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
                return true;
            });
        }
    }

    /** @throws SessionStoreException if the tables have a different version, or don't exist */
    void check() {
        int version = version();
        if (version < known()) {
            throw new SessionStoreException(
                    "the session tables are at version %d, and this code needs version %d: call migrate()"
                            .formatted(version, known()),
                    null);
        }
    }

    private int version() {
        return database.run(
                "failed to read the version of the session tables", (connection, uncertain) -> version(connection));
    }

    private int version(Connection connection) throws SQLException {
        try (PreparedStatement query = database.prepare(connection, "SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, tables.versions());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    return 0;
                }
            }
        }
        try (PreparedStatement highest =
                        database.prepare(connection, "SELECT coalesce(max(version), 0) FROM " + tables.versions());
                ResultSet row = highest.executeQuery()) {
            int version = row.next() ? row.getInt(1) : 0;
            if (version > known()) {
                throw new SessionStoreException(
                        "the session tables are at version %d, but this code is older and supports versions up to %d"
                                .formatted(version, known()),
                        null);
            }
            return version;
        }
    }

    private void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // This makes changes visible that other processes committed before this one got the lock.
            statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        }
        try (PreparedStatement lock = database.prepare(connection, "SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
        createSchema(connection);
        int version = version(connection);
        try (Statement statement = connection.createStatement()) {
            if (version == 0) {
                statement.execute("CREATE TABLE IF NOT EXISTS " + tables.versions()
                        + " (version int PRIMARY KEY, applied_at timestamptz NOT NULL)");
            }
            for (int next = version; next < known(); next++) {
                for (String sql : steps.get(next)) {
                    statement.execute(sql);
                }
                statement.execute("INSERT INTO " + tables.versions() + " VALUES (" + (next + 1) + ", now())");
            }
        }
    }

    /**
     * Creates the schema if it doesn't exist. Checks that first, because CREATE SCHEMA IF NOT EXISTS needs the
     * privilege to create a schema even if it exists.
     */
    private void createSchema(Connection connection) throws SQLException {
        String schema = tables.schema();
        if (schema == null) {
            return;
        }
        try (PreparedStatement query = database.prepare(connection, "SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Tables.quote(schema));
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is lost, and so is the transaction.
        }
    }
}
