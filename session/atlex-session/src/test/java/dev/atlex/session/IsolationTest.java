package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.internal.persist.PendingLogout;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.AccountResult;
import dev.atlex.session.pool.AccountResult.Outcome;
import dev.atlex.session.pool.MaintenanceReport;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One account that can't work stops no other. */
@Timeout(120)
class IsolationTest extends PdsTest {
    private final TestStore store = new TestStore();
    private final List<PasswordSession> sessions = new ArrayList<>();

    /** Thrown by the transport for every request from the poisoned account. */
    private volatile Throwable poison = new IllegalArgumentException("a header with a line break");

    private volatile String poisoned = "none";

    private TransportResponse poisoning(TransportRequest request) {
        if (String.valueOf(request.headers().first("authorization")).endsWith(poisoned)) {
            if (poison instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) poison;
        }
        return send(request);
    }

    private SessionOptions with(Consumer<? super SessionOptions.Builder> more) {
        return options(o -> {
            o.store(store).transport(this::poisoning);
            more.accept(o);
        });
    }

    private AccountPool pool() {
        return AccountPool.create(store, PoolOptions.of(o -> o.session(with(none -> {}))));
    }

    /** Signs in several accounts; all that the second one sends fails. */
    private Did threeOfThem() {
        for (String name : List.of("carol.test", "dave.test", "erin.test")) {
            TestAccount account = pds.createAccount(name, PASSWORD);
            sessions.add(know(PasswordSession.login(
                    Credentials.of(pds.url().toString(), account.handle(), PASSWORD), with(none -> {}))));
        }
        poisoned = sessions.get(1).data().refreshJwt();
        return sessions.get(1).did();
    }

    static List<Throwable> poisons() {
        return List.of(
                new IllegalArgumentException("a header with a line break"),
                new IllegalStateException("a mistake"),
                new StackOverflowError(),
                new NoClassDefFoundError("a.class"),
                new ExceptionInInitializerError("a mistake"),
                new AssertionError("a mistake"));
    }

