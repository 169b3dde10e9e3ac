package dev.atlex.session.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests how the store handles database failures. */
@Timeout(120)
class PostgresFaultsTest {
    private static final Key ALICE = new Key(Kind.SESSION, "did:plc:alice");
    private static final String SECRET = "{\"refreshJwt\":\"top-secret-token\"}";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final PostgresServer server = PostgresServer.get();
    private final TestSchema schema = new TestSchema(server);
    private final Pool pool = new Pool(server.source(), 2);
    private final PostgresSessionStore store =
            PostgresSessionStore.create(pool, options -> options.schema(schema.name()));

    @AfterEach
    void drop() throws SQLException {
        store.close();
        pool.close();
        schema.close();
    }

    private Entry saved(long expected, String value) {
        Entry entry = store.save(ALICE, expected, value);
        assertThat(entry).isNotNull();
        return entry;
    }

    private void killBackends() {
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
    }

    /** Creates a trigger on the table of entries. */
    private void trigger(String when, String body) {
        server.sql(
                "CREATE FUNCTION " + schema.name() + ".break_rows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                        + body + " END $$",
                "CREATE TRIGGER break_rows " + when + " ON " + schema.table("entries")
                        + " FOR EACH ROW EXECUTE FUNCTION " + schema.name() + ".break_rows()");
    }

    @Test
    void deadPooledConnections_areRetried() throws Exception {
        Entry entry = saved(SessionStore.NONE, "1");
        killBackends();
        assertThat(store.load(ALICE)).isEqualTo(entry);
        killBackends();
        Entry second = saved(entry.generation(), "2");
        killBackends();
        Lease lease = store.acquireLease(ALICE, LONG, Duration.ZERO);
        assertThat(lease).isNotNull();
        killBackends();
        lease.close();
        assertThat(store.acquireLease(ALICE, LONG, Duration.ZERO)).isNotNull();
        killBackends();
        assertThat(store.delete(ALICE, second.generation())).isTrue();
    }

    @Test
    void killedBackends_loseNoIncrement() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        saved(SessionStore.NONE, "0");
        FutureTask<Integer> killer = new FutureTask<>(() -> {
            int kills = 0;
            while (!over.get()) {
                killBackends();
                kills++;
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return kills;
        });
        new Thread(killer).start();
        int certain = 0;
        int uncertain = 0;
        try {
            for (int i = 0; i < 200; i++) {
                try {
                    Entry now = store.load(ALICE);
                    // No other thread saves this key, so null would be wrong here.
                    assertThat(store.save(ALICE, now.generation(), Long.toString(Long.parseLong(now.value()) + 1)))
                            .isNotNull();
                    certain++;
                } catch (SessionStoreException e) {
                    uncertain++;
                }
            }
        } finally {
            over.set(true);
        }

        assertThat(killer.get()).isPositive();
        assertThat(Integer.parseInt(store.load(ALICE).value())).isBetween(certain, certain + uncertain);
        assertThat(uncertain).as("most saves learn their outcome").isLessThan(100);
    }

    @Test
    void firstSave_connectionLost_isUncertain() {
        trigger("BEFORE INSERT", "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW;");

        assertThatThrownBy(() -> store.save(ALICE, SessionStore.NONE, SECRET))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("may or may not have taken effect")
                .hasMessageContaining("did:plc:alice");
        assertThat(store.load(ALICE)).isNull();
    }

