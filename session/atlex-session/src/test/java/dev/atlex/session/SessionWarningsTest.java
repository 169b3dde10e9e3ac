package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session logs by default, without a listener. */
class SessionWarningsTest {
    private static final String REFRESH = "com.atproto.server.refreshSession";

    private final MutableClock clock = MutableClock.atPresent();
    private LocalPds pds;
    private PasswordSession session;

    @BeforeEach
    void signIn() {
        pds = LocalPds.start(o -> o.account("alice.test", "password").clock(clock));
        session = PasswordSession.login(
                Credentials.of(pds.url().toString(), "alice.test", "password"), SessionOptions.of(o -> o.clock(clock)));
        CapturedLogs.lines().clear();
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private static List<String> lines(String level) {
        return CapturedLogs.lines().stream()
                .filter(line -> line.startsWith(level + " "))
                .filter(line -> line.contains("refresh") && line.contains(" session for ") || line.contains("ended"))
                .toList();
    }

    private void failToRefresh(Fault fault) {
        pds.faults().next(REFRESH, fault);
        session.refresh();
    }

    @Test
    void failedRefresh_isAWarning() {
        failToRefresh(Fault.status(501));

        assertThat(lines("WARNING")).hasSize(1);
        assertThat(lines("WARNING").get(0))
                .startsWith("WARNING failed to refresh the session for " + session.did() + ": " + REFRESH)
                .contains("501", "; retrying after ")
                .doesNotContain(session.data().refreshJwt());
    }

    @Test
    void repeatedFailure_isLoggedOnceAnHour() {
        for (int i = 0; i < 20; i++) {
            failToRefresh(Fault.status(501));
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(lines("WARNING")).hasSize(1);
        assertThat(lines("DEBUG")).hasSize(19);

        clock.advance(Duration.ofMinutes(30));
        failToRefresh(Fault.status(501));
        assertThat(lines("WARNING")).hasSize(2);
    }

    @Test
    void otherFailure_isAWarningAgain() {
        failToRefresh(Fault.status(501));
        failToRefresh(Fault.rateLimited(60));
        failToRefresh(Fault.rateLimited(60));

        assertThat(lines("WARNING")).hasSize(2);
    }

    @Test
    void recovery_isLogged_andTheNextFailureIsAWarning() {
        failToRefresh(Fault.status(501));
        failToRefresh(Fault.status(501));
        session.refresh();
        assertThat(lines("INFO"))
                .containsExactly("INFO the session for " + session.did() + " has new tokens, after 2 failed refreshes");

        session.refresh();
        assertThat(lines("INFO")).hasSize(1);
        failToRefresh(Fault.status(501));
        assertThat(lines("WARNING")).hasSize(2);
    }

    @Test
    void endedSession_isAWarning() {
        pds.revokeSessions(session.did());
        assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);
        assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);

        assertThat(lines("WARNING")).hasSize(1);
        assertThat(lines("WARNING").get(0)).startsWith("WARNING the session for " + session.did() + " ended: ");
    }

    @Test
    void logout_isNoWarning() {
        session.logout();

        assertThat(lines("WARNING")).isEmpty();
    }
}
