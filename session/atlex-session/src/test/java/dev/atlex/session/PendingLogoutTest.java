package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.XrpcException;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.PendingLogout;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.RecordedRequest;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logouts with a store: each of the session's tokens is revoked on the server, or the revocation stays queued. */
@Timeout(120)
class PendingLogoutTest extends PdsTest {
    private final TestStore store = new TestStore();

    private PasswordSession session() {
        return login(o -> o.store(store));
    }

    private int pending(SessionStore in) {
        int[] count = {0};
        in.forEach(Kind.LOGOUT, entry -> {
            count[0]++;
            shown(entry);
            shown(PendingLogout.of(entry));
        });
        return count[0];
    }

    private int finish(SessionStore in) {
        return PasswordSession.finishLogouts(options(o -> o.store(in)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logout_noTokenCanResumeTheSession(boolean restarted) {
        PasswordSession session = session();
        List<SessionData> all = new ArrayList<>(List.of(session.data()));
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(20));
            session.refresh();
            all.add(know(session).data());
        }
        PasswordSession last = restarted
                ? PasswordSession.of(store.load(Key.session(session.did())), options(o -> o.store(store)))
                : session;

        assertThat(last.logout()).isTrue();

        for (SessionData one : all) {
            SessionEndedException end =
                    failureOf(SessionEndedException.class, () -> PasswordSession.resume(one, options()));
            assertThat(end.reason()).isEqualTo(SessionEndedException.Reason.REVOKED);
        }
        assertThat(pds.count(DELETE)).isEqualTo(4);
        assertThat(pending(store)).isZero();
        assertThat(events()).endsWith("LoggedOut", "Ended", "Ended", "Ended", "Ended");
    }

    @Test
    void logout_withoutStore_revokesPredecessors() {
        PasswordSession session = login();
        SessionData first = session.data();
        session.refresh();
        know(session);

        session.logout();

        failureOf(SessionEndedException.class, () -> PasswordSession.resume(first, options()));
    }

    @Test
    void forgottenPredecessors_areNotRevoked() {
        PasswordSession session = session();
        session.refresh();
        clock.advance(Duration.ofHours(4));
        session.refresh();
        know(session);

        session.logout();

        assertThat(pds.count(DELETE)).as("the last two of three").isEqualTo(2);
    }

    @Test
    void failedLogout_isFinishedByAnotherProcess(@TempDir Path folder) {
        SessionStore files = new FileSessionStore(folder);
        PasswordSession session = login(o -> o.store(files));
        SessionData data = session.data();
        pds.faults().always(DELETE, Fault.status(503));

        assertThat(session.logout()).isFalse();

        assertThat(session.isEnded()).isTrue();
        assertThat(files.list()).isEmpty();
        assertThat(pending(files)).isEqualTo(1);
        assertThat(events()).containsExactly("SignedIn", "LogoutPostponed");
        pds.faults().clear();
        SessionStore other = new FileSessionStore(folder);
        assertThat(finish(other)).as("not due").isEqualTo(1);
        assertThat(pds.count(DELETE)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(finish(other)).isZero();
        assertThat(pending(files)).isZero();
        assertThat(events()).endsWith("LoggedOut");
        failureOf(SessionEndedException.class, () -> PasswordSession.resume(data, options()));
        assertThat(finish(other)).isZero();
        assertThat(pds.count(DELETE)).isEqualTo(2);
    }

    @Test
    void retryDelays_growToSixHours() {
        PasswordSession session = session();
        pds.faults().always(DELETE, Fault.status(503));
        session.logout();
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360}) {
            int before = pds.count(DELETE);
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(2));
            assertThat(finish(store)).isEqualTo(1);
            assertThat(pds.count(DELETE)).as("after less than " + minutes).isEqualTo(before);
            clock.advance(Duration.ofSeconds(2));
            assertThat(finish(store)).isEqualTo(1);
            assertThat(pds.count(DELETE)).as("after " + minutes).isEqualTo(before + 1);
        }
    }

    @Test
    void retryAfter_isRespected() {
        PasswordSession session = session();
        pds.faults().next(DELETE, Fault.rateLimited(1800));
        session.logout();

        clock.advance(Duration.ofMinutes(29));
        finish(store);
        assertThat(pds.count(DELETE)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(finish(store)).isZero();
    }

    @Test
    void clockSetBack_doesNotDelayALogout() {
        PasswordSession session = session();
        pds.faults().next(DELETE, Fault.status(503));
        clock.advance(Duration.ofDays(30));
        session.logout();
        clock.advance(Duration.ofDays(-30));

        assertThat(finish(store)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "InvalidToken"})
    void unknownSession_isConfirmed(String error) {
        PasswordSession session = session();
        pds.faults().next(DELETE, Fault.status(400, error, "no"));

        assertThat(session.logout()).isTrue();

        assertThat(pending(store)).isZero();
    }

    @Test
    void tokenThatTheServerRejects_othersAreRevoked() {
        PasswordSession session = session();
        session.refresh();
        SessionData last = know(session).data();
        pds.faults().next(DELETE, Fault.status(400, "InvalidRequest", "no"));

        assertThat(session.logout()).isFalse();

        assertThat(pds.count(DELETE)).isEqualTo(2);
        failureOf(SessionEndedException.class, () -> PasswordSession.resume(last, options()));
        clock.advance(Duration.ofMinutes(1));
        assertThat(finish(store)).isZero();
        assertThat(pds.count(DELETE)).as("only the first once more").isEqualTo(3);
    }

    @Test
    void storeCantQueue_failedLogoutThrows() {
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = login(o -> o.store(store).hooks(hooks));
        store.saveFails = new SessionStoreException("full", null);
        pds.faults().next(DELETE, Fault.status(503));

        failureOf(XrpcException.class, session::logout);

        assertThat(session.isEnded()).isFalse();
        assertThat(hooks.events).endsWith("deleteFailure");
        call(session);
        assertThat(session.logout()).isTrue();
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void storeFailsAfterQueuing_logoutHolds() {
        PasswordSession session = session();
        store.leaseFails = new SessionStoreException("no leases", null);

        assertThat(session.logout()).isFalse();

        assertThat(session.isEnded()).isTrue();
        store.leaseFails = null;
        assertThat(finish(store)).isZero();
        assertThat(pds.count(DELETE)).isEqualTo(1);
    }

    @Test
    void logout_inProgressElsewhere_isNotConfirmed() throws InterruptedException {
        PasswordSession session = session();
        try (Lease lease = store.acquireLease(PendingLogout.key(session.did()), Duration.ofMinutes(1), Duration.ZERO)) {
            assertThat(lease).isNotNull();
            assertThat(session.logout()).isFalse();
            assertThat(finish(store)).isEqualTo(1);
        }
        assertThat(pds.count(DELETE)).isZero();
        assertThat(finish(store)).isZero();
        assertThat(pds.count(DELETE)).isEqualTo(1);
    }

    @Test
    void secondLogout_reportsConfirmation() {
        PasswordSession session = session();
        session.refresh();
        know(session);
        pds.faults().always(DELETE, Fault.status(503));
        assertThat(session.logout()).isFalse();
        assertThat(session.logout()).as("pending").isFalse();
        assertThat(pds.count(DELETE)).as("tried once").isEqualTo(1);

        pds.faults().clear();
        pds.faults().next(DELETE, Fault.status(400, "InvalidRequest", "no"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(finish(store)).isEqualTo(1);
        assertThat(session.logout()).as("one token is left").isFalse();
        clock.advance(Duration.ofHours(7));
        assertThat(finish(store)).isZero();
        assertThat(session.logout()).as("finished by another process").isTrue();

        store.loadFails = new SessionStoreException("away", null);
        assertThat(session.logout()).as("unknown, because the store fails").isFalse();
    }

    @Test
    void logout_queuedElsewhere_reportsConfirmation() {
        PasswordSession session = session();
        PasswordSession other =
                PasswordSession.of(store.load(Key.session(session.did())), options(o -> o.store(store)));
        pds.faults().always(DELETE, Fault.status(503));
        assertThat(session.logout()).isFalse();
        failureOf(SessionEndedException.class, other::refresh);

        assertThat(other.logout()).as("pending").isFalse();
        pds.faults().clear();
        clock.advance(Duration.ofMinutes(1));
        assertThat(finish(store)).isZero();
        assertThat(other.logout()).isTrue();
    }

    @Test
    void logout_sessionEndedByServer_isConfirmed() {
        PasswordSession session = session();
        PasswordSession.delete(session.data(), options());
        failureOf(SessionEndedException.class, session::refresh);

        assertThat(session.logout()).isTrue();
    }

    @Test
    void logout_pendingLogout_isExtended() {
        pds.faults().always(DELETE, Fault.status(503));
        session().logout();
        session().logout();
        assertThat(pending(store)).isEqualTo(1);
        pds.faults().clear();
        pds.clearRequests();
        clock.advance(Duration.ofMinutes(1));

        assertThat(finish(store)).isZero();

        assertThat(pds.count(DELETE)).isEqualTo(2);
    }

    @Test
    void token_isSentToItsOwnServerOnly() {
        Did did = alice.did();
        try (LocalPds other = LocalPds.start(o -> o.clock(clock))) {
            TestAccount there = other.createAccount("alice.test", PASSWORD);
            SessionData data = know(PasswordSession.login(
                            Credentials.of(other.url().toString(), there.handle(), PASSWORD), options()))
                    .data();
            PasswordSession here = session();
            LogoutQueue logouts =
                    new LogoutQueue(store, options(o -> o.store(store)).context());
            logouts.add(did, other.url(), List.of(data.refreshJwt()));
            logouts.add(did, pds.url(), List.of(here.data().refreshJwt()));
            other.faults().next(DELETE, Fault.status(503));

            assertThat(finish(store)).isEqualTo(1);
            clock.advance(Duration.ofMinutes(1));
            assertThat(finish(store)).isZero();

            assertThat(pds.requests(DELETE)).extracting(RecordedRequest::status).containsExactly(200);
            assertThat(other.requests(DELETE))
                    .extracting(RecordedRequest::status)
                    .containsExactly(503, 200);
            failureOf(SessionEndedException.class, () -> PasswordSession.resume(data, options()));
        }
    }

    @Test
    void corruptLogout_hidesNoOthers() {
        PasswordSession session = session();
        pds.faults().next(DELETE, Fault.status(503));
        session.logout();
        store.put(PendingLogout.key(Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")), "{\"sessions\":[\"damaged-secret\"]}");
        secrets.add("damaged-secret");
        clock.advance(Duration.ofMinutes(1));

        assertThat(finish(store)).as("the corrupt one is given up").isZero();

        assertThat(pds.count(DELETE)).isEqualTo(2);
        assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("is corrupt"));
    }

    @Test
    void logout_concurrentRefresh_revokesAllTokens() throws Exception {
        for (int round = 0; round < 10; round++) {
            PasswordSession one = session();
            List<SessionData> seen = new CopyOnWriteArrayList<>(List.of(one.data()));
            SessionHooks recording = new SessionHooks() {
                @Override
                public void onUpdated(PasswordSession session, SessionData data) {
                    seen.add(data);
                }
            };
            PasswordSession other = PasswordSession.of(
                    store.load(Key.session(one.did())),
                    options(o -> o.store(store).hooks(recording)));
            clock.advance(EXPIRY);
            List<Throwable> failures =
                    Racing.all(List.of(() -> one.logout(), () -> other.refresh(), () -> other.refresh()));

            assertThat(failures.get(0)).isNull();
            assertThat(failures.subList(1, 3)).allMatch(e -> e == null || e instanceof SessionEndedException);
            assertThat(store.list()).isEmpty();
            assertThat(pending(store)).isZero();
            for (SessionData data : seen) {
                know(data);
                failureOf(SessionEndedException.class, () -> PasswordSession.resume(data, options()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void interruptedLogout_isQueued(boolean again) {
        PasswordSession session = session();
        session.refresh();
        know(session);
        // The thread is interrupted while the server is asked.
        PasswordSession interrupted = PasswordSession.of(
                store.load(Key.session(session.did())),
                options(o -> o.store(store).transport(request -> {
                    if (request.uri().getPath().endsWith(DELETE)) {
                        Thread.currentThread().interrupt();
                    }
                    return send(request);
                })));
        boolean confirmed;
        try {
            confirmed = interrupted.logout();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(confirmed).isFalse();
        assertThat(pending(store)).isEqualTo(1);
        if (again) {
            clock.advance(Duration.ofMinutes(2));
            assertThat(finish(store)).isZero();
        }
    }
}
