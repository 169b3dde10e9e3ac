package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import com.atproto.server.RevokeAppPassword;
import dev.atlex.client.Client;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.TestAccount;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Scenarios for expired tokens, resumed sessions and ended sessions. */
abstract class RefreshScenarios extends Scenarios {
    private static final int CALLERS = 64;

    RefreshScenarios(Server server) {
        super(server);
    }

    /** Signs in over this transport, and gets an access token that is already expired. */
    private PasswordSession expired(TestAccount account, CountingTransport transport, MemorySessionStore store) {
        return server.withExpiredAccessTokens(
                () -> login(account, options -> options.transport(transport).store(store)));
    }

    @Test
    void expiredToken_oneRefreshServesAllCalls() throws Exception {
        TestAccount account = server.createAccount();
        CountingTransport transport = new CountingTransport();
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession session = expired(account, transport, store);
        SessionData before = session.data();
        Client client = new Client(session);

        CyclicBarrier start = new CyclicBarrier(CALLERS);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<Future<GetSession.Output>> calls = new ArrayList<>();
        try {
            for (int i = 0; i < CALLERS; i++) {
                calls.add(threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return client.call(GetSession.QUERY);
                }));
            }
            for (Future<GetSession.Output> call : calls) {
                assertThat(call.get(60, TimeUnit.SECONDS).did()).isEqualTo(account.did());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(transport.count(RefreshSession.NSID)).isEqualTo(1);
        assertThat(session.data()).isNotEqualTo(before);
        assertThat(store.load(session.did())).isEqualTo(session.data());
    }

    @Test
    void expiredToken_writeIsAppliedOnce() {
        CountingTransport transport = new CountingTransport();
        Client client = new Client(expired(server.createAccount(), transport, new MemorySessionStore()));

        client.create(Post.RECORD, post("once"));

        assertThat(client.list(Post.RECORD).values()).extracting(Post::text).containsExactly("once");
        assertThat(transport.count("com.atproto.repo.createRecord")).isEqualTo(2);
        assertThat(transport.count(RefreshSession.NSID)).isEqualTo(1);
    }

    @Test
    void expiredToken_streamFailsButNextSucceeds() {
        Client client = new Client(expired(server.createAccount(), new CountingTransport(), new MemorySessionStore()));
        byte[] text = "a stream".getBytes(StandardCharsets.UTF_8);

        assertRejected(
                400,
                "ExpiredToken",
                () -> client.uploadBlob(RequestBody.ofStream(new ByteArrayInputStream(text)), "text/plain"));

        assertThat(client.uploadBlob(RequestBody.ofStream(new ByteArrayInputStream(text)), "text/plain")
                        .size())
                .isEqualTo(text.length);
    }

    @Test
    void resume_refreshesAndKeepsData() {
        SessionData saved = login(server.createAccount()).data();

        PasswordSession resumed = PasswordSession.resume(SessionData.parse(saved.toJson()));

        assertThat(resumed.data().fields().get("refreshJwt"))
                .isNotEqualTo(saved.fields().get("refreshJwt"));
        assertThat(resumed.data().fields().keySet()).isEqualTo(saved.fields().keySet());
        for (String kept : List.of("did", "handle", "email", "emailConfirmed", "didDoc", "active", "service")) {
            assertThat(resumed.data().fields().get(kept))
                    .as(kept)
                    .isEqualTo(saved.fields().get(kept));
        }
        assertThat(new Client(resumed).call(GetSession.QUERY).did()).isEqualTo(saved.did());
    }

    @Test
    void resume_twoProcessesOfSameSessionBothWork() {
        SessionData saved = login(server.createAccount()).data();

        PasswordSession first = PasswordSession.resume(saved);
        PasswordSession second = PasswordSession.resume(saved);

        assertThat(first.refresh().refreshed()).isTrue();
        assertThat(second.refresh().refreshed()).isTrue();
        assertThat(new Client(first).call(GetSession.QUERY).did()).isEqualTo(saved.did());
        assertThat(new Client(second).call(GetSession.QUERY).did()).isEqualTo(saved.did());
    }

    @Test
    void logout_endsSessionLocallyAndAtServer() {
        MemorySessionStore store = new MemorySessionStore();
        CountingTransport transport = new CountingTransport();
        PasswordSession session = login(
                server.createAccount(), options -> options.transport(transport).store(store));
        SessionData saved = session.data();

        session.logout();
        int requests = transport.count();
        session.logout();

        assertThat(session.isEnded()).isTrue();
        assertThat(store.list()).isEmpty();
        assertEnded(Reason.LOGGED_OUT, () -> new Client(session).call(GetSession.QUERY));
        assertEnded(Reason.LOGGED_OUT, session::data);
        assertThat(transport.count()).as("no request after the logout").isEqualTo(requests);
        assertEnded(Reason.REVOKED, () -> PasswordSession.resume(saved));
        PasswordSession.delete(saved, SessionOptions.DEFAULTS);
        assertThat(transport.count(DeleteSession.NSID)).isEqualTo(1);
    }

    @Test
    void delete_savedSessionWithoutResuming() {
        SessionData saved = login(server.createAccount()).data();
        PasswordSession.delete(saved, SessionOptions.DEFAULTS);
        assertEnded(Reason.REVOKED, () -> PasswordSession.resume(saved));
    }

    @Test
    void expiredRefreshToken_endsSession() {
        MemorySessionStore store = new MemorySessionStore();
        SessionData saved =
                server.withExpiredRefreshToken(login(server.createAccount()).data());
        store.save(saved);

        assertEnded(Reason.EXPIRED, () -> PasswordSession.resume(saved, SessionOptions.of(o -> o.store(store))));
        assertThat(store.list()).isEmpty();
    }

    @Test
    void revokedAppPassword_endsSession() {
        TestAccount account = server.createAccount();
        PasswordSession owner = login(account);
        String appPassword = createAppPassword(owner, "bot");
        CountingTransport transport = new CountingTransport();
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession bot = server.withExpiredAccessTokens(() -> PasswordSession.login(
                Credentials.of(server.url().toString(), account.handle(), appPassword),
                SessionOptions.of(options -> options.transport(transport).store(store))));

        owner.refresh();
        new Client(owner).call(RevokeAppPassword.PROCEDURE, input -> input.name("bot"));

        Client client = new Client(bot);
        assertEnded(Reason.REVOKED, () -> client.call(GetSession.QUERY));
        int requests = transport.count();
        assertEnded(Reason.REVOKED, () -> client.call(GetSession.QUERY));
        assertThat(transport.count()).as("no request after the end").isEqualTo(requests);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void oldCopy_endsWithGracePeriod() {
        TestAccount account = server.createAccount();
        SessionData old = login(account).data();
        PasswordSession current = PasswordSession.resume(old);
        server.endGracePeriods(account.did());

        assertEnded(Reason.REVOKED, () -> PasswordSession.resume(old));
        assertThat(current.refresh().refreshed()).isTrue();
    }

    @Test
    void invalidRefreshToken_isRejected() {
        SessionData saved = login(server.createAccount()).data();
        SessionData broken =
                SessionData.parse(saved.toJson().replaceAll("\"refreshJwt\":\"[^\"]*\"", "\"refreshJwt\":\"rubbish\""));

        assertEnded(Reason.REFUSED, () -> PasswordSession.resume(broken));
    }
}
