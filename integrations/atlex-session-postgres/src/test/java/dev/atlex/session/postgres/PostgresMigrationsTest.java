package dev.atlex.session.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostgresMigrationsTest {
    private static final Key ALICE = new Key(Kind.SESSION, "did:plc:alice");

    private final PostgresServer server = PostgresServer.get();
    private final TestSchema schema = new TestSchema(server);

    @AfterEach
    void drop() {
        schema.close();
    }

    private PostgresSessionStore create(DataSource source) {
        return PostgresSessionStore.create(source, options -> options.schema(schema.name()));
    }

    @Test
    void migrate_concurrently_succeeds() throws Exception {
        Callable<PostgresSessionStore> start = () -> create(server.source());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<PostgresSessionStore> made : threads.invokeAll(Collections.nCopies(8, start))) {
                assertThat(made.get().load(ALICE)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void migrate_again_keepsEntries() {
        PostgresSessionStore store = create(server.source());
        var entry = store.save(ALICE, SessionStore.NONE, "1");
        store.migrate();

        assertThat(create(server.source()).load(ALICE)).isEqualTo(entry);
    }

    @Test
    void newerTables_areRefused() {
        create(server.source());
        server.sql("INSERT INTO " + schema.table("versions") + " VALUES (7, now())");

        assertThatThrownBy(() -> create(server.source()))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("this code is older");
    }

    @Test
    void missingTables_areReported() {
        PostgresSessionStore store = PostgresSessionStore.create(
                server.source(), options -> options.schema(schema.name()).autoMigrate(false));

        assertThatThrownBy(() -> store.load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("migrate()");
        store.migrate();
        assertThat(store.load(ALICE)).isNull();
    }

    @Test
    void userWithoutCreatePrivilege_usesTheTables() throws Exception {
        create(server.source());
        String user = "limited_" + schema.name();
        server.sql(
                "CREATE ROLE " + user + " LOGIN",
                "GRANT USAGE ON SCHEMA " + schema.name() + " TO " + user,
                "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema.name() + " TO " + user,
                "GRANT INSERT, UPDATE, DELETE ON " + schema.table("entries") + ", " + schema.table("leases") + " TO "
                        + user,
                "GRANT USAGE ON SEQUENCE " + schema.table("generations") + " TO " + user);
        try {
            PostgresSessionStore store = create(PostgresServer.source(server.url(), user));
            var entry = store.save(ALICE, SessionStore.NONE, "1");
            assertThat(store.load(ALICE)).isEqualTo(entry);
            try (var lease = store.acquireLease(ALICE, Duration.ofMinutes(1), Duration.ZERO)) {
                assertThat(lease).isNotNull();
            }
            assertThat(store.delete(ALICE, entry.generation())).isTrue();
            assertThatThrownBy(() -> PostgresSessionStore.create(
                            PostgresServer.source(server.url(), user),
                            options -> options.schema(schema.name()).prefix("other_")))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("lacks a privilege");
        } finally {
            server.sql("DROP OWNED BY " + user, "DROP ROLE " + user);
        }
    }

    @Test
    void names_areQuoted() {
        String odd = "Odd \"; DROP SCHEMA public; -- '\\é";
        try {
            PostgresSessionStore store = PostgresSessionStore.create(
                    server.source(), options -> options.schema(odd).prefix("It's \"x\"\\ "));
            var entry = store.save(ALICE, SessionStore.NONE, "1");
            assertThat(store.save(ALICE, entry.generation(), "2").generation()).isGreaterThan(entry.generation());
        } finally {
            server.sql("DROP SCHEMA IF EXISTS " + Tables.quote(odd) + " CASCADE");
        }
    }

    @Test
    void invalidNames_areRejected() {
        for (String wrong : new String[] {"", "x".repeat(53), "é".repeat(27), "a\0b", "\ud800"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PostgresSessionStore.create(server.source(), options -> options.prefix(wrong)));
        }
    }

    @Test
    void autoCommit_isRestored() throws Exception {
        try (Pool pool = new Pool(server.source(), 1)) {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
            }
            PostgresSessionStore store = create(pool);
            var entry = store.save(ALICE, SessionStore.NONE, "1");

            assertThat(create(server.source()).load(ALICE)).isEqualTo(entry);
            try (var connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }
}
