package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.Client;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AuthFactorRequiredException;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests with the behavior of servers other than the reference PDS. It is simulated, because these servers can't run
 * here.
 */
class LocalPdsVariantsTest extends Scenarios {
    private final LocalPds pds = ((LocalServer) server).pds();

    LocalPdsVariantsTest() {
        super(new LocalServer());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void status401ForExpiredToken_isHandledLike400() {
        pds.behavior().expiredTokenAs401(true);
        CountingTransport transport = new CountingTransport();
        TestAccount account = server.createAccount();
        PasswordSession session =
                server.withExpiredAccessTokens(() -> login(account, options -> options.transport(transport)));

        new Client(session).create(Post.RECORD, post("once"));

        assertThat(new Client(session).list(Post.RECORD).values()).hasSize(1);
        assertThat(transport.count(RefreshSession.NSID)).isEqualTo(1);
        SessionData saved = session.data();
        session.logout();
        assertEnded(Reason.REVOKED, () -> PasswordSession.resume(saved));
        SessionData old = server.withExpiredRefreshToken(login(account).data());
        assertEnded(Reason.EXPIRED, () -> PasswordSession.resume(old));
    }

    @Test
    void missingDidDoc_sessionStaysAtService() {
        pds.behavior().withoutDidDoc();
        PasswordSession session = login(server.createAccount());

        assertThat(session.data().didDoc()).isNull();
        assertThat(session.target()).isEqualTo(server.url());
        assertThat(new Client(PasswordSession.resume(session.data()))
                        .call(GetSession.QUERY)
                        .did())
                .isEqualTo(session.did());
    }

    @Test
    void missingDidDoc_isFetchedOnceAfterRefresh() {
        CountingTransport transport = new CountingTransport();
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession session = login(
                server.createAccount(), options -> options.transport(transport).store(store));
        pds.behavior().withoutDidDoc();

        assertThat(session.refresh().refreshed()).isTrue();

        assertThat(transport.count(GetSession.NSID)).isEqualTo(1);
        assertThat(session.data().didDoc()).as("the known document is kept").isNotNull();
    }

    @Test
    void suspendedAccount_isReported() {
        TestAccount account = server.createAccount();
        PasswordSession session = login(account);
        pds.suspend(account.did());

        assertThatThrownBy(session::refresh).isInstanceOf(AccountInactiveException.class);
        assertThat(session.isEnded()).isFalse();
    }

    @Test
    void twoFactor_isRequestedAndAccepted() {
        TestAccount account = server.createAccount();
        pds.behavior().twoFactor(true);

        assertThatThrownBy(() -> login(account)).isInstanceOf(AuthFactorRequiredException.class);
        assertThat(PasswordSession.login(
                                credentials(account)
                                        .withAuthFactorToken(pds.behavior().authFactorCode()),
                                SessionOptions.DEFAULTS)
                        .did())
                .isEqualTo(account.did());
        assertThat(login(
                                account,
                                options ->
                                        options.authFactor(why -> pds.behavior().authFactorCode()))
                        .did())
                .isEqualTo(account.did());
        String appPassword = pds.createAppPassword(account.did(), "bot");
        assertThat(PasswordSession.login(
                                Credentials.of(server.url().toString(), account.handle(), appPassword),
                                SessionOptions.DEFAULTS)
                        .did())
                .isEqualTo(account.did());
    }

    @Test
    void migratedAccount_usesNewServerAfterRefresh() {
        try (LocalServer next = new LocalServer()) {
            TestAccount account = server.createAccount();
            PasswordSession session = login(account);
            pds.setPdsEndpoint(account.did(), next.url());

            session.refresh();

            assertThat(session.target()).isEqualTo(next.url());
            assertThat(session.data().service()).isEqualTo(server.url());
        }
    }
}
