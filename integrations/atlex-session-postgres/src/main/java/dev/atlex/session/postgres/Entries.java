package dev.atlex.session.postgres;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import java.io.ByteArrayInputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table of entries. */
final class Entries {
    private static final System.Logger LOG = System.getLogger(PostgresSessionStore.class.getName());

    /** The number of entries that are read at once. Entries of more than 200 KB are rare, so a page fits in memory. */
    private static final int PAGE = 64;

    /**
     * The longest value that {@link EntryStore#requireJson} accepts. A longer value can't have been written by a store,
     * so it isn't read.
     */
    private static final int MAX_BYTES = 4 << 20;

    /**
     * An SQL expression that runs in a writing statement before it takes a generation from the sequence. It admits only
     * one writer per key at a time, so that generations increase in commit order. It also makes the commit wait for the
     * disk, even if that isn't the database's default.
     */
    private static final String SERIALIZED = """
            (SELECT pg_advisory_xact_lock(hashtextextended(?, 0)),
              set_config('synchronous_commit', CASE current_setting('synchronous_commit')
                WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)) AS serialized""";

    private static final String DURABLE = """
            (SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')
              WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)) AS durable""";

    private final Database database;
    private final Tables tables;
    private final String load;
    private final String page;
    private final String names;
    private final String insert;
    private final String update;
    private final String delete;
    private final String exists;
    private final String savedBy;

    Entries(Database database, Tables tables) {
        this.database = database;
        this.tables = tables;
        String table = tables.entries();
        String value = "CASE WHEN octet_length(value) <= " + MAX_BYTES + " THEN value END";
        load = "SELECT name, generation, " + value + ", saved_at FROM " + table + " WHERE kind = ? AND name = ?";
        page = "SELECT name, generation, " + value + ", saved_at FROM " + table
                + " WHERE kind = ? AND name > ? ORDER BY name LIMIT " + PAGE;
        names = "SELECT name FROM " + table + " WHERE kind = ? AND name > ? ORDER BY name LIMIT " + PAGE;
        // The value is sent as a stream, because the driver logs all other parameters.
        insert = "INSERT INTO " + table + " (kind, name, generation, value, saved_at, saved_by)"
                + " SELECT ?, ?, nextval(CAST(? AS regclass)), convert_from(?, 'UTF8'), clock_timestamp(), ? FROM "
                + SERIALIZED + " ON CONFLICT (kind, name) DO NOTHING RETURNING generation, saved_at";
        update = "UPDATE " + table + " AS entry SET generation = nextval(CAST(? AS regclass)),"
                + " value = convert_from(?, 'UTF8'), saved_at = clock_timestamp(), saved_by = ? FROM " + SERIALIZED
                + " WHERE entry.kind = ? AND entry.name = ? AND entry.generation = ?"
                + " RETURNING entry.generation, entry.saved_at";
        delete = "DELETE FROM " + table + " AS entry USING " + DURABLE
                + " WHERE entry.kind = ? AND entry.name = ? AND entry.generation = ?";
        exists = "SELECT 1 FROM " + table + " WHERE kind = ? AND name = ?";
        savedBy = "SELECT generation, saved_at FROM " + table + " WHERE kind = ? AND name = ? AND saved_by = ?";
    }

