package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.REVOKE;
import static dev.atlex.oauth.OAuthFixture.call;
import static dev.atlex.oauth.OAuthFixture.intercepting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.oauth.HookedStore.Operation;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.session.LogoutQueue;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of logouts: at a live server, at a dead one, and after a restart. */
class OAuthLogoutTest {
    private final OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    private List<Entry> queued() {
        List<Entry> entries = new ArrayList<>();
        oauth.store.forEach(Kind.LOGOUT, entries::add);
        return entries;
    }

    private int sessions() {
        return oauth.pds.oauth().sessions(oauth.alice.did());
    }

    private int finishLogouts() {
        return new LogoutQueue(oauth.program()).finishAll();
    }

    @Test
    void logout_endsTheSessionEverywhere() {
        OAuthSession session = oauth.opened(oauth.alice);
        assertThat(sessions()).isEqualTo(1);

        assertThat(session.logout()).isTrue();
        assertThat(sessions()).isZero();
        assertThat(oauth.stored(oauth.alice)).isNull();
        assertThat(queued()).isEmpty();
        assertThat(session.logout()).isTrue();
        assertThat(oauth.events).contains(new SessionEvent.LoggedOut(oauth.alice.did()));
        assertThatThrownBy(() -> call(session))
                .isInstanceOfSatisfying(
                        SessionEndedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOGGED_OUT));
    }

    @Test
    void logout_atADeadServer_isFinishedByAnotherProcess() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.faults().always(REVOKE, Fault.dropBeforeProcessing());

        assertThat(session.logout()).isFalse();
        assertThat(session.isEnded()).isTrue();
        assertThat(oauth.stored(oauth.alice)).isNull();
        assertThat(queued()).hasSize(1);
        assertThat(oauth.events).anyMatch(event -> event instanceof SessionEvent.LogoutPostponed);
        assertThat(finishLogouts()).as("too early").isEqualTo(1);
        assertThat(sessions()).isEqualTo(1);

        oauth.pds.faults().clear();
        oauth.advance(Duration.ofMinutes(2));
        assertThat(finishLogouts()).isZero();
        assertThat(sessions()).isZero();
        assertThat(session.logout()).isTrue();
    }

    @Test
    void success_thatDidNothing_isNotBelieved() {
        oauth.signIn(oauth.alice);
        OAuthSession session = oauth.resumed(
                oauth.alice,
                oauth.program(
                        oauth.store,
                        intercepting(
                                REVOKE,
                                transport -> request -> TransportResponse.of(
                                        200,
                                        HttpHeaders.of("Content-Type", "application/json"),
                                        "{}".getBytes(UTF_8)))));

        assertThat(session.logout()).isFalse();
        assertThat(sessions()).isEqualTo(1);
        assertThat(queued()).hasSize(1);

        oauth.advance(Duration.ofMinutes(2));
        assertThat(finishLogouts()).isZero();
        assertThat(sessions()).isZero();
    }

    @Test
    void passwordSessions_leaveTheQueueAlone() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.faults().always(REVOKE, Fault.dropBeforeProcessing());
        session.logout();

        assertThat(PasswordSession.finishLogouts(SessionOptions.of(options -> options.store(oauth.store))))
                .isZero();
        assertThat(queued()).hasSize(1);
    }

    @Test
    void logoutElsewhere_isNoticedByTheNextRefresh() {
        OAuthSession one = oauth.opened(oauth.alice);
        OAuthSession other = oauth.resumed(oauth.alice);
        oauth.pds.faults().always(REVOKE, Fault.dropBeforeProcessing());
        one.logout();

        assertThatThrownBy(other::refresh)
                .isInstanceOfSatisfying(
                        SessionEndedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOGGED_OUT));
        assertThat(oauth.pds.oauth().rotations()).isZero();
        assertThat(oauth.stored(oauth.alice)).isNull();
    }

    @Test
    void logout_thatCantBeQueued_throws_andKeepsTheSession() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.store.beforeLogouts = operation -> {
            if (operation == Operation.SAVE) {
                throw new IllegalStateException("disk full");
            }
        };
        oauth.pds.faults().always(REVOKE, Fault.dropBeforeProcessing());

        assertThatThrownBy(session::logout).isInstanceOf(TransportException.class);
        assertThat(session.isEnded()).isFalse();
        call(session);
        oauth.pds.faults().clear();
        assertThat(session.logout()).isTrue();
        assertThat(sessions()).isZero();
    }

    @Test
    void signIn_revokesTheSessionThatItReplaces() {
        OAuthSession before = oauth.opened(oauth.alice);
        oauth.signIn(oauth.alice);

        assertThat(sessions()).isEqualTo(1);
        assertThat(queued()).isEmpty();
        call(oauth.resumed(oauth.alice));
        call(before);
        assertThat(before.data().refreshToken())
                .as("the old session object uses the new session")
                .isEqualTo(oauth.resumed(oauth.alice).data().refreshToken());
    }

    @Test
    void logoutOfAnotherClient_isLeftToIt() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.faults().always(REVOKE, Fault.dropBeforeProcessing());
        session.logout();
        oauth.pds.faults().clear();
        oauth.advance(Duration.ofMinutes(2));
        OAuthContext own = oauth.program();
        OAuthContext other = new OAuthContext(
                own.store(),
                own.transport(),
                own.listener(),
                own.observer(),
                own.identity(),
                own.timing(),
                own.server(),
                own.dpop(),
                "http://localhost",
                own.servers(),
                (method, kid) -> ClientAuth.none("http://localhost"));

        assertThat(new LogoutQueue(other).finishAll()).isZero();
        assertThat(queued()).hasSize(1);
        assertThat(sessions()).isEqualTo(1);
    }
}
