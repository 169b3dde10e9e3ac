package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.SessionHealth.Status;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Scenarios for OAuth sessions of accounts that are deactivated, taken down or deleted. */
abstract class OAuthAccountScenarios extends OAuthBase {
    OAuthAccountScenarios(Server server) {
        super(server);
    }

    private static void assertInactive(String status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AccountInactiveException.class,
                        inactive -> assertThat(inactive.status()).isEqualTo(status));
    }

    @Test
    void deactivation_keepsSession() {
        OAuthSession session = signIn(publicClient(), alice);
        Client client = new Client(session);
        server.setDeactivated(alice.did(), true);

        assertThat(client.call(GetSession.QUERY).active()).isFalse();
        assertThat(assertRejected(401, "AccountDeactivated", () -> client.create(Post.RECORD, post("no"))))
                .isInstanceOf(XrpcAuthenticationException.class);
        assertThat(session.health().status()).isEqualTo(Status.INACTIVE);
        assertThat(session.refresh().refreshed()).isTrue();

        server.setDeactivated(alice.did(), false);
        client.create(Post.RECORD, post("back"));
        assertThat(session.health().status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void takedown_endsSessionForGood() {
        OAuthSession session = signIn(publicClient(), alice);
        server.setTakenDown(alice.did(), true);

        assertInactive("takendown", () -> call(session));
        assertThat(session.isEnded()).isTrue();
        assertThat(publicClient().accounts()).isEmpty();

        server.setTakenDown(alice.did(), false);
        assertInactive("takendown", () -> call(session));
        call(signIn(publicClient(), alice));
    }

    @Test
    void deletion_endsSession() {
        OAuthSession session = signIn(publicClient(), alice);
        oauth.deleteAccount(alice.did());

        assertInactive("deleted", () -> call(session));
        assertInactive("deleted", session::refresh);
        assertThat(session.isEnded()).isTrue();
        assertThat(publicClient().accounts()).isEmpty();
    }
}
