package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.json;
import static dev.atlex.session.FakeServer.session;
import static dev.atlex.session.FakeServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.AccountResult;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of one account at two services share a store's entry, which belongs to one of them. */
@Timeout(60)
class TwoServicesTest extends PdsTest {
    private static final String OLD = "https://old.test";
    private static final String NEW = "https://new.test";
    private static final Did ACCOUNT = Did.of(DID);
    private static final Key KEY = Key.session(ACCOUNT);

    private final TestStore memory = new TestStore();
    private final FakeServer server = new FakeServer();
    private final AtomicInteger issued = new AtomicInteger(10);

    /** Whether the old server refuses to refresh. */
    private volatile boolean refused;

    /** The account's server as sign-ins and refreshes report it, by service. */
    private String oldDocument = didDoc(NEW);

    private String newDocument = didDoc(NEW);

    @BeforeEach
    void serveBoth() {
        server.on(
                REFRESH,
                request -> refused && isOld(request) ? json(400, "{\"error\":\"ExpiredToken\"}") : tokens(request));
        server.on(CREATE, this::tokens);
        server.on(DELETE, 200, "{}");
        server.on(CALL, 200, "{}");
        // Each server knows only its own tokens.
        server.on(GET, request -> {
            boolean own =
                    String.valueOf(request.headers().first("authorization")).contains(isOld(request) ? "old" : "new");
            return own
                    ? json(200, "{\"did\":\"" + DID + "\",\"handle\":\"alice.test\"}")
                    : json(400, "{\"error\":\"InvalidToken\"}");
        });
    }

    private static boolean isOld(TransportRequest request) {
        return request.uri().toString().startsWith(OLD);
    }

    private TransportResponse tokens(TransportRequest request) {
        String id = (isOld(request) ? "old-" : "new-") + issued.incrementAndGet();
        Instant end = clock.instant().plus(Duration.ofDays(90));
        return json(200, session(DID, "access-" + id, token(id, end), isOld(request) ? oldDocument : newDocument));
    }

    private SessionData data(String service, String id) {
        Instant end = clock.instant().plus(Duration.ofDays(80));
        return SessionData.parse(
                session(DID, "access-" + id, token(id, end), didDoc(NEW) + ",\"service\":\"" + service + "\""));
    }

    private SessionOptions with(SessionStore store) {
        return options(o -> o.store(store).transport(server));
    }

    private PasswordSession loaded(SessionStore store) {
        Entry entry = store.load(KEY);
        assertThat(entry).isNotNull();
        return PasswordSession.of(entry, with(store));
    }

    private static void sendCall(PasswordSession session) {
        session.send(AgentRequest.get("/xrpc/" + CALL)).close();
    }

    private static String serviceIn(SessionStore store) {
        SessionData data = store.load(ACCOUNT);
        return data == null ? "nothing" : data.service().toString();
    }

    private void isReportedAsNotSaved(PasswordSession session) {
        assertThat(session.isEnded()).isFalse();
        assertThat(session.isSaved()).isFalse();
        assertThat(health(session).saved()).isFalse();
        assertThat(events()).contains("SaveFailed");
        assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("is not saved") && line.contains(NEW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"given", "loaded", "unsaved"})
    void refreshAtTheOldService_keepsTheNewServicesEntry(String how) {
        SessionData current = data(NEW, "new-1");
        PasswordSession old;
        if (how.equals("given")) {
            memory.save(current);
            old = PasswordSession.of(data(OLD, "old-1"), with(memory));
        } else {
            memory.save(data(OLD, "old-1"));
            old = loaded(memory);
            if (how.equals("unsaved")) {
                memory.saveFails = new SessionStoreException("full", null);
                old.refresh();
                memory.saveFails = null;
                told.clear();
            }
            memory.save(current);
        }
        Entry before = memory.load(KEY);

        assertThat(old.refresh().refreshed()).isTrue();
        sendCall(old);
        old.close();

        assertThat(memory.load(KEY)).isEqualTo(before);
        assertThat(old.data().service()).hasToString(OLD);
        isReportedAsNotSaved(old);
        assertThat(events().stream().filter("SaveFailed"::equals))
                .as("reported once")
                .hasSize(1);
    }

