package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.saved;
import static dev.atlex.session.FakeServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConcurrencyTest extends PdsTest {
    private static Callable<?> calling(PasswordSession session) {
        return () -> {
            call(session);
            return "";
        };
    }

    @ParameterizedTest
    @CsvSource({"64, false", "64, true", "1000, false"})
    void expiredToken_oneRefreshServesAllCalls(int threads, boolean as401) throws Exception {
        pds.behavior().expiredTokenAs401(as401);
        PasswordSession session = login();
        clock.advance(EXPIRY);

        assertThat(Racing.all(threads, calling(session))).containsOnlyNulls();

        assertThat(refreshes()).isEqualTo(1);
        assertThat(pds.count(CALL)).isBetween(threads, 2 * threads);
    }

    @Test
    void rejectedCalls_shareOneRefresh() throws Exception {
        // All calls are refused before the first one asks for new tokens, so only the comparison of tokens saves 63
        // refreshes.
        CyclicBarrier refused = new CyclicBarrier(64);
        FakeServer server = new FakeServer();
        server.on(REFRESH, 200, session(DID, "access-2", "refresh-2", didDoc("https://pds.test")));
        server.on(CALL, request -> {
            if (!"Bearer access-1".equals(request.headers().first("authorization"))) {
                return FakeServer.json(200, "{}");
            }
            try {
                refused.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return FakeServer.json(400, "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}");
        });
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(server)));

        List<Throwable> failures = Racing.all(64, () -> {
            assertThat(session.send(AgentRequest.get("/xrpc/" + CALL)).status()).isEqualTo(200);
            return "";
        });

        assertThat(failures).containsOnlyNulls();
        assertThat(server.count(REFRESH)).isEqualTo(1);
        assertThat(server.count(CALL)).isEqualTo(128);
    }

    @Test
    void freshTokensExpired_backOffGrowsOncePerRefresh() throws Exception {
        CyclicBarrier refused = new CyclicBarrier(16);
        AtomicBoolean together = new AtomicBoolean(true);
        AtomicInteger refreshes = new AtomicInteger(1);
        FakeServer server = new FakeServer();
        server.on(REFRESH, request -> {
            int next = refreshes.incrementAndGet();
            return FakeServer.json(200, session(DID, "access-" + next, "refresh-" + next, didDoc("https://pds.test")));
        });
        server.on(CALL, request -> {
            if ("Bearer access-3".equals(request.headers().first("authorization"))) {
                return FakeServer.json(200, "{}");
            }
            try {
                if (together.get()) {
                    refused.await(30, TimeUnit.SECONDS);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return FakeServer.json(400, "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}");
        });
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(server)));
        assertThat(Racing.all(16, () -> {
                    assertThat(session.send(AgentRequest.get("/xrpc/" + CALL)).status())
                            .isEqualTo(400);
                    return "";
                }))
                .containsOnlyNulls();
        assertThat(refreshes).hasValue(2);

        together.set(false);
        clock.advance(Duration.ofSeconds(1));

        assertThat(session.send(AgentRequest.get("/xrpc/" + CALL)).status()).isEqualTo(200);
        assertThat(refreshes).hasValue(3);
    }

    @Test
    void temporaryFailureIsSharedByAllWaitingCalls() throws Exception {
        PasswordSession session = login();
        clock.advance(EXPIRY);
        pds.faults().always(REFRESH, Fault.status(503).after(Duration.ofMillis(50)));

        List<Throwable> failures = Racing.all(64, calling(session));

        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                XrpcException.class, e -> assertThat(e.error()).isEqualTo("ExpiredToken")));
        assertThat(refreshes()).as("one attempt of three requests").isEqualTo(3);
        assertThat(session.isEnded()).isFalse();
    }

    @Test
    void failedRefresh_isSharedEvenAfterTheBackOff() throws Exception {
        FakeServer server = new FakeServer();
        Thread[] callers = new Thread[2];
        AtomicInteger arrived = new AtomicInteger();
        server.on(CALL, request -> {
            arrived.incrementAndGet();
            while (arrived.get() < 2) { // A busy wait, so that the other thread can see when this one blocks.
                Thread.onSpinWait();
            }
            return FakeServer.json(400, "{\"error\":\"ExpiredToken\"}");
        });
        server.on(REFRESH, request -> {
            Racing.awaitBlocked(Thread.currentThread() == callers[0] ? callers[1] : callers[0]);
            return FakeServer.json(501, "{}");
        });
        SessionHooks backOffEnds = new SessionHooks() {
            @Override
            public void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {
                clock.advance(Duration.ofHours(2));
            }
        };
        PasswordSession session = PasswordSession.of(
                saved("access-1", "refresh-1", ""),
                options(o -> o.transport(server).hooks(backOffEnds)));
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> session.send(request(Duration.ofSeconds(60))));
        }
        for (Thread caller : callers) {
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(server.count(CALL)).isEqualTo(2);
        assertThat(server.count(REFRESH)).isEqualTo(1);
    }

    @Test
    void sessionEnd_reachesAllWaitingCalls() throws Exception {
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = login(o -> o.hooks(hooks));
        clock.advance(EXPIRY);
        pds.revokeSessions(alice.did());

        List<Throwable> failures = Racing.all(64, calling(session));

        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                SessionEndedException.class,
                                e -> assertThat(e.error()).isEqualTo("ExpiredToken")));
        assertThat(failures)
                .as("each has its own exception, with its own stack")
                .doesNotHaveDuplicates();
        assertThat(refreshes()).isEqualTo(1);
        assertThat(hooks.events).containsExactly("updated", "deleted");
    }

    @Test
    void loginLogoutRefreshAndCallsInAnyOrderEndInOneEndedSession() throws Exception {
        for (int round = 0; round < 5; round++) {
            RecordingHooks hooks = new RecordingHooks();
            MemorySessionStore store = new MemorySessionStore();
            PasswordSession session = login(o -> o.hooks(hooks).store(store));
            clock.advance(EXPIRY);
            List<Callable<?>> racers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                racers.add(calling(session));
                racers.add(session::refresh);
            }
            racers.add(() -> {
                session.logout();
                return "";
            });

            List<Throwable> failures = Racing.all(racers);

            assertThat(failures.stream().filter(Objects::nonNull))
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(
                                    SessionEndedException.class,
                                    e -> assertThat(e.reason()).isEqualTo(SessionEndedException.Reason.LOGGED_OUT)));
            assertThat(session.isEnded()).isTrue();
            assertThat(store.list())
                    .as("no late save brings a deleted session back")
                    .isEmpty();
            assertThat(hooks.events).endsWith("deleted").containsOnlyOnce("deleted");
        }
    }

    /** It refuses the token that the sessions here begin with. */
    private static Gate gate() {
        return new Gate(
                FakeServer.expired("access-1"),
                () -> session(DID, "access-2", "refresh-2", didDoc("https://pds.test")));
    }

    private static AgentRequest request(Duration timeout) {
        return AgentRequest.get("/xrpc/" + CALL).withTimeout(timeout);
    }

    @Test
    void callStopsWaitingForARefreshAtItsDeadline() throws Exception {
        Gate gate = gate();
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(gate.server)));
        Thread refresher = new Thread(() -> session.send(request(Duration.ofSeconds(60))));
        refresher.start();
        gate.entered.await();

        TransportTimeoutException failure =
                failureOf(TransportTimeoutException.class, () -> session.send(request(Duration.ofMillis(100))));

        assertThat(failure.requestMayHaveBeenProcessed()).isFalse();
        assertThat(refresher.isAlive()).isTrue();
        gate.open.countDown();
        refresher.join();
        assertThat(session.data().accessJwt()).isEqualTo("access-2");
    }

    @Test
    void refresh_endsAtItsCallsDeadline() {
        Gate gate = gate();
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(gate.server)));

        long start = System.nanoTime();
        assertThat(session.send(request(Duration.ofMillis(200))).status()).isEqualTo(400);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

        gate.open.countDown();
        assertThat(session.send(request(Duration.ofSeconds(60))).status())
                .as("a caller in a hurry makes no other call wait")
                .isEqualTo(200);
    }

    @Test
    void interruptedRefresh_isTakenOverByAWaitingCall() throws Exception {
        Gate gate = gate();
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = PasswordSession.of(
                saved("access-1", "refresh-1", ""),
                options(o -> o.transport(gate.server).hooks(hooks)));
        AtomicInteger status = new AtomicInteger();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread refresher = new Thread(() -> {
            status.set(session.send(request(Duration.ofSeconds(60))).status());
            flag.set(Thread.currentThread().isInterrupted());
        });
        refresher.start();
        gate.entered.await();
        AtomicInteger waiterStatus = new AtomicInteger();
        Thread waiter = new Thread(() ->
                waiterStatus.set(session.send(request(Duration.ofSeconds(60))).status()));
        waiter.start();
        Racing.awaitBlocked(waiter);

        refresher.interrupt();
        refresher.join();
        gate.open.countDown();
        waiter.join();

        assertThat(status).hasValue(400);
        assertThat(flag.get()).as("the interrupt is still there for its owner").isTrue();
        assertThat(waiterStatus).hasValue(200);
        assertThat(hooks.events).containsExactly("updated");
    }

    @Test
    void interruptedWaiterStopsWaiting() throws Exception {
        Gate gate = gate();
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(gate.server)));
        Thread refresher = new Thread(() -> session.send(request(Duration.ofSeconds(60))));
        refresher.start();
        gate.entered.await();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiter = new Thread(() -> thrown.set(failureOf(() -> session.send(request(null)))));
        waiter.start();
        Racing.awaitBlocked(waiter);

        waiter.interrupt();
        waiter.join();

        assertThat(thrown.get()).isInstanceOf(TransportInterruptedException.class);
        assertThat(((TransportException) thrown.get()).requestMayHaveBeenProcessed())
                .isFalse();
        gate.open.countDown();
        refresher.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void firstResponse_isClosedUnlessReturned(int refreshStatus) {
        FakeServer server = new FakeServer();
        server.on(REFRESH, refreshStatus, session(DID, "access-2", "refresh-2", didDoc("https://pds.test")));
        server.on(
                CALL,
                request -> "Bearer access-1".equals(request.headers().first("authorization"))
                        ? server.page(401)
                        : FakeServer.json(200, "{}"));
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(server)));

        session.send(request(null)).close();

        assertThat(server.openBodies).hasValue(0);
    }

    @Test
    void firstResponse_isClosedWhenTheSessionEnds() {
        FakeServer server = new FakeServer().on(REFRESH, 400, "{\"error\":\"ExpiredToken\"}");
        server.on(CALL, request -> server.page(401));
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(server)));

        failureOf(SessionEndedException.class, () -> session.send(request(null)));

        assertThat(server.openBodies).hasValue(0);
    }

    @Test
    void timeLimitOfAClientsCallHoldsWhileTheServerIsSilent() {
        PasswordSession session = login();
        clock.advance(EXPIRY);
        pds.faults().always(REFRESH, Fault.delay(Duration.ofMinutes(5)));

        Throwable failure = failureOf(() ->
                new Client(session).with(o -> o.timeout(Duration.ofMillis(400))).call(CheckAccountStatus.QUERY));

        assertThat(failure).isInstanceOf(XrpcException.class);
    }

    @Test
    void retriesOfTheClientAndOfTheSessionDontMultiply() {
        PasswordSession session = login();
        clock.advance(EXPIRY);
        pds.faults().always(REFRESH, Fault.dropBeforeProcessing());

        failureOf(
                XrpcException.class,
                () -> new Client(session).with(o -> o.retries(3)).call(CheckAccountStatus.QUERY));

        assertThat(refreshes()).isEqualTo(3);
        assertThat(pds.count(CALL)).isEqualTo(1);
    }

    @Test
    void secondSendThatFailsIsReportedAsItIs() {
        PasswordSession session = login();
        pds.expireAccessTokens();
        pds.faults().next(CALL, Fault.status(400, "ExpiredToken", "Token has expired"));
        pds.faults().always(CALL, Fault.dropAfterProcessing());

        XrpcTransportException failure = failureOf(XrpcTransportException.class, () -> call(session));

        assertThat(failure.requestMayHaveBeenProcessed()).isTrue();
    }
}
