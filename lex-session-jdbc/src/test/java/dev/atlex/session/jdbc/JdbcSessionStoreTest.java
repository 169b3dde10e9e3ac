package dev.atlex.session.jdbc;

import dev.atlex.session.SessionStore;
import dev.atlex.session.contract.SessionStoreContract;
import dev.atlex.session.contract.StoreFactory;
import dev.atlex.session.contract.StoreProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, with a pool and a listener, and from elsewhere with neither. */
class JdbcSessionStoreTest extends SessionStoreContract {
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final PostgresServer server = PostgresServer.get();
    private final TestSchema schema = new TestSchema(server);
    private final Pool pool = new Pool(server.source(), 4);

    @AfterEach
    void drop() throws SQLException {
        pool.close();
        schema.close();
    }

    @Override
    protected SessionStore open() {
        return JdbcSessionStore.create(
                pool, options -> options.schema(schema.name()).listener(server.source()));
    }

    @Override
    protected SessionStore openElsewhere() {
        return JdbcSessionStore.create(server.source(), options -> options.schema(schema.name()));
    }

    @Override
    protected boolean breakStorage() {
        schema.close();
        return true;
    }

    @Override
    protected Optional<StoreProcess> process() {
        return Optional.of(new StoreProcess(
                Factory.class, server.url() + " " + schema.name(), SHORT.plus(Duration.ofSeconds(10))));
    }

    /** Another JVM's. */
    public static final class Factory implements StoreFactory {
        @Override
        public SessionStore open(String argument) {
            String[] place = argument.split(" ");
            return new ShortLeases(JdbcSessionStore.create(
                    PostgresServer.source(place[0], "postgres"), options -> options.schema(place[1])));
        }
    }

    /** The database does not learn that a process was killed, but when its lease ends. */
    private record ShortLeases(SessionStore store) implements SessionStore {
        @Override
        public @Nullable Entry load(Key key) {
            return store.load(key);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            store.forEach(kind, action);
        }

        @Override
        public @Nullable Entry save(Key key, long expected, String value) {
            return store.save(key, expected, value);
        }

        @Override
        public boolean delete(Key key, long expected) {
            return store.delete(key, expected);
        }

        @Override
        public @Nullable Lease lease(Key key, Duration atMost, Duration patience) throws InterruptedException {
            return store.lease(key, atMost.compareTo(SHORT) < 0 ? atMost : SHORT, patience);
        }
    }
}
