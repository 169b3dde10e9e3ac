package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionHealth.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of a session's normal operation: resuming, calls and refreshes. */
class OAuthSessionTest {
    private final OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    @Test
    void resume_makesNoRequest() {
        oauth.signIn(oauth.alice);
        oauth.pds.clearRequests();

        OAuthSession session = oauth.resumed(oauth.alice);

        assertThat(oauth.pds.requests()).isEmpty();
        assertThat(session.did()).isEqualTo(oauth.alice.did());
        assertThat(session.issuer()).isEqualTo(oauth.pds.url());
        assertThat(session.scopes()).hasToString("atproto transition:generic");
        assertThat(session.health().status()).isEqualTo(Status.ACTIVE);
        assertThat(oauth.events).containsExactly(new SessionEvent.Resumed(oauth.alice.did()));
    }

    @Test
    void call_withFreshToken_refreshesNothing() {
        OAuthSession session = oauth.opened(oauth.alice);
        for (int i = 0; i < 3; i++) {
            call(session);
        }

        assertThat(oauth.pds.requests()).hasSize(3).allMatch(request -> request.status() == 200);
    }

    @Test
    void call_withExpiredToken_refreshesOnce() {
        OAuthSession session = oauth.opened(oauth.alice);
        OAuthSessionData before = session.data();
        oauth.expire();
        call(session);
        call(session);

        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        assertThat(session.data().refreshToken()).isNotEqualTo(before.refreshToken());
        assertThat(oauth.resumed(oauth.alice).data()).isEqualTo(session.data());
        assertThat(oauth.events).anyMatch(event -> event instanceof SessionEvent.Refreshed);
    }

    @Test
    void call_withTokenThatIsDue_refreshesAhead() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.advance(Duration.ofMinutes(50));
        call(session);
        assertThat(oauth.tokenRequests()).isZero();
        oauth.advance(Duration.ofMinutes(5));
        call(session);

        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
    }

    @Test
    void otherProgram_adoptsTheNewTokens() {
        OAuthSession one = oauth.opened(oauth.alice);
        OAuthSession other = oauth.resumed(oauth.alice);
        assertThat(one.refresh().refreshed()).isTrue();
        call(other);
        call(one);

        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        assertThat(other.data()).isEqualTo(one.data());
        assertThat(oauth.events).contains(new SessionEvent.Adopted(oauth.alice.did()));
    }

    @Test
    void endpoints_areReadAgain_onceADay() {
        oauth.signIn(oauth.alice);
        OAuthContext own = oauth.program();
        AtomicInteger reads = new AtomicInteger();
        OAuthSession session = oauth.resumed(
                oauth.alice,
                new OAuthContext(
                        own.store(),
                        own.transport(),
                        own.listener(),
                        own.observer(),
                        own.identity(),
                        own.timing(),
                        own.server(),
                        own.dpop(),
                        own.clientId(),
                        (issuer, maxAge) -> {
                            reads.incrementAndGet();
                            return OAuthFixture.server(issuer);
                        },
                        own.auths()));
        for (int hour = 1; hour <= 49; hour++) {
            oauth.expire();
            assertThat(session.refresh().refreshed()).isTrue();
        }

        assertThat(reads).hasValue(2);
    }
}
