package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.saved;
import static dev.atlex.session.FakeServer.session;
import static dev.atlex.session.FakeServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.RecordedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session objects that share a store are what processes that share it are. */
@Timeout(120)
class SharedStoreTest extends PdsTest {
    private final TestStore store = new TestStore();

    private Key key() {
        return Key.session(alice.did());
    }

    /** The same session in another process. */
    private PasswordSession another(SessionStore shared) {
        SessionStore.Entry entry = shared.load(key());
        assertThat(entry).isNotNull();
        return know(PasswordSession.of(entry, options(o -> o.store(shared))));
    }

    private PasswordSession here() {
        return login(o -> o.store(store));
    }

    private boolean serverTakes(SessionData data) {
        try {
            PasswordSession.resume(data, options());
            return true;
        } catch (SessionEndedException e) {
            return false;
        }
    }

    // Refreshing

    @Test
    void twoProcesses_refreshOncePerExpiry(@TempDir Path folder) throws Exception {
        // A token works only once. A session that uses one twice is lost.
        pds.behavior().gracePeriod(Duration.ZERO);
        PasswordSession one = login(o -> o.store(new FileSessionStore(folder)));
        PasswordSession other = another(new FileSessionStore(folder));
        int expiries = 12;
        for (int i = 0; i < expiries; i++) {
            // Alternates between times before and after the expiry.
            clock.advance(i % 2 == 0 ? EXPIRY : Duration.ofMinutes(110));
            List<Callable<?>> calls = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                calls.add(() -> {
                    call(one);
                    return "";
                });
                calls.add(() -> {
                    call(other);
                    return "";
                });
            }
            assertThat(Racing.all(calls)).containsOnlyNulls();
            // A session that kept using a valid token picks up the new one now.
            call(one);
            call(other);
            assertThat(refreshes()).as("after expiry " + (i + 1)).isEqualTo(i + 1);
            assertThat(one.data()).isEqualTo(other.data());
        }
        assertThat(events()).doesNotContain("RefreshFailed", "SaveFailed", "Ended");
    }

    @Test
    void adoptionIsPublishedAndShownAsHealth() {
        PasswordSession here = here();
        PasswordSession elsewhere = another(store);
        elsewhere.refresh();
        know(elsewhere);
        clock.advance(Duration.ofMinutes(110));
        told.clear();

        call(here);

        assertThat(events()).containsExactly("Adopted");
        assertThat(here.data()).isEqualTo(elsewhere.data());
        assertThat(health(here).lastRefresh()).isEqualTo(clock.instant());
        call(here);
        assertThat(events()).as("they were about to expire too").containsExactly("Adopted", "Refreshed");
    }

    /** Returns a session with the store, on a server that issues tokens with this expiry. */
    private PasswordSession fake(FakeServer server, Instant refreshExpires) {
        server.on(REFRESH, 200, session(DID, "access-2", token("2", refreshExpires), didDoc("https://pds.test")));
        SessionData old = saved("access-1", token("1", clock.instant()), didDoc("https://pds.test"));
        store.save(old);
        return PasswordSession.of(
                store.load(Key.session(Did.of(DID))),
                options(o -> o.store(store).transport(server)));
    }

    @ParameterizedTest
    @CsvSource({"10, true", "-10, false"})
    void concurrentRefreshes_newerTokensWin(int seconds, boolean othersCount) {
        Instant expiry = clock.instant().plus(Duration.ofDays(90));
        PasswordSession session = fake(new FakeServer(), expiry);
        SessionData others = saved("access-3", token("3", expiry.plusSeconds(seconds)), didDoc("https://pds.test"));
        store.beforeSave = () -> store.put(Key.session(Did.of(DID)), new SessionRecord(others, List.of()).toJson());

        RefreshResult outcome = session.refresh();

        assertThat(outcome.refreshed()).isTrue();
        assertThat(session.data().accessJwt()).isEqualTo(othersCount ? "access-3" : "access-2");
        assertThat(store.load(Did.of(DID))).isEqualTo(session.data());
        assertThat(session.isSaved()).isTrue();
    }

    @Test
    void tokensThatLostARace_areRevokedAtLogout() {
        Instant expiry = clock.instant().plus(Duration.ofDays(90));
        FakeServer server = new FakeServer().on(DELETE, 200, "{}");
        PasswordSession session = fake(server, expiry);
        SessionData others = saved("access-3", token("3", expiry.plusSeconds(9)), didDoc("https://pds.test"));
        store.beforeSave = () -> store.put(Key.session(Did.of(DID)), new SessionRecord(others, List.of()).toJson());
        session.refresh();

        session.logout();

        assertThat(server.requests.stream()
                        .filter(request -> request.uri().getPath().endsWith(DELETE))
                        .map(request -> request.headers().first("authorization")))
                .extracting(authorization -> authorization.substring(authorization.lastIndexOf('.') + 1))
                .containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void waitForAnotherProcess_isBounded() {
        PasswordSession session = here();
        clock.advance(EXPIRY);
        store.leaseBusy = true;

        session.refresh();

        assertThat(refreshes()).isEqualTo(1);
        assertThat(store.maxWait).containsExactly(Duration.ofSeconds(12));
        assertThat(session.isSaved()).isTrue();
    }

    @Test
    void waitForAnotherProcess_endsAtTheCallsDeadline() {
        PasswordSession session = here();
        pds.expireAccessTokens();
        store.leaseBusy = true;

        session.send(AgentRequest.get("/xrpc/" + CALL).withTimeout(Duration.ofSeconds(20)))
                .close();

        assertThat(store.maxWait)
                .singleElement()
                .satisfies(maxWait -> assertThat(maxWait)
                        .isLessThanOrEqualTo(Duration.ofSeconds(20))
                        .isGreaterThan(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "save", "lease", "close"})
    void failingStore_losesNoTokens(String what) {
        PasswordSession session = here();
        RuntimeException failure = new SessionStoreException("the disk is away", null);
        switch (what) {
            case "load" -> store.loadFails = failure;
            case "save" -> store.saveFails = failure;
            case "lease" -> store.leaseFails = failure;
            default -> store.closeFails = failure;
        }
        clock.advance(EXPIRY);

        call(session);

        assertThat(refreshes()).isEqualTo(1);
        boolean unsaved = what.equals("save");
        assertThat(session.isSaved()).isEqualTo(!unsaved);
        assertThat(health(session).saved()).isEqualTo(!unsaved);
        assertThat(events().contains("SaveFailed")).isEqualTo(unsaved);
        store.loadFails = null;
        store.saveFails = null;
        clock.advance(Duration.ofSeconds(2));
        call(session);
        assertThat(store.load(session.did())).isEqualTo(session.data());
        assertThat(events().contains("SaveRecovered")).isEqualTo(unsaved);
        assertThat(CapturedLogs.lines()).isNotEmpty();
    }

    @Test
    void clockSetBack_doesNotDelayARetry() {
        PasswordSession session = here();
        store.saveFails = new SessionStoreException("full", null);
        session.refresh();
        know(session);
        pds.faults().next(REFRESH, Fault.status(501));
        session.refresh();
        store.saveFails = null;
        clock.advance(Duration.ofHours(-1));
        pds.expireAccessTokens();

        call(session);

        assertThat(session.isSaved()).isTrue();
        assertThat(refreshes()).isEqualTo(3);
    }

    @Test
    void emptiedStore_isFilledAgain() {
        PasswordSession session = here();
        store.delete(session.did());
        clock.advance(EXPIRY);

        call(session);

        assertThat(session.isEnded()).isFalse();
        assertThat(store.load(session.did())).isEqualTo(session.data());
    }

    @Test
    void corruptEntry_isReplacedAndReported() {
        PasswordSession session = here();
        store.put(key(), "{\"session\":{\"accessJwt\":\"damaged-secret\"}}");
        secrets.add("damaged-secret");
        clock.advance(EXPIRY);

        call(session);

        assertThat(session.isSaved()).isTrue();
        assertThat(store.load(session.did())).isEqualTo(session.data());
        assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("is corrupt"));
    }

    // Old and new tokens

    @Test
    void staleSession_doesNotRestoreItsTokens() {
        pds.behavior().gracePeriod(Duration.ZERO);
        PasswordSession sleeper = here();
        PasswordSession awake = another(store);
        for (int i = 0; i < 3; i++) {
            clock.advance(EXPIRY);
            call(awake);
        }
        know(awake);
        SessionData newest = awake.data();

        sleeper.close();
        assertThat(store.load(awake.did())).isEqualTo(newest);
        call(sleeper);

        assertThat(sleeper.data()).isEqualTo(newest);
        assertThat(refreshes()).isEqualTo(3);
    }

    @Test
    void tokensOfTheSameSecond_areNotNewer() {
        PasswordSession session = here();
        SessionData first = session.data();
        store.saveFails = new SessionStoreException("full", null);
        session.refresh();
        SessionData second = know(session).data();
        assertThat(second).isNotEqualTo(first);
        store.saveFails = null;
        pds.clearRequests();

        session.refresh();

        know(session);
        assertThat(pds.requests(REFRESH)).hasSize(1);
        assertThat(store.load(session.did())).isEqualTo(session.data());
        assertThat(session.data()).isNotIn(first, second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void adoptedTokens_rejectedToo_areRefreshed(boolean inTheSameSecond) {
        PasswordSession here = here();
        clock.advance(Duration.ofSeconds(inTheSameSecond ? 0 : 1));
        PasswordSession other = another(store);
        other.refresh();
        know(other);
        pds.expireAccessTokens();

        call(here);
        call(here);

        assertThat(refreshes()).as("one elsewhere, one here").isEqualTo(2);
        List<Integer> statuses = new ArrayList<>(
                pds.requests(CALL).stream().map(RecordedRequest::status).toList());
        assertThat(statuses).endsWith(200, 200);
        // An access token of the same second is the same, and is not sent again.
        assertThat(statuses.stream().filter(status -> status == 400)).hasSizeBetween(1, 2);
    }

    @Test
    void tokensWithoutExpiry_areAdopted() {
        AtomicInteger issued = new AtomicInteger(1);
        FakeServer server = new FakeServer();
        server.on(
                REFRESH,
                request -> FakeServer.json(
                        200,
                        session(
                                DID,
                                "access-" + issued.incrementAndGet(),
                                "refresh-" + issued,
                                didDoc("https://pds.test"))));
        server.on(
                CALL,
                request -> FakeServer.json(
                        ("Bearer access-" + issued).equals(request.headers().first("authorization")) ? 200 : 401,
                        "{}"));
        store.save(saved("access-0", "refresh-0", didDoc("https://pds.test")));
        SessionStore.Entry entry = store.load(Key.session(Did.of(DID)));
        PasswordSession one =
                PasswordSession.of(entry, options(o -> o.store(store).transport(server)));
        PasswordSession other =
                PasswordSession.of(entry, options(o -> o.store(store).transport(server)));

        assertThat(one.send(AgentRequest.get("/xrpc/" + CALL)).status()).isEqualTo(200);
        assertThat(other.send(AgentRequest.get("/xrpc/" + CALL)).status()).isEqualTo(200);

        assertThat(server.count(REFRESH)).isEqualTo(1);
    }

    @Test
    void rotatedTokens_areKeptUpToALimit() {
        PasswordSession session = here();
        for (int i = 0; i < 260; i++) {
            session.refresh();
        }

        SessionRecord record = SessionRecord.of(store.load(key()));
        assertThat(record.rotated()).hasSize(100);
        clock.advance(Duration.ofHours(4));
        session.refresh();
        assertThat(SessionRecord.of(store.load(key())).rotated()).hasSize(1);
        know(session);
    }

    // Logged out elsewhere

    @ParameterizedTest
    @ValueSource(ints = {110, 180})
    void pendingLogoutElsewhere_endsTheSession(int minutes) {
        PasswordSession here = here();
        pds.faults().always(DELETE, Fault.status(503));
        assertThat(another(store).logout()).isFalse();
        clock.advance(Duration.ofMinutes(minutes));

        SessionEndedException end = failureOf(SessionEndedException.class, () -> call(here));

        assertThat(end.reason()).isEqualTo(SessionEndedException.Reason.LOGGED_OUT);
        assertThat(refreshes()).isZero();
        assertThat(store.list()).isEmpty();
        assertThat(events()).endsWith("Ended");
    }

    @Test
    void logoutElsewhere_endsTheSession() {
        PasswordSession here = here();
        assertThat(another(store).logout()).isTrue();
        clock.advance(EXPIRY);

        SessionEndedException end = failureOf(SessionEndedException.class, () -> call(here));

        assertThat(end.reason()).isEqualTo(SessionEndedException.Reason.REVOKED);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void logoutOfAnEarlierSession_doesNotEndThisOne() {
        PasswordSession earlier = here();
        pds.faults().always(DELETE, Fault.status(503));
        earlier.logout();
        PasswordSession session = here();
        store.delete(session.did());
        clock.advance(EXPIRY);

        call(session);

        assertThat(store.load(session.did())).isEqualTo(session.data());
    }

    @Test
    void lateRefresh_afterLogout_doesNotReviveTheSession() {
        PasswordSession here = here();
        PasswordSession elsewhere = another(store);
        // Only leases would keep them apart, and this store has none.
        store.leaseFails = new SessionStoreException("no leases today", null);
        store.beforeSave = () -> {
            pds.faults().next(DELETE, Fault.status(503));
            elsewhere.logout();
            store.leaseFails = null;
        };
        clock.advance(EXPIRY);

        SessionEndedException end = failureOf(SessionEndedException.class, () -> call(here));

        assertThat(end.reason()).isEqualTo(SessionEndedException.Reason.LOGGED_OUT);
        assertThat(store.list()).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(PasswordSession.finishLogouts(options(o -> o.store(store)))).isZero();
        store.forEach(Kind.LOGOUT, entry -> {
            throw new AssertionError(entry);
        });
        assertThat(pds.count(DELETE))
                .as("the old token, which fails, then both")
                .isEqualTo(3);
    }

    @Test
    void unsavedSession_loggedOutElsewhere_isNotSaved() {
        PasswordSession here = here();
        PasswordSession elsewhere = another(store);
        store.saveFails = new SessionStoreException("full", null);
        here.refresh();
        SessionData unsaved = know(here).data();
        store.saveFails = null;
        pds.faults().always(DELETE, Fault.status(503));
        elsewhere.logout();
        pds.faults().clear();
        clock.advance(Duration.ofMinutes(2));

        failureOf(SessionEndedException.class, () -> call(here));

        assertThat(store.list()).isEmpty();
        assertThat(serverTakes(unsaved)).isFalse();
    }

    @Test
    void logout_revokesTokensOfAnotherProcess() {
        pds.behavior().gracePeriod(Duration.ZERO);
        PasswordSession here = here();
        PasswordSession elsewhere = another(store);
        clock.advance(EXPIRY);
        call(elsewhere);
        SessionData newer = know(elsewhere).data();

        assertThat(here.logout()).isTrue();

        assertThat(store.list()).isEmpty();
        assertThat(serverTakes(newer)).isFalse();
    }

    @Test
    void listenerMayThrow() {
        PasswordSession session = login(o -> o.store(store).listener(event -> {
            throw new IllegalStateException(event.toString());
        }));
        clock.advance(EXPIRY);

        call(session);
        session.logout();

        assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("session listener threw"));
    }

    /** A metrics library of another version is missing methods; a stack or a heap may be full. */
    @Test
    void listenerMayThrowErrors() {
        List<Error> errors = List.of(
                new NoSuchMethodError("counter(String, Tags)"),
                new ExceptionInInitializerError("static"),
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"),
                new AssertionError("must not be called"));
        for (Error error : errors) {
            PasswordSession session = login(o -> o.store(store).listener(event -> {
                throw error;
            }));
            clock.advance(EXPIRY);

            call(session);
            assertThat(session.refresh().refreshed()).isTrue();
            assertThat(session.isSaved()).isTrue();
            assertThat(session.logout()).isTrue();
        }

        assertThat(CapturedLogs.lines())
                .anyMatch(line -> line.contains("java.lang.NoSuchMethodError: counter(String, Tags) at "))
                .anyMatch(line -> line.contains("java.lang.StackOverflowError at "));
    }
}
