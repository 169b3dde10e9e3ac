package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.saved;
import static dev.atlex.session.FakeServer.session;
import static dev.atlex.session.FakeServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.internal.state.AccessTokens;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens are refreshed before they expire. An access token lives 120 minutes. In these tests it is stale in the last 15
 * %.
 */
@Timeout(60)
class AheadTest extends PdsTest {
    private static final Duration BEFORE = Duration.ofMinutes(101);
    private static final Duration DUE = Duration.ofMinutes(103);

    private static final String OK = "{}";

    private static AgentRequest request() {
        return AgentRequest.get("/xrpc/" + CALL);
    }

    @Test
    void tokensAreRefreshedInTheLastPartOfTheirLife() {
        PasswordSession session = login();
        clock.advance(BEFORE);
        call(session);
        assertThat(refreshes()).isZero();
        clock.advance(DUE.minus(BEFORE));

        call(session);

        assertThat(refreshes()).isEqualTo(1);
        assertThat(pds.requests(CALL)).as("no call is rejected").allMatch(request -> request.status() == 200);
        assertThat(events()).containsExactly("SignedIn", "Refreshed");
        assertThat(told.get(1))
                .isInstanceOfSatisfying(
                        SessionEvent.Refreshed.class,
                        event -> assertThat(event.expiry())
                                .isEqualTo(health(session).accessExpiresAt()));
        call(session);
        assertThat(refreshes()).as("the new tokens are young").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 6840", "0.5, 6480", "1, 6120"})
    void programsThatSignedInTogetherRefreshAtDifferentTimes(double chance, int secondsOfTwoHours) {
        Instant start = Instant.ofEpochSecond(1_800_000_000);
        MutableClock time = MutableClock.at(start);
        TimeSource timing = new TimeSource(time, slept::add, () -> chance);
        AccessTokens tokens = AccessTokens.fresh(
                0, saved(token("a", start, start.plusSeconds(7200)), "refresh-1", ""), Duration.ZERO, timing);

        time.set(start.plusSeconds(secondsOfTwoHours).minusMillis(1));
        assertThat(tokens.isDue(time.instant())).isFalse();
        time.set(start.plusSeconds(secondsOfTwoHours));
        assertThat(tokens.isDue(time.instant())).isTrue();
        assertThat(tokens.isExpired(time.instant())).isFalse();
    }

    /** Returns a session whose token is about to expire, on a server that accepts the token. */
    private PasswordSession due(Transport server) {
        Instant now = clock.instant();
        return PasswordSession.of(
                saved(
                        token("access-1", now.minusSeconds(7000), now.plusSeconds(200)),
                        "refresh-1",
                        didDoc("https://pds.test")),
                options(o -> o.transport(server)));
    }

    private String renewed() {
        Instant now = clock.instant();
        return session(DID, token("access-2", now, now.plusSeconds(7200)), "refresh-2", didDoc("https://pds.test"));
    }

    /** A server that accepts the old token while it refreshes it. */
    private Gate gate() {
        return new Gate(request -> FakeServer.json(200, OK), this::renewed);
    }

    @Test
    void earlyRefresh_inProgress_othersKeepUsingTheOldToken() throws Exception {
        Gate gate = gate();
        PasswordSession session = due(gate.server);
        Thread first = new Thread(() -> session.send(request()));
        first.start();
        gate.entered.await();

        assertThat(Racing.all(32, () -> session.send(request()))).containsOnlyNulls();

        assertThat(gate.server.count(CALL)).as("the first one waits still").isEqualTo(32);
        gate.open.countDown();
        first.join();
        assertThat(gate.server.count(REFRESH)).isEqualTo(1);
        assertThat(gate.server
                        .requests
                        .get(gate.server.requests.size() - 1)
                        .headers()
                        .first("authorization"))
                .endsWith("access-2");
    }

    @Test
    void refresh_ofExpiredToken_othersWaitForIt() throws Exception {
        Gate gate = gate();
        PasswordSession session = due(gate.server);
        clock.advance(Duration.ofSeconds(200));
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            Thread caller = new Thread(() -> session.send(request()));
            callers.add(caller);
            caller.start();
            gate.entered.await();
        }

        callers.forEach(Racing::awaitBlocked);
        assertThat(gate.server.count(CALL)).isZero();
        gate.open.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(gate.server.count(REFRESH)).isEqualTo(1);
        assertThat(gate.server.requests.stream()
                        .filter(sent -> sent.uri().getPath().endsWith(CALL))
                        .map(sent -> sent.headers().first("authorization")))
                .hasSize(33)
                .allMatch(authorization -> authorization.endsWith("access-2"));
    }

