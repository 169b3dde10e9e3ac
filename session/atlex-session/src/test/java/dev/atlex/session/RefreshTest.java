package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.saved;
import static dev.atlex.session.FakeServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.RecordedRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest extends PdsTest {
    private final RecordingHooks hooks = new RecordingHooks();

    private PasswordSession expired() {
        PasswordSession session = login(o -> o.hooks(hooks));
        pds.expireAccessTokens();
        hooks.events.clear();
        pds.clearRequests();
        return session;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void expiredTokenIsRefreshedAndTheCallReplayed(boolean as401) {
        pds.behavior().expiredTokenAs401(as401);
        PasswordSession session = expired();
        SessionData before = session.data();

        call(session);

        assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsExactly(CALL, REFRESH, CALL);
        assertThat(hooks.events).containsExactly("updated");
        assertThat(hooks.last).isEqualTo(session.data());
        assertThat(session.data().refreshJwt()).isNotEqualTo(before.refreshJwt());
        assertThat(session.data().accessJwt()).isNotEqualTo(before.accessJwt());
        assertThat(session.data().service()).isEqualTo(before.service());
    }

    @Test
    void refreshIsAPostWithTheRefreshTokenAndNoBody() {
        call(expired());

        RecordedRequest refresh = pds.requests(REFRESH).get(0);
        assertThat(refresh.method()).isEqualTo("POST");
        assertThat(refresh.token().kind()).isEqualTo(RecordedRequest.Kind.REFRESH);
        assertThat(refresh.bodySize()).isZero();
        assertThat(refresh.headers()).doesNotContainKeys("content-type", "transfer-encoding");
    }

    @Test
    void callerMayRefreshAtAnyTime() {
        PasswordSession session = login();

        RefreshResult outcome = session.refresh();
        know(session);

        assertThat(outcome.refreshed()).isTrue();
        assertThat(outcome.failure()).isNull();
        assertThat(refreshes()).isEqualTo(1);
        shown(outcome);
    }

    @Test
    void resume_refreshesImmediately() {
        SessionData saved = SessionData.parse(login().data().toJson());
        pds.clearRequests();

        PasswordSession session = know(PasswordSession.resume(saved, options()));

        assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsExactly(REFRESH);
        assertThat(session.data().refreshJwt()).isNotEqualTo(saved.refreshJwt());
        call(session);
    }

    @Test
    void of_sendsNoRequest() {
        SessionData saved = login().data();
        pds.clearRequests();

        PasswordSession session = PasswordSession.of(saved, options());
        assertThat(pds.requests()).isEmpty();
        call(session);
        assertThat(refreshes()).isZero();
    }

    @Test
    void resume_transientFailure_returnsTheSession() {
        SessionData saved = login().data();
        pds.faults().inject(REFRESH, 3, Fault.status(503));

        PasswordSession session = PasswordSession.resume(saved, options(o -> o.hooks(hooks)));

        assertThat(session.isEnded()).isFalse();
        assertThat(session.data()).isEqualTo(saved);
        assertThat(hooks.events).containsExactly("updateFailure");
        assertThat(hooks.failures.get(0)).isInstanceOf(XrpcResponseException.class);
        assertThat(hooks.sessions).containsExactly(session);
        call(session);
        clock.advance(EXPIRY);
        call(session);
    }

    @Test
    void resume_revokedSession_throws() {
        SessionData saved = login().data();
        pds.revokeSessions(alice.did());

        SessionEndedException failure = failureOf(
                SessionEndedException.class, () -> PasswordSession.resume(saved, options(o -> o.hooks(hooks))));

        assertThat(failure.reason()).isEqualTo(Reason.REVOKED);
        assertThat(failure.did()).isEqualTo(alice.did());
        assertThat(failure.error()).isEqualTo("ExpiredToken");
        assertThat(hooks.events).containsExactly("deleted");
        assertThat(hooks.last).isEqualTo(saved);
    }

    @Test
    void refreshTokenTooOldEndsTheSession() {
        PasswordSession session = login();
        clock.advance(Duration.ofDays(91));

        SessionEndedException failure = failureOf(SessionEndedException.class, () -> call(session));

        assertThat(failure.reason()).isEqualTo(Reason.EXPIRED);
        assertThat(session.isEnded()).isTrue();
        assertThat(session.did()).isEqualTo(alice.did());
    }

    @Test
    void revokedAppPasswordEndsTheSession() {
        PasswordSession session = expired();
        pds.revokeAppPassword(alice.did(), "bot");

        assertThat(failureOf(SessionEndedException.class, () -> call(session)).reason())
                .isEqualTo(Reason.REVOKED);
        assertThat(hooks.events).containsExactly("deleted");
    }

    @Test
    void tokenThatTheServerDoesNotKnowEndsTheSession() {
        PasswordSession session = expired();
        pds.faults().next(REFRESH, Fault.status(400, "InvalidToken", "Token could not be verified"));

        assertThat(failureOf(SessionEndedException.class, () -> call(session)).reason())
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void endedSessionThrowsTheServersErrorWithoutARequest() {
        PasswordSession session = expired();
        pds.revokeSessions(alice.did());
        failureOf(SessionEndedException.class, () -> call(session));
        pds.clearRequests();

        for (int i = 0; i < 3; i++) {
            SessionEndedException again = failureOf(SessionEndedException.class, () -> call(session));
            assertThat(again.error()).isEqualTo("ExpiredToken");
            assertThat(again.reason()).isEqualTo(Reason.REVOKED);
        }
        assertThat(failureOf(session::data)).isInstanceOf(SessionEndedException.class);
        assertThat(failureOf(session::refresh)).isInstanceOf(SessionEndedException.class);
        assertThat(session.target()).as("the last one").isEqualTo(pds.url());
        assertThat(pds.requests()).isEmpty();
        assertThat(hooks.events).containsExactly("deleted");
        assertThat(session).hasToString("PasswordSession[" + alice.did() + ", ended]");
    }

    @Test
    void lostResponse_isRetriedWithTheSameToken() {
        PasswordSession session = expired();
        pds.faults().next(REFRESH, Fault.dropAfterProcessing());

        call(session);

        assertThat(pds.requests(REFRESH))
                .extracting(r -> r.token().id())
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
        assertThat(hooks.events).containsExactly("updated");
        assertThat(slept).hasSize(1);
        clock.advance(EXPIRY);
        call(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "garbage", "empty", "html", "huge"})
    void malformedResponse_leavesTheSessionUnchanged(String kind) {
        PasswordSession session = expired();
        SessionData before = session.data();
        pds.faults()
                .inject(
                        REFRESH,
                        3,
                        switch (kind) {
                            case "truncated" -> Fault.truncatedBody();
                            case "garbage" -> Fault.garbageJson();
                            case "empty" -> Fault.emptyBody();
                            case "html" -> Fault.html(200);
                            default -> Fault.hugeBody(17 << 20);
                        });

        assertThat(failureOf(XrpcException.class, () -> call(session)).error()).isEqualTo("ExpiredToken");

        assertThat(session.data()).isEqualTo(before);
        assertThat(hooks.events).containsExactly("updateFailure");
        pds.faults().clear();
        clock.advance(Duration.ofSeconds(2));
        call(session);
        assertThat(session.data()).isNotEqualTo(before);
    }

    @Test
    void transientFailure_returnsTheFirstResponse() {
        PasswordSession session = expired();
        pds.faults().inject(REFRESH, 3, Fault.status(502));

        assertThat(failureOf(XrpcResponseException.class, () -> call(session)).error())
                .isEqualTo("ExpiredToken");
        assertThat(session.isEnded()).isFalse();
        assertThat(hooks.events).containsExactly("updateFailure");
        int tried = refreshes();

        failureOf(XrpcResponseException.class, () -> call(session));
        assertThat(refreshes()).as("no request is sent within the backoff").isEqualTo(tried);

        clock.advance(Duration.ofSeconds(1));
        call(session);
        assertThat(refreshes()).isEqualTo(tried + 1);
        assertThat(hooks.events).containsExactly("updateFailure", "updated");
    }

    @Test
    void backOff_growsWhileTheServerIsDown() {
        PasswordSession session = expired();
        pds.faults().always(REFRESH, Fault.status(500));

        for (int seconds = 0; seconds < 60; seconds++) {
            failureOf(XrpcResponseException.class, () -> call(session));
            clock.advance(Duration.ofSeconds(1));
        }

        // After 0, 1, 3, 7, 15 and 31 seconds, three requests each.
        assertThat(refreshes()).isEqualTo(6 * 3);
        assertThat(hooks.events).hasSize(6).containsOnly("updateFailure");
        clock.advance(Duration.ofDays(1));
        pds.faults().clear();
        call(session);
    }

    @Test
    void rateLimitedRefresh_waitsForTheReset() {
        PasswordSession session = expired();
        pds.faults().next(REFRESH, Fault.rateLimited(120));

        failureOf(XrpcResponseException.class, () -> call(session));
        clock.advance(Duration.ofSeconds(119));
        failureOf(XrpcResponseException.class, () -> call(session));
        assertThat(refreshes()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        call(session);
        assertThat(refreshes()).isEqualTo(2);
    }

    @Test
    void requestedWait_isBounded() {
        PasswordSession session = expired();
        pds.faults().next(REFRESH, Fault.rateLimited(1_000_000_000));

        failureOf(XrpcResponseException.class, () -> call(session));
        clock.advance(Duration.ofHours(1));

        call(session);
    }

    @Test
    void rateLimitHeadersWithout429_delayNothing() {
        FakeServer server = new FakeServer()
                .on(CALL, 400, "{\"error\":\"ExpiredToken\"}")
                .on(
                        REFRESH,
                        request -> TransportResponse.of(
                                500,
                                HttpHeaders.of(
                                        "RateLimit-Reset",
                                        String.valueOf(
                                                clock.instant().plusSeconds(300).getEpochSecond())),
                                new byte[0]));
        PasswordSession session =
                PasswordSession.of(saved("access-1", "refresh-1", ""), options(o -> o.transport(server)));

        failureOf(XrpcResponseException.class, () -> call(session));
        long tried = server.count(REFRESH);
        clock.advance(Duration.ofSeconds(2));
        failureOf(XrpcResponseException.class, () -> call(session));

        assertThat(server.count(REFRESH)).isGreaterThan(tried);
    }

    @Test
    void explicitRefreshDoesNotWaitForTheBackOff() {
        PasswordSession session = expired();
        pds.faults().inject(REFRESH, 3, Fault.status(500));

        RefreshResult failed = session.refresh();
        assertThat(failed.refreshed()).isFalse();
        assertThat(failed.failure()).isInstanceOf(XrpcResponseException.class);
        assertThat(session.refresh().refreshed()).isTrue();
    }

    @Test
    void deactivatedAccount_triggersNoRefresh() {
        PasswordSession session = login();
        pds.deactivate(alice.did());
        pds.clearRequests();

        for (int i = 0; i < 5; i++) {
            assertThat(failureOf(XrpcException.class, () -> write(session)).error())
                    .isEqualTo("AccountDeactivated");
        }

        assertThat(pds.requests()).hasSize(5);
        assertThat(refreshes()).isZero();
        assertThat(session.health().status()).isEqualTo(SessionHealth.Status.INACTIVE);
        assertThat(session.health().accountStatus()).isEqualTo("deactivated");

        pds.activate(alice.did());
        write(session);
        assertThat(session.health().status()).isEqualTo(SessionHealth.Status.ACTIVE);
        assertThat(session.health().accountStatus()).isNull();
    }

    private static void write(PasswordSession session) {
        new Client(session)
                .createRecord(
                        LexMap.builder()
                                .put("$type", "app.bsky.feed.post")
                                .put("text", "hi")
                                .put("createdAt", "2026-01-01T00:00:00Z")
                                .build(),
                        WriteOptions.of(o -> {}));
    }

    @Test
    void rejectedOperation_triggersOneRefreshPerToken() {
        PasswordSession session = login();
        clock.advance(Duration.ofSeconds(1));
        pds.faults().inject(CALL, 7, Fault.status(401, "AuthenticationRequired", "Authentication Required"));
        pds.clearRequests();

        for (int i = 0; i < 6; i++) {
            failureOf(XrpcException.class, () -> call(session));
        }

        assertThat(pds.count(CALL)).isEqualTo(7);
        assertThat(refreshes()).isEqualTo(1);
        call(session);
    }

    @Test
    void rejectedOperation_doesNotHideALater401() {
        PasswordSession session = login();
        clock.advance(Duration.ofSeconds(1));
        pds.faults().inject(CALL, 2, Fault.status(401, "AuthenticationRequired", "Authentication Required"));
        failureOf(XrpcException.class, () -> call(session));
        assertThat(refreshes()).isEqualTo(1);

        clock.advance(EXPIRY);
        call(session);

        assertThat(refreshes()).isEqualTo(2);
    }

    @Test
    void freshTokensExpired_areRefreshedAgainAfterADelay() {
        AtomicInteger refreshed = new AtomicInteger();
        PasswordSession session = login(o -> o.listener(event -> {
            if (event instanceof SessionEvent.Refreshed && refreshed.incrementAndGet() == 1) {
                pds.expireAccessTokens();
            }
        }));
        pds.expireAccessTokens();
        failureOf(XrpcException.class, () -> call(session));

        clock.advance(Duration.ofSeconds(2));
        call(session);

        assertThat(refreshed)
                .as("not only when the tokens themselves are expired")
                .hasValue(2);
    }

    @Test
    void methodThatAlwaysReportsExpired_rotatesOnce() {
        PasswordSession session = login();
        clock.advance(Duration.ofSeconds(1));
        pds.faults().always(CALL, Fault.status(401, "ExpiredToken", "Token expired"));
        pds.clearRequests();

        for (int i = 0; i < 5; i++) {
            assertThat(failureOf(XrpcException.class, () -> call(session)).error())
                    .isEqualTo("ExpiredToken");
        }

        assertThat(refreshes()).isEqualTo(1);
        assertThat(pds.count(CALL)).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden",
        "400, InvalidToken",
        "400, InvalidRequest",
        "401, AccountTakedown",
        "401, AccountSuspended",
        "500, ExpiredToken"
    })
    void otherRefusals_triggerNoRefresh(int status, String error) {
        PasswordSession session = login();
        pds.faults().next(CALL, Fault.status(status, error, "no"));

        assertThat(failureOf(XrpcException.class, () -> call(session)).error()).isEqualTo(error);

        assertThat(refreshes()).isZero();
    }

    @Test
    void plain401OfAProxy_isRetriedWithNewTokens() {
        PasswordSession session = login();
        clock.advance(Duration.ofSeconds(1));
        pds.faults().next(CALL, Fault.html(401));

        call(session);

        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void takedown_keepsTheTokensAndReportsTheStatus() {
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession session = login(o -> o.hooks(hooks).store(store));
        SessionData before = session.data();
        clock.advance(EXPIRY);
        pds.faults().inject(REFRESH, 1, Fault.status(401, "AccountTakedown", "Account has been taken down"));
        pds.clearRequests();

        for (int i = 0; i < 3; i++) {
            AccountInactiveException failure = failureOf(AccountInactiveException.class, () -> call(session));
            assertThat(failure.status()).isEqualTo("takendown");
            assertThat(failure.error()).isEqualTo("AccountTakedown");
        }

        assertThat(refreshes()).isEqualTo(1);
        assertThat(session.isEnded()).isFalse();
        assertThat(store.load(session.did())).isEqualTo(before);
        assertThat(hooks.events).containsExactly("updated", "updateFailure");
        clock.advance(Duration.ofMinutes(1));
        call(session);
    }

    @Test
    void otherAccountsTokens_areRejectedAndNotSaved() {
        MemorySessionStore store = new MemorySessionStore();
        FakeServer server = new FakeServer()
                .on(CALL, 400, "{\"error\":\"ExpiredToken\"}")
                .on(REFRESH, 200, session("did:plc:mallory", "access-2", "refresh-2", didDoc("https://pds.test")));
        SessionData data = saved("access-1", "refresh-1", didDoc("https://pds.test"));
        store.save(data);
        PasswordSession session = PasswordSession.of(
                data, options(o -> o.transport(server).store(store).hooks(hooks)));
        secrets.add("access-2");
        secrets.add("refresh-2");

        AccountMismatchException failure = failureOf(AccountMismatchException.class, session::refresh);
        assertThat(failure.expected()).hasToString(DID);
        assertThat(failure.found()).hasToString("did:plc:mallory");
        failureOf(AccountMismatchException.class, () -> call(session));

        assertThat(server.count(REFRESH)).isEqualTo(1);
        assertThat(session.data()).isEqualTo(data);
        assertThat(store.list()).containsExactly(data);
        assertThat(hooks.events).containsExactly("updateFailure");
    }

    @Test
    void omittedFields_areRequestedOnce() {
        pds.behavior().emailConfirmed(false).withoutDidDoc();
        PasswordSession session = login(o -> o.hooks(hooks));
        assertThat(session.data().didDoc()).isNull();
        assertThat(session.target()).isEqualTo(pds.url());
        pds.expireAccessTokens();
        pds.clearRequests();

        call(session);

        assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsExactly(CALL, REFRESH, GET, CALL);
        assertThat(hooks.events).containsExactly("updated", "updated");
    }

    @Test
    void omittedFields_stayOrComeFromGetSession() {
        FakeServer server = new FakeServer()
                .on(REFRESH, 200, session(DID, "access-2", "refresh-2", ""))
                .on(
                        GET,
                        200,
                        "{\"did\":\"" + DID
                                + "\",\"handle\":\"renamed.test\",\"email\":\"a@mail.test\",\"accessJwt\":\"\""
                                + didDoc("https://new.test") + "}");
        SessionData data = saved(
                "access-1", "refresh-1", didDoc("https://old.test") + ",\"emailAuthFactor\":true,\"custom\":[1,2]");
        PasswordSession session = PasswordSession.of(data, options(o -> o.transport(server)));

        session.refresh();
        know(session);

        assertThat(session.data().toJson())
                .contains("\"custom\":[1,2]", "\"emailAuthFactor\":true", "\"accessJwt\":\"access-2\"");
        assertThat(session.handle()).hasToString("renamed.test");
        assertThat(session.data().email()).isEqualTo("a@mail.test");
        assertThat(session.target()).hasToString("https://new.test");
        assertThat(session.data().service()).hasToString("https://service.test");
    }

    @Test
    void getSession_failureOrOtherAccount_isIgnored() {
        FakeServer server = new FakeServer()
                .on(REFRESH, 200, session(DID, "access-2", "refresh-2", ""))
                .on(GET, 200, "{\"did\":\"did:plc:other\",\"handle\":\"other.test\"}");
        PasswordSession session = PasswordSession.of(
                saved("access-1", "refresh-1", didDoc("https://old.test")), options(o -> o.transport(server)));

        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.handle()).hasToString("alice.test");
        server.on(GET, request -> {
            throw new IllegalStateException("a transport with a mistake");
        });
        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.data().refreshJwt()).isEqualTo("refresh-2");
        assertThat(session.target()).hasToString("https://old.test");
    }

    @Test
    void newTokens_areSavedBeforeTheyAreUsed() {
        MemorySessionStore store = new MemorySessionStore();
        FakeServer server = new FakeServer()
                .on(REFRESH, 200, session(DID, "access-2", "refresh-2", ""))
                .on(GET, request -> {
                    assertThat(store.list()).extracting(SessionData::refreshJwt).containsExactly("refresh-2");
                    return FakeServer.json(500, "{}");
                });
        PasswordSession session = PasswordSession.of(
                saved("access-1", "refresh-1", ""),
                options(o -> o.transport(server).store(store)));

        session.refresh();

        assertThat(server.count(GET)).isEqualTo(1);
        assertThat(store.list()).containsExactly(session.data());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"did\":\"" + DID + "\",\"handle\":\"alice.test\",\"accessJwt\":\"\",\"refreshJwt\":\"refresh-2\"}",
                "{\"did\":\"" + DID + "\",\"handle\":\"alice.test\",\"accessJwt\":\"access-2\",\"refreshJwt\":\"\"}",
                "{\"did\":\"" + DID + "\",\"handle\":\"alice.test\",\"accessJwt\":\"access-2\"}",
                "{\"did\":\"none\",\"handle\":\"alice.test\",\"accessJwt\":\"access-2\",\"refreshJwt\":\"refresh-2\"}",
                "{}",
                "[]"
            })
    void responseWithoutTokens_isATransientFailure(String body) {
        FakeServer server = new FakeServer().on(REFRESH, 200, body);
        SessionData data = saved("access-1", "refresh-1", "");
        PasswordSession session =
                PasswordSession.of(data, options(o -> o.transport(server).hooks(hooks)));

        RefreshResult outcome = session.refresh();

        assertThat(outcome.refreshed()).isFalse();
        assertThat(outcome.failure()).isInstanceOf(XrpcException.class);
        assertThat(session.data()).isEqualTo(data);
        assertThat(hooks.events).containsExactly("updateFailure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a handle!", "alice.test\",\"didDoc\":{},\"x\":1.5,\"status\":\"never-heard-of"})
    void invalidField_losesNoTokens(String handleAndMore) {
        FakeServer server = new FakeServer()
                .on(REFRESH, 200, session(DID, "access-2", "refresh-2", "").replace("alice.test", handleAndMore));
        PasswordSession session = PasswordSession.of(
                saved("access-1", "refresh-1", didDoc("https://old.test")), options(o -> o.transport(server)));

        assertThat(session.refresh().failure()).isNull();

        assertThat(session.data().refreshJwt()).isEqualTo("refresh-2");
        assertThat(session.target()).hasToString("https://old.test");
    }

    @Test
    void oldStatus_isRemovedOnceActive() {
        pds.deactivate(alice.did());
        PasswordSession session = login();
        assertThat(session.data().status()).isEqualTo("deactivated");
        pds.activate(alice.did());

        session.refresh();

        assertThat(session.data().active()).isTrue();
        assertThat(session.data().status()).isNull();
    }

    @Test
    void newerStoreEntry_isAdoptedInsteadOfARefresh() {
        MemorySessionStore store = new MemorySessionStore();
        pds.behavior().gracePeriod(Duration.ZERO);
        PasswordSession here = login(o -> o.store(store).hooks(hooks));
        PasswordSession elsewhere = PasswordSession.of(here.data(), options(o -> o.store(store)));
        clock.advance(EXPIRY);
        call(elsewhere);
        know(elsewhere.data());
        pds.clearRequests();

        call(here);

        assertThat(here.data()).isEqualTo(elsewhere.data());
        assertThat(store.load(here.did())).isEqualTo(elsewhere.data());
        assertThat(hooks.events).containsExactly("updated", "updated");
        assertThat(refreshes()).as("another caller has refreshed").isZero();
    }

    @Test
    void adoptedTokensThatExpiredAreRefreshed() {
        MemorySessionStore store = new MemorySessionStore();
        pds.behavior().gracePeriod(Duration.ZERO);
        PasswordSession here = login(o -> o.store(store));
        PasswordSession elsewhere = PasswordSession.of(here.data(), options(o -> o.store(store)));
        elsewhere.refresh();
        know(elsewhere);
        clock.advance(EXPIRY);

        call(here);

        assertThat(store.load(here.did())).isEqualTo(here.data());
    }

    @Test
    void rejectedTokens_noNewerInStore_endsTheSession() {
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession session = login(o -> o.store(store));
        pds.revokeSessions(alice.did());

        failureOf(SessionEndedException.class, session::refresh);

        assertThat(store.list()).isEmpty();
    }

    @Test
    void serverClock_mayDiffer() {
        for (Duration skew : new Duration[] {Duration.ofHours(5), Duration.ofHours(-5)}) {
            Instant server = clock.instant().plus(skew);
            FakeServer fake = new FakeServer()
                    .on(
                            CREATE,
                            request -> TransportResponse.of(
                                    200,
                                    HttpHeaders.builder()
                                            .add("content-type", "application/json")
                                            .add(
                                                    "date",
                                                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                                            server.atOffset(ZoneOffset.UTC)))
                                            .build(),
                                    session(
                                                    DID,
                                                    FakeServer.token("a", server.plus(Duration.ofHours(2))),
                                                    "refresh-1",
                                                    didDoc("https://pds.test"))
                                            .getBytes(StandardCharsets.UTF_8)))
                    .on(REFRESH, 500, "{}")
                    .on("com.atproto.repo.uploadBlob", 500, "{}");
            PasswordSession session = PasswordSession.login(
                    Credentials.of("https://service.test", "alice.test", "hunter22"), options(o -> o.transport(fake)));

            upload(session);
            assertThat(fake.count(REFRESH)).as("fresh, skew " + skew).isZero();
            clock.advance(Duration.ofHours(2));
            upload(session);
            assertThat(fake.count(REFRESH)).as("expired, skew " + skew).isPositive();
        }
    }

    private static void upload(PasswordSession session) {
        session.send(AgentRequest.post(
                        "/xrpc/com.atproto.repo.uploadBlob",
                        RequestBody.ofStream(new ByteArrayInputStream(new byte[10])))
                .withHeaders(HttpHeaders.of("content-type", "image/png")));
    }

    @Test
    void callersAuthorizationHeader_isRejected() {
        PasswordSession session = login();
        pds.clearRequests();
        secrets.add("callers-own");

        failureOf(
                IllegalArgumentException.class,
                () -> new Client(session)
                        .with(o -> o.header("AUTHORIZATION", "Bearer callers-own"))
                        .call(CheckAccountStatus.QUERY));

        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void unreachableServer_keepsTheSession() {
        PasswordSession session = expired();
        pds.close();

        failureOf(XrpcTransportException.class, () -> call(session));
        RefreshResult outcome = session.refresh();

        assertThat(outcome.failure()).isInstanceOf(XrpcTransportException.class);
        assertThat(session.isEnded()).isFalse();
    }
}