    private static Outcome outcome(List<AccountResult> results, Did did) {
        return results.stream()
                .filter(result -> result.did().equals(did))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void failingRefresh_doesNotAffectOthers(Throwable how) {
        Did bad = threeOfThem();
        poison = how;
        clock.advance(Duration.ofDays(70));
        try (AccountPool pool = pool()) {
            MaintenanceReport report = pool.maintain();

            assertThat(report.refreshed()).isEqualTo(2);
            assertThat(report.notRefreshed()).singleElement().satisfies(result -> {
                assertThat(result.did()).isEqualTo(bad);
                assertThat(result.failure()).isNotNull();
                assertThat(how instanceof Error)
                        .isEqualTo(how.equals(result.failure().getCause()));
            });
            clock.advance(EXPIRY);
            List<AccountResult> results = pool.resumeAll(2);
            for (PasswordSession session : sessions) {
                boolean done = outcome(results, session.did()) == Outcome.DONE;
                assertThat(done).isEqualTo(!session.did().equals(bad));
            }
            pool.forEachHealth(health -> know(pool.session(health.did())));
        }
        assertThat(store.list()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void failingLogout_doesNotAffectOthers(Throwable how) {
        Did bad = threeOfThem();
        poison = how;
        try (AccountPool pool = pool()) {
            List<AccountResult> results = pool.logoutAll(1);

            for (PasswordSession session : sessions) {
                assertThat(outcome(results, session.did()))
                        .isEqualTo(session.did().equals(bad) ? Outcome.POSTPONED : Outcome.DONE);
            }
            assertThat(store.list()).isEmpty();
            clock.advance(Duration.ofMinutes(2));
            assertThat(pool.maintain().pendingLogouts()).isEqualTo(1);
            poisoned = "none";
            clock.advance(Duration.ofHours(1));
            assertThat(pool.maintain().pendingLogouts()).isZero();
        }
    }

    @Test
    void errorInOneEntry_doesNotAffectOthers() {
        Did bad = threeOfThem();
        poisoned = "none";
        store.broken.put(Key.session(bad), new StackOverflowError());
        store.broken.put(PendingLogout.key(bad), new StackOverflowError());
        store.put(PendingLogout.key(bad), "{}");
        clock.advance(EXPIRY);
        try (AccountPool pool = pool()) {
            List<AccountResult> results = pool.resumeAll(3);

            assertThat(outcome(results, bad)).isEqualTo(Outcome.FAILED);
            assertThat(results).filteredOn(r -> r.outcome() == Outcome.DONE).hasSize(2);
            assertThat(results)
                    .filteredOn(r -> r.did().equals(bad))
                    .allSatisfy(r -> assertThat(r.failure()).isInstanceOf(UnexpectedErrorException.class));
            assertThat(pool.maintain().pendingLogouts()).isEqualTo(1);
            pool.forEachHealth(health -> {
                if (!health.did().equals(bad)) {
                    know(pool.session(health.did()));
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessJwt", "refreshJwt"})
    void tokenWithLineBreak_doesNotAffectOthers(String field) {
        Did bad = threeOfThem();
        poisoned = "none";
        SessionData data = sessions.get(1).data();
        String token = field.equals("accessJwt") ? data.accessJwt() : data.refreshJwt();
        String record = new SessionRecord(data, List.of()).toJson();
        store.put(Key.session(bad), record.replace(token, token.replace(".", "\\n")));
        clock.advance(Duration.ofDays(70));
        try (AccountPool pool = pool()) {
            assertThat(pool.maintain().refreshed()).isGreaterThanOrEqualTo(2);
            clock.advance(EXPIRY);
            List<AccountResult> resumed = pool.resumeAll(2);
            pool.forEachHealth(health -> know(pool.session(health.did())));
            List<AccountResult> loggedOut = pool.logoutAll(2);

            for (List<AccountResult> results : List.of(resumed, loggedOut)) {
                assertThat(results)
                        .filteredOn(result -> !result.did().equals(bad))
                        .extracting(AccountResult::outcome)
                        .containsExactly(Outcome.DONE, Outcome.DONE);
            }
            assertThat(pool.maintain().pendingLogouts()).isZero();
        }
    }

    @Test
    void outOfMemory_isRethrownAfterAllAccounts() {
        Did bad = threeOfThem();
        poisoned = "none";
        store.broken.put(Key.session(bad), new OutOfMemoryError("of a test"));
        clock.advance(EXPIRY);
        try (AccountPool pool = pool()) {
            assertThatThrownBy(() -> pool.resumeAll(1)).isInstanceOf(OutOfMemoryError.class);

            assertThat(refreshes()).as("the others").isEqualTo(2);
            pool.forEachHealth(health -> {
                if (!health.did().equals(bad)) {
                    know(pool.session(health.did()));
                }
            });
        }
    }

    @Test
    void maintenanceThread_survivesEveryThrowable() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        AtomicInteger turn = new AtomicInteger();
        SessionStore failing = new SessionStore() {
            @Override
            public Entry load(Key key) {
                return null;
            }

            @Override
            public void forEach(Kind kind, Consumer<? super Entry> action) {
                if (kind == Kind.LOGOUT) {
                    runs.countDown();
                    throw List.<Error>of(
                                    new StackOverflowError(), new OutOfMemoryError("of a test"), new LinkageError())
                            .get(turn.getAndIncrement() % 3);
                }
            }

            @Override
            public Entry save(Key key, long expected, String value) {
                return null;
            }

            @Override
            public boolean delete(Key key, long expected) {
                return false;
            }

            @Override
            public Lease acquireLease(Key key, Duration ttl, Duration maxWait) {
                return null;
            }
        };
        try (AccountPool pool = AccountPool.create(
                failing, PoolOptions.of(o -> o.session(options()).maintainEvery(Duration.ofMillis(1))))) {
            assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(pool.size()).isZero();
        }
        assertThat(CapturedLogs.lines())
                .anyMatch(line -> line.contains("pool maintenance failed, and will run again:"));
    }

    @Test
    void unlistableLogouts_sessionsAreStillRefreshed() {
        threeOfThem();
        poisoned = "none";
        SessionStore half = new SessionStore() {
            @Override
            public Entry load(Key key) {
                return store.load(key);
            }

            @Override
            public void forEach(Kind kind, Consumer<? super Entry> action) {
                if (kind == Kind.LOGOUT) {
                    throw new SessionStoreException("no such table", null);
                }
                store.forEach(kind, action);
            }

            @Override
            public Entry save(Key key, long expected, String value) {
                return store.save(key, expected, value);
            }

            @Override
            public boolean delete(Key key, long expected) {
                return store.delete(key, expected);
            }

            @Override
            public Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
                return store.acquireLease(key, ttl, maxWait);
            }
        };
        clock.advance(Duration.ofDays(70));
        try (AccountPool pool = AccountPool.create(half, PoolOptions.of(o -> o.session(options())))) {
            assertThatThrownBy(pool::maintain).hasMessage("no such table");

            assertThat(refreshes()).isEqualTo(3);
        }
        store.list().forEach(this::know);
    }

    // Pending logouts that can never be confirmed

    private void pending(String did, String value) {
        store.save(new Key(Kind.LOGOUT, did), SessionStore.NONE, value);
    }

    private int finish() {
        return PasswordSession.finishLogouts(with(none -> {}));
    }

    private int entries() {
        int[] count = {0};
        store.forEach(Kind.LOGOUT, entry -> count[0]++);
        return count[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "{\"sessions\":[]}",
                "{\"sessions\":[7,null,{}]}",
                "{\"sessions\":[{\"service\":\"SERVICE\",\"token\":\"pending-secret\\nb\"}]}",
                "{\"sessions\":[{\"service\":\"SERVICE\",\"token\":\"pending-secret é\"}]}",
                "{\"sessions\":[{\"service\":\"SERVICE\",\"token\":\"\"}]}",
                "{\"sessions\":[{\"service\":\"mailto:pending-secret\",\"token\":\"pending-secret\"}]}",
                "{\"sessions\":{\"service\":\"SERVICE\",\"token\":\"pending-secret\"}}"
            })
    void unsendableLogout_isGivenUpAndReported(String value) {
        secrets.add("pending-secret");
        PasswordSession session = login(o -> o.store(store));
        pds.faults().next(DELETE, Fault.status(503));
        assertThat(session.logout()).isFalse();
        String other = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
        pending(other, value.replace("SERVICE", pds.url().toString()));
        pending("not-a-did", value);
        clock.advance(Duration.ofMinutes(1));

        assertThat(finish()).isZero();

        assertThat(entries()).isZero();
        assertThat(pds.count(DELETE)).isEqualTo(2);
        assertThat(told)
                .filteredOn(SessionEvent.LogoutGivenUp.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.did()).hasToString(other);
                    shown(CapturedLogs.text(((SessionEvent.LogoutGivenUp) event).failure()));
                });
        assertThat(CapturedLogs.lines())
                .anyMatch(line -> line.contains("giving up on the logout") && line.contains("not-a-did"));
    }

    @Test
    void mixedLogout_sendableTokensAreRevoked() {
        PasswordSession session = login(o -> o.store(store));
        String token = session.data().refreshJwt();
        pending(
                alice.did().toString(),
                "{\"did\":7,\"attempts\":-9223372036854775807,\"notBefore\":9223372036854775807,\"sessions\":["
                        + "{\"service\":\"" + pds.url() + "\",\"token\":\"a\\nb\"},{\"service\":\"" + pds.url()
                        + "\",\"token\":\"" + token + "\"}]}");

        assertThat(finish()).isZero();

        assertThat(pds.count(DELETE)).isEqualTo(1);
        failureOf(SessionEndedException.class, () -> PasswordSession.resume(session.data(), options()));
    }

    @Test
    void expiredToken_isLoggedOutWithoutARequest() {
        PasswordSession session = login(o -> o.store(store));
        pds.faults().always(DELETE, Fault.status(503));
        session.logout();
        clock.advance(Duration.ofDays(100));
        pds.clearRequests();

        assertThat(finish()).isZero();

        assertThat(entries()).isZero();
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void logoutRejectedForTheTokensLifetime_isGivenUp() {
        pending(
                alice.did().toString(),
                "{\"did\":\"" + alice.did() + "\",\"sessions\":[{\"service\":\"" + pds.url()
                        + "\",\"token\":\"opaque\"}],\"attempts\":399,\"notBefore\":0}");
        pds.faults().always(DELETE, Fault.status(400, "InvalidRequest", "no"));

        assertThat(finish()).isEqualTo(1);
        assertThat(entries()).isEqualTo(1);
        clock.advance(Duration.ofHours(7));
        assertThat(finish()).isZero();

        assertThat(entries()).isZero();
        assertThat(events()).containsExactly("LogoutPostponed", "LogoutGivenUp");
    }
}
