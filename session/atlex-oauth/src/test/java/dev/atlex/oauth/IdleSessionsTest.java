package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of users who never return. */
class IdleSessionsTest {
    private static final Duration LIMIT = Duration.ofDays(3);

    private final OAuthWorld world = new OAuthWorld();
    private final OAuthClient client = world.client();

    @AfterEach
    void close() {
        world.close();
    }

    private void signIn(TestAccount account, String sessionId) {
        Authorization authorization = client.authorize(OAuthWorld.handle(account), o -> o.sessionId(sessionId));
        client.callback(world.pds.authorize(authorization.url(), account), authorization.browserSecret());
    }

    private int sessions(TestAccount account) {
        return world.pds.oauth().sessions(account.did());
    }

    @Test
    void logoutIdle_endsOldSessionsOnly() {
        signIn(world.alice, "old");
        signIn(world.alice, "refreshed");
        world.signIn(client, world.bob);
        world.clock.advance(Duration.ofDays(2));
        signIn(world.alice, "new");
        client.resume(world.alice.did(), "refreshed").refresh();
        world.clock.advance(Duration.ofDays(2));

        assertThat(client.logoutIdle(LIMIT)).isEqualTo(2);
        assertThat(world.entries(Kind.OAUTH)).isEqualTo(2);
        assertThat(sessions(world.alice)).isEqualTo(2);
        assertThat(sessions(world.bob)).isZero();
        assertThat(client.resume(world.alice.did(), "refreshed").isEnded()).isFalse();
        assertThat(client.logoutIdle(LIMIT)).isZero();
    }

    @Test
    void logoutIdle_whileTheServerIsDown_isQueued() {
        world.signIn(client, world.alice);
        world.clock.advance(Duration.ofDays(4));
        world.pds.faults().always("/oauth/revoke", Fault.status(503));

        assertThat(client.logoutIdle(LIMIT)).isEqualTo(1);
        assertThat(world.entries(Kind.OAUTH)).isZero();
        assertThat(world.entries(Kind.LOGOUT)).isEqualTo(1);
    }

    @Test
    void logoutIdle_withoutAPositiveDuration_isRefused() {
        assertThatThrownBy(() -> client.logoutIdle(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.logoutIdle(Duration.ofDays(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
