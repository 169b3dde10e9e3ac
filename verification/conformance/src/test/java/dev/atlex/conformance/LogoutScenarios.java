package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios for storing, sharing and logging out sessions. */
abstract class LogoutScenarios extends Scenarios {
    LogoutScenarios(Server server) {
        super(server);
    }

    /** Refreshes the session twice, and returns its data before and after each refresh. */
    private List<SessionData> refreshTwice(PasswordSession session) {
        List<SessionData> all = new ArrayList<>(List.of(session.data()));
        for (int i = 0; i < 2; i++) {
            assertThat(session.refresh().refreshed()).isTrue();
            all.add(session.data());
        }
        return all;
    }

    @Test
    void logout_earlierTokensAreInvalid() {
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession session = login(server.createAccount(), options -> options.store(store));
        List<SessionData> all = refreshTwice(session);

        assertThat(session.logout()).isTrue();

        for (SessionData one : all) {
            assertEnded(Reason.REVOKED, () -> PasswordSession.resume(one));
        }
        assertThat(store.list()).isEmpty();
    }

    @Test
    void deleteSession_lastTokenAloneDoesNotLogOut() {
        PasswordSession session = login(server.createAccount());
        List<SessionData> all = refreshTwice(session);

        // The data alone doesn't contain earlier tokens.
        PasswordSession.delete(all.get(2), SessionOptions.DEFAULTS);

        assertThat(PasswordSession.resume(all.get(1)).did())
                .as("the previous token is still valid and revives the last one")
                .isEqualTo(session.did());
    }

    @Test
    void logout_failureIsFinishedByNextProcess(@TempDir Path folder) {
        TestAccount account = server.createAccount();
        SessionStore store = new FileSessionStore(folder);
        Transport failing = new Transport() {
            @Override
            public TransportResponse send(TransportRequest request) {
                if (request.uri().getPath().endsWith(DeleteSession.NSID)) {
                    throw new TransportException("no network", null, false);
                }
                return Transport.jdk().send(request);
            }
        };
        PasswordSession session = login(account, options -> options.store(store).transport(failing));
        SessionData data = session.data();

        assertThat(session.logout()).isFalse();

        assertThat(store.list()).isEmpty();
        PasswordSession again = PasswordSession.open(credentials(account), store);
        assertThat(new Client(again).call(GetSession.QUERY).did()).isEqualTo(data.did());
        assertThat(PasswordSession.finishLogouts(SessionOptions.of(options -> options.store(store))))
                .as("the logout is retried after a minute")
                .isEqualTo(1);
    }

    @Test
    void open_twiceSignsInOnce(@TempDir Path folder) {
        TestAccount account = server.createAccount();
        CountingTransport transport = new CountingTransport();
        for (int run = 0; run < 3; run++) {
            PasswordSession session = PasswordSession.open(
                    credentials(account), new FileSessionStore(folder), options -> options.transport(transport));
            assertThat(new Client(session).call(GetSession.QUERY).did()).isEqualTo(account.did());
        }

        assertThat(transport.count("com.atproto.server.createSession")).isEqualTo(1);
        assertThat(transport.count(RefreshSession.NSID)).isZero();
    }

    @Test
    void sharedStore_oneProcessRefreshes(@TempDir Path folder) {
        TestAccount account = server.createAccount();
        CountingTransport transport = new CountingTransport();
        PasswordSession one = server.withExpiredAccessTokens(
                () -> login(account, options -> options.transport(transport).store(new FileSessionStore(folder))));
        PasswordSession other = PasswordSession.of(
                one.data(),
                SessionOptions.of(options -> options.transport(transport).store(new FileSessionStore(folder))));

        assertThat(new Client(one).call(GetSession.QUERY).did()).isEqualTo(account.did());
        assertThat(new Client(other).call(GetSession.QUERY).did()).isEqualTo(account.did());

        assertThat(transport.count(RefreshSession.NSID)).isEqualTo(1);
        assertThat(other.data()).isEqualTo(one.data());
    }
}
