package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTest extends PdsTest {
    private final RecordingHooks hooks = new RecordingHooks();

    @Test
    void logout_revokesTheRefreshToken() {
        PasswordSession session = login(o -> o.hooks(hooks));
        SessionData data = session.data();

        session.logout();

        RecordedRequest delete = pds.requests(DELETE).get(0);
        assertThat(delete.token().kind()).isEqualTo(RecordedRequest.Kind.REFRESH);
        assertThat(delete.bodySize()).isZero();
        assertThat(delete.headers()).doesNotContainKey("content-type");
        assertThat(delete.status()).isEqualTo(200);
        assertThat(hooks.events).containsExactly("updated", "deleted");
        assertThat(hooks.last).isEqualTo(data);
        assertThat(session.isEnded()).isTrue();
        failureOf(SessionEndedException.class, () -> PasswordSession.resume(data, options()));
    }

    @Test
    void loggedOutSession_callsThrowWithoutARequest() {
        PasswordSession session = login();
        session.logout();
        pds.clearRequests();

        SessionEndedException failure = failureOf(SessionEndedException.class, () -> call(session));

        assertThat(failure.reason()).isEqualTo(Reason.LOGGED_OUT);
        assertThat(failure).hasMessageContaining("logged out");
        assertThat(failure.error()).isNull();
        assertThat(failure.response()).isNull();
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void logout_twice_sendsOneRequest() {
        PasswordSession session = login(o -> o.hooks(hooks));

        session.logout();
        session.logout();

        assertThat(pds.count(DELETE)).isEqualTo(1);
        assertThat(hooks.events).containsOnlyOnce("deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "InvalidToken"})
    void logout_unknownSession_succeeds(String error) {
        PasswordSession session = login(o -> o.hooks(hooks));
        pds.faults().next(DELETE, Fault.status(400, error, "no"));

        session.logout();

        assertThat(session.isEnded()).isTrue();
        assertThat(hooks.events).containsExactly("updated", "deleted");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logout_failure_canBeRetried(boolean lost) {
        PasswordSession session = login(o -> o.hooks(hooks));
        pds.faults().next(DELETE, lost ? Fault.dropAfterProcessing() : Fault.status(500));

        XrpcException failure = failureOf(XrpcException.class, session::logout);

        assertThat(failure instanceof XrpcTransportException).isEqualTo(lost);
        assertThat(hooks.events).containsExactly("updated", "deleteFailure");
        assertThat(hooks.failures).containsExactly(failure);
        assertThat(session.isEnded()).isFalse();
        call(session);
        session.logout();
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void logout_expiredAccessToken_succeeds() {
        PasswordSession session = login();
        clock.advance(EXPIRY);

        session.logout();

        assertThat(refreshes()).isZero();
    }

    @Test
    void delete_savedSession_isNotResumed() {
        MemorySessionStore store = new MemorySessionStore();
        SessionData data = login(o -> o.store(store)).data();
        pds.clearRequests();

        PasswordSession.delete(data, options(o -> o.store(store)));
        PasswordSession.delete(data, options());
        PasswordSession.delete(data);

        assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsOnly(DELETE);
        assertThat(store.list()).isEmpty();
        failureOf(SessionEndedException.class, () -> PasswordSession.resume(data, options()));
    }

    @Test
    void delete_failure_isThrown() {
        SessionData data = login().data();
        pds.faults().next(DELETE, Fault.status(503));

        failureOf(XrpcException.class, () -> PasswordSession.delete(data, options()));
    }

    @Test
    void close_unsavedSession_logsOut() {
        PasswordSession session;
        try (PasswordSession opened = login()) {
            session = opened;
            call(opened);
        }

        assertThat(pds.count(DELETE)).isEqualTo(1);
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void close_savedSession_keepsIt() {
        MemorySessionStore store = new MemorySessionStore();
        login(o -> o.store(store)).close();
        login(o -> o.hooks(hooks)).close();
        PasswordSession.resume(store.list().get(0), options(o -> o.store(store)))
                .close();
        PasswordSession.resume(store.list().get(0), options()).close();

        assertThat(pds.count(DELETE)).isZero();
        assertThat(hooks.events).containsExactly("updated");
    }

    @Test
    void close_followsLogoutOnClose() {
        MemorySessionStore store = new MemorySessionStore();
        login(o -> o.logoutOnClose(false)).close();
        assertThat(pds.count(DELETE)).isZero();

        login(o -> o.store(store).logoutOnClose(true)).close();
        assertThat(pds.count(DELETE)).isEqualTo(1);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void close_failedLogout_doesNotThrow() {
        PasswordSession session = login(o -> o.logoutOnClose(true).hooks(hooks));
        pds.faults().next(DELETE, Fault.dropBeforeProcessing());

        session.close();

        assertThat(hooks.events).containsExactly("updated", "deleteFailure");
        assertThat(session.isEnded()).isFalse();
        session.close();
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void close_brokenTransport_doesNotThrow() {
        PasswordSession session = PasswordSession.of(
                login().data(),
                options(o -> o.logoutOnClose(true).transport(request -> {
                    throw new IllegalStateException("a mistake");
                })));

        session.close();

        assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("failed to log out"));
    }

    @Test
    void logout_silentServer_timesOut() {
        PasswordSession session = login(o -> o.transport(request -> {
            assertThat(request.timeout()).isNotNull().isLessThanOrEqualTo(Duration.ofSeconds(30));
            return send(request);
        }));

        session.refresh();
        session.logout();
    }
}