    @Nullable
    Entry load(Key key) {
        Optional<Row> loaded = database.run(about("load", key), (connection, uncertain) -> {
            try (PreparedStatement query = database.prepare(connection, load)) {
                query.setString(1, key.kind().name());
                query.setString(2, key.name());
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Optional.of(new Row(row)) : Optional.empty();
                }
            }
        });
        return loaded.isEmpty() ? null : loaded.get().loaded(key);
    }

    @Nullable
    Entry save(Key key, long expected, String value) {
        EntryStore.requireJson(key, value);
        String failed = about("save", key);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        UUID writer = UUID.randomUUID();
        Optional<Entry> saved = database.run(failed, (connection, uncertain) -> {
            // An insert that may still be in progress isn't repeated, because another process may have deleted the
            // entry in between. An update can be repeated: a late one finds a different generation and does nothing.
            if (!uncertain || expected != SessionStore.NONE) {
                Optional<Entry> now = expected == SessionStore.NONE
                        ? insert(connection, key, value, bytes, writer)
                        : update(connection, key, expected, value, bytes, writer);
                if (now.isPresent() || !uncertain) {
                    return now;
                }
            }
            Optional<Entry> ours = savedBy(connection, key, value, writer);
            if (ours.isEmpty()) {
                throw new SessionStoreException(
                        failed + ": the connection was lost; it may or may not have taken effect", null);
            }
            return ours;
        });
        return saved.orElse(null);
    }

    boolean delete(Key key, long expected) {
        return database.run(about("delete", key), (connection, uncertain) -> {
            try (PreparedStatement deletion = database.prepare(connection, delete)) {
                deletion.setString(1, key.kind().name());
                deletion.setString(2, key.name());
                deletion.setLong(3, expected);
                if (deletion.executeUpdate() > 0) {
                    return true;
                }
            }
            try (PreparedStatement query = database.prepare(connection, exists)) {
                query.setString(1, key.kind().name());
                query.setString(2, key.name());
                try (ResultSet row = query.executeQuery()) {
                    return !row.next();
                }
            }
        });
    }

    /**
     * Passes the entries of a kind to an action. Reads page by page, so that no connection is held while the action
     * runs.
     */
    void forEach(Kind kind, Consumer<? super Entry> action) {
        String last = "";
        List<Row> rows;
        do {
            rows = page(kind, last);
            for (Row row : rows) {
                last = row.name;
                Entry entry = row.entryOrNull(kind);
                if (entry != null) {
                    action.accept(entry);
                }
            }
        } while (rows.size() == PAGE);
    }

    private List<Row> page(Kind kind, String after) {
        try {
            return rows(page, kind, after, true);
        } catch (SessionStoreException e) {
            // A single row may be the cause, such as a corrupt page or text in an invalid encoding. Read the rows one
            // by one.
            List<Row> rows = rows(names, kind, after, false);
            if (rows.isEmpty()) {
                throw e;
            }
            rows.replaceAll(row -> row.reread(this, kind));
            return rows;
        }
    }

    private List<Row> rows(String sql, Kind kind, String after, boolean values) {
        return database.run("failed to read the entries", (connection, uncertain) -> {
            try (PreparedStatement query = database.prepare(connection, sql)) {
                query.setString(1, kind.name());
                query.setString(2, after);
                try (ResultSet row = query.executeQuery()) {
                    List<Row> rows = new ArrayList<>(PAGE);
                    while (row.next()) {
                        rows.add(values ? new Row(row) : new Row(row.getString(1)));
                    }
                    return rows;
                }
            }
        });
    }

    private Optional<Entry> insert(Connection connection, Key key, String value, byte[] bytes, UUID writer)
            throws SQLException {
        try (PreparedStatement insertion = database.prepare(connection, insert)) {
            insertion.setString(1, key.kind().name());
            insertion.setString(2, key.name());
            insertion.setString(3, tables.generations());
            insertion.setBinaryStream(4, new ByteArrayInputStream(bytes), bytes.length);
            insertion.setObject(5, writer);
            insertion.setString(6, lockName(key));
            return saved(insertion, key, value);
        }
    }

    private Optional<Entry> update(
            Connection connection, Key key, long expected, String value, byte[] bytes, UUID writer)
            throws SQLException {
        try (PreparedStatement change = database.prepare(connection, update)) {
            change.setString(1, tables.generations());
            change.setBinaryStream(2, new ByteArrayInputStream(bytes), bytes.length);
            change.setObject(3, writer);
            change.setString(4, lockName(key));
            change.setString(5, key.kind().name());
            change.setString(6, key.name());
            change.setLong(7, expected);
            return saved(change, key, value);
        }
    }

    private Optional<Entry> savedBy(Connection connection, Key key, String value, UUID writer) throws SQLException {
        try (PreparedStatement query = database.prepare(connection, savedBy)) {
            query.setString(1, key.kind().name());
            query.setString(2, key.name());
            query.setObject(3, writer);
            return saved(query, key, value);
        }
    }

    private static Optional<Entry> saved(PreparedStatement statement, Key key, String value) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Entry(
                            key,
                            row.getLong(1),
                            value,
                            row.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    private String lockName(Key key) {
        return tables.entries() + " " + key.kind() + " " + key.name();
    }

    private static String about(String operation, Key key) {
        return "failed to " + operation + " the " + key.kind() + " entry " + key.name();
    }

    /** A row, or the name of one that couldn't be read. */
    private static final class Row {
        private final String name;
        private final @Nullable String value;
        private final long generation;
        private final @Nullable OffsetDateTime savedAt;

        Row(ResultSet row) throws SQLException {
            name = row.getString(1);
            generation = row.getLong(2);
            value = row.getString(3);
            savedAt = row.getObject(4, OffsetDateTime.class);
        }

        Row(String name) {
            this.name = name;
            this.generation = 0;
            this.value = null;
            this.savedAt = null;
        }

        Row(Entry entry) {
            name = entry.key().name();
            generation = entry.generation();
            value = entry.value();
            savedAt = entry.savedAt().atOffset(ZoneOffset.UTC);
        }

        Entry entry(Kind kind) {
            if (value == null || savedAt == null) {
                throw new IllegalArgumentException("unreadable entry");
            }
            return new Entry(new Key(kind, name), generation, value, savedAt.toInstant());
        }

        /** Returns the entry for a key, or throws an exception with the reason why it can't be read. */
        Entry loaded(Key key) {
            try {
                return entry(key.kind());
            } catch (IllegalArgumentException e) {
                throw new SessionStoreException(
                        about("load", key) + ": it has more than " + MAX_BYTES
                                + " bytes, so no store wrote it; delete the row",
                        null);
            }
        }

        @Nullable
        Entry entryOrNull(Kind kind) {
            try {
                return entry(kind);
            } catch (IllegalArgumentException e) {
                LOG.log(Level.ERROR, "skipped the unreadable {0} entry {1}", kind, name);
                return null;
            }
        }

        Row reread(Entries entries, Kind kind) {
            try {
                Entry entry = entries.load(new Key(kind, name));
                return entry == null ? this : new Row(entry);
            } catch (SessionStoreException | IllegalArgumentException e) {
                return this;
            }
        }
    }
}