    /** Our clock may be wrong: then the old token works. */
    @Test
    void waitForRefresh_takesPartOfTheTimeThenUsesTheOldToken() throws Exception {
        Gate gate = gate();
        PasswordSession session = due(gate.server);
        clock.advance(Duration.ofHours(5));
        Thread first = new Thread(() -> session.send(request()));
        first.start();
        gate.entered.await();

        int status = session.send(request().withTimeout(Duration.ofSeconds(1))).status();

        assertThat(status).isEqualTo(200);
        TransportRequest sent = gate.server.requests.get(gate.server.requests.size() - 1);
        assertThat(sent.headers().first("authorization")).endsWith("access-1");
        assertThat(sent.timeout()).as("the rest of the second").isGreaterThan(Duration.ofMillis(300));
        gate.open.countDown();
        first.join();
    }

    @Test
    void callWithLittleTimeLeft_leavesTheRefreshToOthers() {
        FakeServer server = new FakeServer()
                .on(CALL, FakeServer.expired("access-1"))
                .on(REFRESH, request -> FakeServer.json(200, renewed()));
        PasswordSession session = due(server);
        clock.advance(Duration.ofSeconds(200));

        int hurried = session.send(request().withTimeout(Duration.ofMillis(40))).status();
        int patient = session.send(request()).status();

        assertThat(hurried).isEqualTo(400);
        assertThat(patient).isEqualTo(200);
        assertThat(server.count(REFRESH)).isEqualTo(1);
    }

