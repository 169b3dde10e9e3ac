package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionOptions;
import dev.atlex.testkit.TestAccount;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Scenarios for accounts that are deactivated or taken down. */
abstract class AccountStatusScenarios extends Scenarios {
    AccountStatusScenarios(Server server) {
        super(server);
    }

    @Test
    void deactivatedAccount_signsInButCannotWrite() {
        TestAccount account = server.createAccount();
        server.setDeactivated(account.did(), true);
        CountingTransport transport = new CountingTransport();

        PasswordSession session = login(account, options -> options.transport(transport));
        Client client = new Client(session);

        assertThat(session.data().active()).isFalse();
        assertThat(session.data().status()).isEqualTo("deactivated");
        assertThat(client.call(GetSession.QUERY).active()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(assertRejected(401, "AccountDeactivated", () -> client.create(Post.RECORD, post("not now"))))
                    .isInstanceOf(XrpcAuthenticationException.class);
        }
        assertThat(transport.count("com.atproto.repo.createRecord")).isEqualTo(3);
        assertThat(transport.count(RefreshSession.NSID)).isZero();
        assertThat(session.isEnded()).isFalse();

        server.setDeactivated(account.did(), false);
        assertThat(client.create(Post.RECORD, post("again")).uri()).isNotNull();
        session.refresh();
        assertThat(session.data().active()).isTrue();
        assertThat(session.data().status()).as("the earlier status is gone").isNull();
    }

    private static void assertTakenDown(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AccountInactiveException.class,
                        inactive -> assertThat(inactive.status()).isEqualTo("takendown"));
    }

    @Test
    void takedown_endsSessionOnceReversed() {
        TestAccount account = server.createAccount();
        CountingTransport transport = new CountingTransport();
        PasswordSession session = login(account, options -> options.transport(transport));
        Client client = new Client(session);
        server.setTakenDown(account.did(), true);

        assertTakenDown(() -> login(account));
        assertTakenDown(session::refresh);
        assertThat(assertRejected(401, "AccountTakedown", () -> client.create(Post.RECORD, post("not any more"))))
                .isInstanceOf(XrpcAuthenticationException.class);
        assertThat(session.isEnded()).isFalse();
        assertThat(transport.count())
                .as("the number of requests, none of which was repeated")
                .isEqualTo(3);

        server.setTakenDown(account.did(), false);
        // The server has revoked the refresh token, but still accepts the access token.
        assertThat(client.create(Post.RECORD, post("back")).uri()).isNotNull();
        assertEnded(Reason.REVOKED, session::refresh);
        assertThat(login(account).data().active()).isTrue();
    }

    @Test
    void takenDownAccount_signsInWithAllowTakendown() {
        TestAccount account = server.createAccount();
        server.setTakenDown(account.did(), true);

        PasswordSession session =
                PasswordSession.login(credentials(account).withAllowTakendown(true), SessionOptions.DEFAULTS);

        assertThat(session.data().active()).isFalse();
        assertThat(session.data().status()).isEqualTo("takendown");
        assertRejected(400, "InvalidToken", () -> new Client(session).create(Post.RECORD, post("no")));
        assertTakenDown(session::refresh);
    }

    @Test
    void takenDownAccount_expiredTokenReportsTakedown() {
        TestAccount account = server.createAccount();
        PasswordSession session = server.withExpiredAccessTokens(() -> login(account));
        server.setTakenDown(account.did(), true);

        assertTakenDown(() -> new Client(session).call(GetSession.QUERY));
        assertThat(session.isEnded()).isFalse();
    }
}
