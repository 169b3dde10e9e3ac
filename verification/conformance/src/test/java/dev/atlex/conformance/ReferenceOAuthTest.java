package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.SessionHealth.Status;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests operations that only operators perform on a server: a restart, and a migration to another server. Uses its own
 * network.
 */
@Tag("reference")
class ReferenceOAuthTest extends OAuthBase {
    private static ReferenceNetwork network;

    ReferenceOAuthTest() {
        super(new ReferenceServer(network));
    }

    @BeforeAll
    static void start() {
        network = ReferenceNetwork.start(ReferenceNetwork.Options.DEFAULT);
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    private static ReferenceNetwork.Account asOwner(TestAccount account) {
        return new ReferenceNetwork.Account(
                account.did().toString(), account.handle(), account.handle() + "@example.test", account.password());
    }

    @Test
    void restart_costsOneRequestForTheNonce() {
        OAuthSession session = signIn(publicClient(), alice);
        call(session);
        network.restart();
        int requests = transport.count();
        call(session);
        assertThat(transport.count()).isEqualTo(requests + 2);

        network.restart();
        requests = transport.count();
        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(transport.count()).isEqualTo(requests + 2);
        call(session);
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    @Test
    void restartDuringASignIn_isSurvived() {
        OAuthClient client = publicClient();
        Authorization authorization = client.authorize(alice.did());
        network.restart();
        URI back = oauth.authorize(authorization.url(), alice);
        network.restart();

        call(client.callback(back, authorization.browserSecret()).session());
    }

    private static void assertMigrated(URI newServer, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AccountMigratedException.class,
                        migrated -> assertThat(migrated.newHost()).isEqualTo(newServer));
    }

    @Test
    void migrationAndDeletion_endTheSession() {
        OAuthSession session = signIn(publicClient(), alice);
        URI newServer = network.migrate(asOwner(alice));
        oauth.deleteAccount(alice.did());

        assertMigrated(newServer, () -> call(session));
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void migration_isReportedByTheNextRefresh() {
        OAuthClient client = publicClient();
        OAuthSession session = signIn(client, alice);
        new Client(session).create(Post.RECORD, post("from the old server"));
        URI newServer = network.migrate(asOwner(alice));

        // The old server keeps the account as a deactivated one, and keeps refreshing its session.
        assertThat(new Client(session).call(GetSession.QUERY).active()).isFalse();
        assertRejected(401, "AccountDeactivated", () -> new Client(session).create(Post.RECORD, post("no longer")));
        assertThat(session.health().status()).isEqualTo(Status.INACTIVE);
        assertMigrated(newServer, session::refresh);
        assertThat(oauth.sessions(alice.did())).isZero();
        assertThat(client.accounts()).isEmpty();

        Authorization authorization = client.authorize(alice.did());
        assertThat(authorization.url().getAuthority()).isEqualTo(newServer.getAuthority());
        URI back = new ReferencePages(newServer).authorizeOverHttp(authorization.url(), alice, null);
        OAuthSession next = client.callback(back, authorization.browserSecret()).session();
        assertThat(next.issuer()).isEqualTo(newServer);
        new Client(next).create(Post.RECORD, post("from the new server"));
        assertThat(new Client(next).list(Post.RECORD).values()).hasSize(2);
    }
}