    @Test
    void failedEarlyRefresh_callUsesTheOldToken() {
        PasswordSession session = login();
        clock.advance(DUE);
        pds.faults().always(REFRESH, Fault.status(501));

        call(session);
        call(session);

        assertThat(pds.requests(CALL)).hasSize(2).allMatch(request -> request.status() == 200);
        assertThat(refreshes()).isEqualTo(1);
        assertThat(events()).containsExactly("SignedIn", "RefreshFailed");
        assertThat(health(session).status()).isEqualTo(SessionHealth.Status.FAILING);
        assertThat(health(session).retryAt()).isEqualTo(clock.instant().plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        pds.faults().clear();
        call(session);
        assertThat(refreshes()).isEqualTo(2);
        assertThat(health(session).status()).isEqualTo(SessionHealth.Status.ACTIVE);
        assertThat(health(session).retryAt()).isNull();
        assertThat(health(session).lastRefresh()).isEqualTo(clock.instant());
    }

    @Test
    void earlyRefresh_silentServer_takesPartOfOneCallsTime() {
        FakeServer server = new FakeServer().on(CALL, 200, OK).on(REFRESH, request -> {
            try {
                new CountDownLatch(1).await(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            clock.advance(request.timeout());
            throw new TransportTimeoutException("silent", null, true);
        });
        PasswordSession session = due(server);

        for (int i = 0; i < 3; i++) {
            assertThat(session.send(request().withTimeout(Duration.ofSeconds(4)))
                            .status())
                    .isEqualTo(200);
        }

        assertThat(server.requests.stream()
                        .filter(sent -> sent.uri().getPath().endsWith(CALL))
                        .map(TransportRequest::timeout))
                .as("the rest of the calls' 4 seconds")
                .hasSize(3)
                .allMatch(left -> left.compareTo(Duration.ofSeconds(2)) > 0);
        assertThat(events()).containsExactly("RefreshFailed");
    }

    @Test
    void earlyRefresh_ofTakenDownAccount_returnsTheServersResponse() {
        PasswordSession session = login();
        clock.advance(DUE);
        pds.faults().always(REFRESH, Fault.status(401, "AccountTakedown", "Account has been taken down"));

        call(session);

        assertThat(session.isEnded()).isFalse();
        assertThat(health(session).status()).isEqualTo(SessionHealth.Status.INACTIVE);
        assertThat(health(session).accountStatus()).isEqualTo("takendown");
    }

    @Test
    void endFoundByAnEarlyRefreshIsPublished() {
        PasswordSession session = login();
        clock.advance(DUE);
        pds.revokeSessions(alice.did());

        failureOf(SessionEndedException.class, () -> call(session));

        assertThat(pds.count(CALL)).isZero();
        assertThat(events()).containsExactly("SignedIn", "Ended");
        assertThat(health(session).status()).isEqualTo(SessionHealth.Status.ENDED);
    }

    @Test
    void earlyRefresh_byAnotherProcess_delaysNoCall() {
        TestStore store = new TestStore();
        PasswordSession session = login(o -> o.store(store));
        clock.advance(DUE);
        store.leaseBusy = true;

        call(session);

        assertThat(refreshes()).isZero();
        assertThat(store.maxWait).containsOnly(Duration.ZERO);
        store.leaseBusy = false;
        call(session);
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void tokensOfTwoSecondsAreNotRefreshedWithEachCall() {
        pds.behavior().accessTokenLifetime(Duration.ofSeconds(2));
        PasswordSession session = login();

        for (int i = 0; i < 200; i++) {
            clock.advance(Duration.ofMillis(100));
            call(session);
        }

        assertThat(refreshes()).as("in 20 seconds").isBetween(7, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, -5})
    void clocksMayDifferInBothDirections(int hoursAhead) {
        MutableClock ours = MutableClock.at(clock.instant().plus(Duration.ofHours(hoursAhead)));
        PasswordSession session = login(o -> o.clock(new TimeSourceClock(new TimeSource(ours, slept::add, () -> 1))));

        clock.advance(BEFORE);
        ours.advance(BEFORE);
        call(session);
        assertThat(refreshes()).isZero();
        for (int i = 0; i < 3; i++) {
            clock.advance(DUE);
            ours.advance(DUE);
            call(session);
        }

        assertThat(refreshes()).isEqualTo(3);
        assertThat(pds.requests(CALL)).as("no call is rejected").allMatch(request -> request.status() == 200);
    }

    @Test
    void errorResponse_dateCorrectsTheClockOffset() {
        MutableClock ours = MutableClock.at(clock.instant().minus(Duration.ofHours(5)));
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession first = login(o -> o.store(store));
        PasswordSession second = PasswordSession.of(
                first.data(),
                options(o -> o.store(store).clock(new TimeSourceClock(new TimeSource(ours, slept::add, () -> 1)))));
        clock.advance(EXPIRY);
        ours.advance(EXPIRY);
        first.refresh();
        know(first);
        call(second);
        assertThat(refreshes()).as("the second adopts").isEqualTo(1);
        clock.advance(DUE);
        ours.advance(DUE);
        pds.clearRequests();

        call(second);

        assertThat(refreshes()).as("ahead").isEqualTo(1);
        assertThat(pds.requests(CALL)).hasSize(1).allMatch(request -> request.status() == 200);
    }

    @Test
    void responseWithoutDate_keepsTheKnownClockOffset() {
        // Our clock is 5 hours behind; only the first response shows it.
        AtomicInteger issued = new AtomicInteger();
        Instant server = clock.instant().plus(Duration.ofHours(5));
        FakeServer fake = new FakeServer().on(CALL, 200, OK);
        fake.on(REFRESH, request -> {
            int n = issued.incrementAndGet();
            Instant now = clock.instant().plus(Duration.ofHours(5));
            String body = session(
                    DID, token("access-" + n, now, now.plusSeconds(7200)), "refresh-" + n, didDoc("https://pds.test"));
            return n == 1 ? FakeServer.dated(server, body) : FakeServer.json(200, body);
        });
        PasswordSession session =
                PasswordSession.of(saved("access-0", "refresh-0", ""), options(o -> o.transport(fake)));
        session.refresh();
        session.refresh();

        assertThat(session.health().accessExpiresAt())
                .isBetween(clock.instant().plusSeconds(7190), clock.instant().plusSeconds(7201));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tokensWithoutALifetimeAreNotRefreshedEarly(boolean withExpiry) {
        Instant end = clock.instant().plusSeconds(5);
        FakeServer server = new FakeServer().on(CALL, 200, OK).on(REFRESH, 500, "{}");
        PasswordSession session = PasswordSession.of(
                saved(withExpiry ? token("access-1", end) : "access-1", "refresh-1", ""),
                options(o -> o.transport(server)));

        session.send(request());
        clock.advance(Duration.ofDays(1));
        session.send(request());

        assertThat(server.count(REFRESH)).isZero();
        assertThat(health(session).accessExpiresAt() != null).isEqualTo(withExpiry);
    }

    @Test
    void tokenIssuedLongAgo_isNotRefreshedOnEachCall() {
        Instant login = clock.instant().minus(Duration.ofDays(60));
        FakeServer server = new FakeServer().on(CALL, 200, OK);
        AtomicInteger issued = new AtomicInteger();
        server.on(
                REFRESH,
                request -> FakeServer.json(
                        200,
                        session(
                                DID,
                                token(
                                        "access-" + issued.incrementAndGet(),
                                        login,
                                        clock.instant().plusSeconds(7200)),
                                "refresh-" + issued.get(),
                                didDoc("https://pds.test"))));
        PasswordSession session =
                PasswordSession.of(saved("access-0", "refresh-0", ""), options(o -> o.transport(server)));
        session.refresh();

        for (int i = 0; i < 10; i++) {
            session.send(request());
        }

        assertThat(server.count(REFRESH)).isEqualTo(1);
    }
}