    @Test
    void refreshAtTheNewService_keepsTheOldServicesEntry() {
        PasswordSession current = PasswordSession.of(data(NEW, "new-1"), with(memory));
        memory.save(data(OLD, "old-1"));
        Entry before = memory.load(KEY);

        current.refresh();

        assertThat(memory.load(KEY)).isEqualTo(before);
        assertThat(current.isSaved()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rejectedRefreshAtTheOldService_keepsTheNewEntry(boolean loaded) {
        memory.save(data(OLD, "old-1"));
        PasswordSession old = loaded ? loaded(memory) : PasswordSession.of(data(OLD, "old-1"), with(memory));
        memory.save(data(NEW, "new-1"));
        Entry before = memory.load(KEY);
        refused = true;

        failureOf(SessionEndedException.class, old::refresh);

        assertThat(memory.load(KEY)).isEqualTo(before);
        assertThat(old.isEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout", "delete", "close"})
    void logoutAtTheOldService_keepsTheNewServicesEntry(String how) {
        memory.save(data(OLD, "old-1"));
        PasswordSession old = loaded(memory);
        memory.save(data(NEW, "new-1"));
        Entry before = memory.load(KEY);

        switch (how) {
            case "logout" -> assertThat(old.logout()).isTrue();
            case "delete" -> PasswordSession.delete(data(OLD, "old-1"), with(memory));
            default ->
                PasswordSession.of(
                                data(OLD, "old-1"),
                                options(o -> o.store(memory).transport(server).logoutOnClose(true)))
                        .close();
        }

        assertThat(memory.load(KEY)).isEqualTo(before);
        assertThat(server.requests)
                .filteredOn(r -> r.uri().getPath().endsWith(DELETE))
                .allMatch(TwoServicesTest::isOld);
        PasswordSession current = loaded(memory);
        assertThat(current.refresh().refreshed()).isTrue();
        assertThat(current.isSaved()).isTrue();
    }

    @Test
    void lateSave_keepsTheNewServicesEntry() {
        memory.save(data(OLD, "old-1"));
        PasswordSession old = loaded(memory);
        memory.saveFails = new SessionStoreException("full", null);
        old.refresh();
        memory.saveFails = null;
        memory.save(data(NEW, "new-1"));
        Entry before = memory.load(KEY);
        clock.advance(Duration.ofMinutes(2));

        sendCall(old);
        old.close();

        assertThat(memory.load(KEY)).isEqualTo(before);
        isReportedAsNotSaved(old);
    }

    @Test
    void otherEntryDeleted_sessionIsSaved() {
        memory.save(data(NEW, "new-1"));
        PasswordSession old = PasswordSession.of(data(OLD, "old-1"), with(memory));
        old.refresh();
        memory.delete(ACCOUNT);
        clock.advance(Duration.ofMinutes(2));

        sendCall(old);

        assertThat(old.isSaved()).isTrue();
        assertThat(serviceIn(memory)).isEqualTo(OLD);
    }

    @Test
    void bothSessions_workAndKeepTheirTokens() {
        memory.save(data(NEW, "new-1"));
        PasswordSession current = loaded(memory);
        PasswordSession old = PasswordSession.of(data(OLD, "old-1"), with(memory));
        for (int i = 0; i < 5; i++) {
            assertThat(old.refresh().refreshed()).isTrue();
            assertThat(current.refresh().refreshed()).isTrue();
        }

        assertThat(memory.load(ACCOUNT)).isEqualTo(current.data());
        assertThat(old.data().service()).hasToString(OLD);
        assertThat(current.isSaved()).isTrue();
    }

    // Signing in

    private PasswordSession open(String service, SessionStore store) {
        return PasswordSession.open(Credentials.of(service, DID, appPassword), store, with(store));
    }

    @Test
    void signInAtTheNewServer_replacesTheEntry(@TempDir Path folder) {
        for (SessionStore store : List.of(memory, new FileSessionStore(folder), new MemorySessionStore())) {
            store.save(data(OLD, "old-1"));

            PasswordSession session = open(NEW, store);

            assertThat(session.isSaved()).isTrue();
            assertThat(serviceIn(store)).isEqualTo(NEW);
            assertThat(open(NEW, store).data()).isEqualTo(session.data());
        }
        assertThat(server.count(CREATE)).as("once per store").isEqualTo(3);
    }

    @Test
    void signInAtTheOldServer_keepsTheEntry(@TempDir Path folder) {
        for (SessionStore store : List.of(memory, new FileSessionStore(folder), new MemorySessionStore())) {
            store.save(data(NEW, "new-1"));
            Entry before = store.load(KEY);

            PasswordSession session = open(OLD, store);

            assertThat(store.load(KEY)).isEqualTo(before);
            isReportedAsNotSaved(session);
            sendCall(session);
        }
    }

    @Test
    void signInAtAnEntryway_replacesTheEntry() {
        memory.save(data(NEW, "new-1"));
        server.on(GET, 200, "{\"did\":\"" + DID + "\",\"handle\":\"alice.test\"}");

        assertThat(open(OLD, memory).isSaved()).isTrue();

        assertThat(serviceIn(memory)).isEqualTo(OLD);
    }

    @Test
    void signInWithoutDocument_replacesTheEntry() {
        oldDocument = "";
        memory.save(data(NEW, "new-1"));

        assertThat(open(OLD, memory).isSaved()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://NEW.test",
                "https://new.test:443",
                "https://new.test/",
                "HTTPS://new.test./",
                "https://new.test/xrpc"
            })
    void otherSpelling_isTheSameService(String spelling) {
        memory.save(SessionData.parse(data(NEW, "new-1")
                .toJson()
                .replace("\"" + NEW + "\",\"", "\"" + spelling + "\",\"")
                .replace("\"service\":\"" + NEW + "\"", "\"service\":\"" + spelling + "\"")));

        PasswordSession session = open(NEW, memory);
        session.refresh();

        assertThat(server.count(CREATE)).isZero();
        assertThat(session.isSaved()).isTrue();
        PasswordSession here = PasswordSession.of(data(NEW, "new-1"), with(memory));
        assertThat(here.logout()).isTrue();
        assertThat(serviceIn(memory)).isEqualTo("nothing");
    }

    // Pools

    @Test
    void maintain_refreshesTheStoredSessionOfAnotherService() {
        Instant soon = clock.instant().plus(Duration.ofDays(5));
        memory.save(SessionData.parse(session(
                DID,
                "access-new-1",
                token("new-1", clock.instant(), soon),
                didDoc(NEW) + ",\"service\":\"" + NEW + "\"")));
        try (AccountPool pool =
                AccountPool.create(memory, PoolOptions.of(o -> o.session(options(s -> s.transport(server)))))) {
            clock.advance(Duration.ofDays(4));
            PasswordSession old = pool.open(Credentials.of(OLD, DID, appPassword));
            assertThat(old.isSaved()).isFalse();

            assertThat(pool.maintain().refreshed()).isEqualTo(1);
            assertThat(pool.maintain().refreshed()).as("it is no longer due").isZero();
            assertThat(serviceIn(memory)).isEqualTo(NEW);
            assertThat(pool.session(ACCOUNT)).isSameAs(old);

            assertThat(pool.logoutAll(1))
                    .extracting(AccountResult::outcome)
                    .containsExactly(AccountResult.Outcome.DONE);
            assertThat(memory.list()).isEmpty();
            assertThat(server.requests)
                    .filteredOn(r -> r.uri().getPath().endsWith(DELETE))
                    .extracting(r -> URI.create(
                                    r.uri().getScheme() + "://" + r.uri().getHost())
                            .toString())
                    .contains(OLD, NEW);
        }
    }
}
