package dev.atlex.endurance;

import dev.atlex.session.postgres.Pool;
import dev.atlex.session.postgres.PostgresServer;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.postgres.PostgresSessionStoreOptions;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The folder or database schema for a store. It can be passed to other processes as text.
 *
 * @param where a folder, or a database's URL followed by a space and a schema
 */
record StoreLocation(String where) implements AutoCloseable {
    /** The kinds of store that tests run on. */
    enum Kind {
        FILES,
        POSTGRES
    }

    private static final String DATABASE = "jdbc:";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Creates an empty location. */
    static StoreLocation create(Kind kind) throws IOException {
        return switch (kind) {
            case FILES ->
                new StoreLocation(Files.createTempDirectory("atlex-endurance").toString());
            case POSTGRES -> new StoreLocation(PostgresServer.get().url() + " endurance_" + COUNT.incrementAndGet());
        };
    }

    /**
     * Opens a store for this process.
     *
     * @param connections the maximum number of connections that the process needs at once
     */
    SessionStore open(int connections) {
        return open(connections, PostgresSessionStoreOptions.DEFAULTS.timeout());
    }

    /**
     * Like {@link #open(int)}.
     *
     * @param timeout how long an operation on a database is retried
     */
    SessionStore open(int connections, Duration timeout) {
        if (!where.startsWith(DATABASE)) {
            return new FileSessionStore(Path.of(where));
        }
        PGSimpleDataSource source = PostgresServer.source(where.split(" ")[0], "postgres");
        return PostgresSessionStore.create(
                new Pool(source, connections),
                options -> options.schema(schema()).listener(source).timeout(timeout));
    }

    private String schema() {
        return where.split(" ")[1];
    }

    /** Ends the leases of a key, as if their time were over. Leases in a folder end with their process anyway. */
    void expireLeases(String name) {
        if (where.startsWith(DATABASE)) {
            PostgresServer.get().sql("DELETE FROM " + schema() + ".atlex_leases WHERE name = '" + name + "'");
        }
    }

    /** Ends all leases, like {@link #expireLeases(String)}. */
    void expireLeases() {
        if (where.startsWith(DATABASE)) {
            PostgresServer.get().sql("DELETE FROM " + schema() + ".atlex_leases");
        }
    }

    /** Deletes the location and everything in it. */
    @Override
    public void close() throws IOException {
        if (where.startsWith(DATABASE)) {
            PostgresServer.get().sql("DROP SCHEMA IF EXISTS " + schema() + " CASCADE");
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(where))) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
