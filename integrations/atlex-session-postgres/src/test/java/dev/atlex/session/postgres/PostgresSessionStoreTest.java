package dev.atlex.session.postgres;

import dev.atlex.session.store.SessionStore;
import dev.atlex.session.tck.SessionStoreTck;
import dev.atlex.session.tck.StoreFactory;
import dev.atlex.session.tck.StoreProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Runs the TCK. The store has a pool and a listener; the store opened elsewhere has neither. */
class PostgresSessionStoreTest extends SessionStoreTck {
    /** The other JVM's leases last for 10 seconds. The rest is a margin for slow machines. */
    private static final Duration FREE_WITHIN = Duration.ofSeconds(20);

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
        return PostgresSessionStore.create(
                pool, options -> options.schema(schema.name()).listener(server.source()));
    }

    @Override
    protected SessionStore openElsewhere() {
        return PostgresSessionStore.create(server.source(), options -> options.schema(schema.name()));
    }

    @Override
    protected boolean breakStorage() {
        schema.close();
        return true;
    }

    @Override
    protected boolean cutOff() throws SQLException {
        pool.cut();
        return true;
    }

    @Override
    protected Optional<StoreProcess> process() {
        return Optional.of(new StoreProcess(Factory.class, server.url() + " " + schema.name(), FREE_WITHIN));
    }

    /** Opens the store in another JVM. */
    public static final class Factory implements StoreFactory {
        @Override
        public SessionStore open(String argument) {
            String[] place = argument.split(" ");
            return PostgresSessionStore.create(
                    PostgresServer.source(place[0], "postgres"),
                    options -> options.schema(place[1]).leaseTtl(Duration.ofSeconds(10)));
        }
    }
}
