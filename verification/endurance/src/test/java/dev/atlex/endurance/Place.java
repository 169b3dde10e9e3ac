package dev.atlex.endurance;

import dev.atlex.session.postgres.Pool;
import dev.atlex.session.postgres.PostgresServer;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a store keeps its sessions.
 *
 * @param where a folder, or a database's URL, a space and a schema
 */
record Place(String where) implements AutoCloseable {
    /** What tests can run on. */
    enum Kind {
        FILES,
        POSTGRES
    }

    private static final String DATABASE = "jdbc:";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A new place. */
    static Place make(Kind kind) throws IOException {
        return switch (kind) {
            case FILES -> new Place(Files.createTempDirectory("atlex-endurance").toString());
            case POSTGRES -> new Place(PostgresServer.get().url() + " endurance_" + COUNT.incrementAndGet());
        };
    }

    /** A store of this process, with as many connections as it may need at once. */
    SessionStore open(int connections) {
        if (!where.startsWith(DATABASE)) {
            return new FileSessionStore(Path.of(where));
        }
        PGSimpleDataSource source = PostgresServer.source(where.split(" ")[0], "postgres");
        return PostgresSessionStore.create(
                new Pool(source, connections),
                options -> options.schema(schema()).listener(source));
    }

    private String schema() {
        return where.split(" ")[1];
    }

    /** With all that is in it. */
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