    @Test
    void save_responseLost_findsSavedValue() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        try (PostgresSessionStore cutOff =
                PostgresSessionStore.create(new LostResponse(pool, cut), options -> options.schema(schema.name()))) {
            cut.set(true);
            Entry first = cutOff.save(ALICE, SessionStore.NONE, "1");
            assertThat(cut).isFalse();
            assertThat(first).isEqualTo(store.load(ALICE));

            cut.set(true);
            Entry second = cutOff.save(ALICE, first.generation(), "2");
            assertThat(cut).isFalse();
            assertThat(second).isEqualTo(store.load(ALICE)).isNotNull();

            cut.set(true);
            Lease lease = cutOff.acquireLease(ALICE, LONG, Duration.ZERO);
            assertThat(cut).isFalse();
            assertThat(lease).isNotNull();
        }
    }

    @Test
    void deadlocksAndConflicts_areRetried() {
        server.sql("CREATE SEQUENCE " + schema.name() + ".tries");
        trigger(
                "BEFORE INSERT",
                "IF nextval('" + schema.name()
                        + ".tries') < 3 THEN RAISE EXCEPTION SQLSTATE '40001'; END IF; RETURN NEW;");

        saved(SessionStore.NONE, "1");
    }

    @Test
    void restartingServer_waitsUntilReady() throws Exception {
        Entry entry = saved(SessionStore.NONE, "1");
        server.stop();
        FutureTask<Entry> waiting = new FutureTask<>(() -> store.save(ALICE, entry.generation(), "2"));
        try {
            new Thread(waiting).start();
        } finally {
            server.start();
        }

        assertThat(waiting.get()).isNotNull().isEqualTo(store.load(ALICE));
        server.awaitReady();
    }

    @Test
    void unreachableServer_throwsAfterTheTimeout() throws Exception {
        try (PostgresSessionStore hasty = PostgresSessionStore.create(
                pool, options -> options.schema(schema.name()).timeout(Duration.ofSeconds(1)))) {
            server.stop();
            try {
                assertThatThrownBy(() -> hasty.load(ALICE))
                        .isInstanceOf(SessionStoreException.class)
                        .hasMessageContaining("no connection (SQLState 08001)");
            } finally {
                server.start();
                server.awaitReady();
            }
            assertThat(hasty.load(ALICE)).isNull();
        }
    }

    @Test
    void exceptions_showNoValues() {
        server.sql("ALTER TABLE " + schema.table("entries") + " ADD CHECK (value NOT LIKE '%top-secret%')");

        Throwable refused = catchThrowable(() -> store.save(ALICE, SessionStore.NONE, SECRET));
        assertThat(refused).isInstanceOf(SessionStoreException.class).hasMessageContaining("SQLState 23514");
        assertThat(text(refused)).doesNotContain("top-secret").doesNotContain("Failing row");
    }

    @Test
    void driverLog_showsNoValues() {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage() + " " + Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger driver = Logger.getLogger("org.postgresql");
        boolean toParents = driver.getUseParentHandlers();
        driver.setUseParentHandlers(false);
        driver.setLevel(Level.ALL);
        driver.addHandler(handler);
        try {
            Entry entry = saved(saved(SessionStore.NONE, SECRET).generation(), SECRET);
            assertThat(store.load(ALICE)).isEqualTo(entry);
            store.forEach(Kind.SESSION, each -> {});
        } finally {
            driver.removeHandler(handler);
            driver.setLevel(null);
            driver.setUseParentHandlers(toParents);
        }

        String all = String.join("\n", logged);
        assertThat(all).contains("Bind(", "did:plc:alice");
        assertThat(all)
                .doesNotContain("top-secret")
                .doesNotContain(HexFormat.of().formatHex("top-secret".getBytes(UTF_8)));
    }

    @Test
    void corruptEntries_areSkippedInListings() {
        saved(SessionStore.NONE, "1");
        server.sql("INSERT INTO " + schema.table("entries")
                + " VALUES ('SESSION', 'not a valid name', 1, 'x', now(), gen_random_uuid())");
        List<Entry> shown = new ArrayList<>();
        store.forEach(Kind.SESSION, shown::add);

        assertThat(shown).extracting(Entry::key).containsExactly(ALICE);
    }

    @Test
    void manyThreads_shareTwoConnections() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        List<Callable<Boolean>> codes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Key key = new Key(Kind.SESSION, "did:plc:" + i % 3);
            codes.add(() -> {
                for (int n = 0; n < 3; n++) {
                    try (Lease lease = store.acquireLease(key, LONG, Duration.ofMinutes(1))) {
                        assertThat(lease).isNotNull();
                        Entry now = store.load(key);
                        assertThat(store.save(key, now == null ? SessionStore.NONE : now.generation(), "\"x\""))
                                .isNotNull();
                    }
                }
                return true;
            });
        }
        try {
            for (Future<Boolean> done : threads.invokeAll(codes)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(pool.borrowed()).isZero();
    }

    @Test
    void lease_expiresAfterItsTtl() throws Exception {
        Lease dead = store.acquireLease(ALICE, Duration.ofMillis(300), Duration.ZERO);
        assertThat(store.acquireLease(ALICE, LONG, Duration.ZERO)).isNull();
        Lease next = store.acquireLease(ALICE, LONG, Duration.ofSeconds(30));
        assertThat(next).isNotNull();
        dead.close();

        assertThat(store.acquireLease(ALICE, LONG, Duration.ZERO))
                .as("releases only its own lease")
                .isNull();
    }

    @Test
    void longLease_isExtendedWhileHeld() throws Exception {
        Duration ttl = Duration.ofSeconds(1);
        try (PostgresSessionStore holder = PostgresSessionStore.create(
                pool, options -> options.schema(schema.name()).leaseTtl(ttl))) {
            Lease lease = holder.acquireLease(ALICE, LONG, Duration.ZERO);
            assertThat(lease).isNotNull();
            assertThat(store.acquireLease(ALICE, LONG, ttl.multipliedBy(3)))
                    .as("after three times the ttl")
                    .isNull();
            killBackends();
            assertThat(store.acquireLease(ALICE, LONG, ttl.multipliedBy(2)))
                    .as("after the connections died")
                    .isNull();
            lease.close();
            Lease next = store.acquireLease(ALICE, LONG, Duration.ZERO);
            assertThat(next).isNotNull();
            next.close();

            assertThat(holder.acquireLease(ALICE, ttl.multipliedBy(2), Duration.ZERO))
                    .isNotNull();
            assertThat(store.acquireLease(ALICE, LONG, Duration.ofSeconds(30)))
                    .as("after its ttl")
                    .isNotNull();
        }
    }

    @Test
    void tooLongEntry_isSkippedInListings() {
        saved(SessionStore.NONE, "1");
        server.sql("INSERT INTO " + schema.table("entries")
                + " SELECT 'SESSION', 'did:plc:' || n, n, '\"' || repeat('x', 5000000) || '\"', now(), gen_random_uuid()"
                + " FROM generate_series(1, 9) n");
        List<Entry> shown = new ArrayList<>();
        store.forEach(Kind.SESSION, shown::add);

        assertThat(shown).extracting(Entry::key).containsExactly(ALICE);
        assertThatThrownBy(() -> store.load(new Key(Kind.SESSION, "did:plc:7")))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("did:plc:7")
                .hasMessageContaining("4194304 bytes");
    }

    @Test
    void listingAndLease_holdNoConnection() throws Exception {
        saved(SessionStore.NONE, "1");
        store.forEach(Kind.SESSION, entry -> assertThat(pool.borrowed()).isZero());
        try (Lease lease = store.acquireLease(ALICE, LONG, Duration.ZERO)) {
            assertThat(lease).isNotNull();
            assertThat(pool.borrowed()).isZero();
        }
    }

    @Test
    void manyEntries_areListedInPages() {
        server.sql("INSERT INTO " + schema.table("entries") + " SELECT 'LOGOUT', 'did:plc:' || n, n, repeat('x', 2000),"
                + " now(), gen_random_uuid() FROM generate_series(1, 10000) n");
        List<String> names = new ArrayList<>();
        store.forEach(Kind.LOGOUT, entry -> names.add(entry.key().name()));

        assertThat(names).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void commits_areDurableDespiteTheDefault() throws Exception {
        server.sql("CREATE TABLE " + schema.name() + ".seen (setting text)");
        trigger(
                "AFTER INSERT OR UPDATE",
                "INSERT INTO " + schema.name() + ".seen VALUES (current_setting('synchronous_commit')); RETURN NULL;");
        String url = server.url() + "?options=-c%20synchronous_commit=off";
        try (PostgresSessionStore lazy = PostgresSessionStore.create(
                PostgresServer.source(url, "postgres"), options -> options.schema(schema.name()))) {
            lazy.save(ALICE, lazy.save(ALICE, SessionStore.NONE, "1").generation(), "2");
        }
        try (Connection connection = server.source().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT string_agg(setting, ' ') FROM " + schema.name() + ".seen")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("on on");
        }
    }

    private static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
