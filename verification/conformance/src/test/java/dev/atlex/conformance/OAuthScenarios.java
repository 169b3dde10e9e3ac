package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.AuthorizationDeniedException;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.MissingClientKeyException;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.ScopeMissingException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios for signing in with OAuth, and for refreshing and ending the sessions. */
abstract class OAuthScenarios extends OAuthBase {
    private static final int CALLERS = 32;

    OAuthScenarios(Server server) {
        super(server);
    }

    private OAuthClient client(boolean confidential, Clock clock) {
        return confidential
                ? confidentialClient(clock)
                : client(store, clock, o -> o.metadata(ClientMetadata.loopback(SCOPES)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signIn_callsAndPosts(boolean confidential) {
        OAuthSession session = signIn(client(confidential, oauth.clock()), alice);
        Client client = new Client(session);

        GetSession.Output me = client.call(GetSession.QUERY);
        assertThat(me.did()).isEqualTo(alice.did());
        assertThat(me.handle()).hasToString(alice.handle());
        client.create(Post.RECORD, post("by OAuth"));
        assertThat(client.list(Post.RECORD).values()).extracting(Post::text).containsExactly("by OAuth");
        assertThat(session.scopes()).isEqualTo(SCOPES);
        assertThat(session.issuer()).isEqualTo(oauth.issuer());
        assertThat(session.data().authMethod()).isEqualTo(confidential ? "private_key_jwt" : "none");
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    @Test
    void signIn_byHandleAndByServer() {
        OAuthClient client = publicClient();
        Authorization byHandle = client.authorize(Handle.of(alice.handle()), o -> o.state("basket"));
        var back = client.callback(oauth.authorize(byHandle.url(), alice), byHandle.browserSecret());
        assertThat(back.did()).isEqualTo(alice.did());
        assertThat(back.state()).isEqualTo("basket");

        TestAccount bob = account();
        Authorization byServer = client.authorizeAt(oauth.issuer());
        call(client.callback(oauth.authorize(byServer.url(), bob), byServer.browserSecret())
                .session());
        assertThat(client.accounts()).containsExactlyInAnyOrder(alice.did(), bob.did());
    }

    @Test
    void signIn_makesAtMostSevenRequests() {
        TestAccount bob = account();
        OAuthClient byHandle = publicClient();
        OAuthClient byServer = publicClient();

        assertThat(requestsOf(() -> finish(byHandle, byHandle.authorize(Handle.of(alice.handle())), alice)))
                .isLessThanOrEqualTo(7);
        assertThat(requestsOf(() -> finish(byServer, byServer.authorizeAt(oauth.issuer()), bob)))
                .isLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refresh_rotatesTokens(boolean confidential) {
        OAuthSession session = signIn(client(confidential, oauth.clock()), alice);
        OAuthSessionData before = session.data();
        int requests = transport.count();

        assertThat(session.refresh().refreshed()).isTrue();

        assertThat(transport.count() - requests).as("requests of a refresh").isEqualTo(1);
        assertThat(session.data().accessToken()).isNotEqualTo(before.accessToken());
        assertThat(session.data().refreshToken()).isNotEqualTo(before.refreshToken());
        assertThat(session.data().fields().keySet()).isEqualTo(before.fields().keySet());
        call(session);
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    @Test
    void expiredToken_isRefreshedDuringCall() {
        OAuthSession session = server.withExpiredAccessTokens(() -> signIn(publicClient(), alice));

        new Client(session).create(Post.RECORD, post("once"));

        assertThat(refreshes()).isEqualTo(1);
        assertThat(new Client(session).list(Post.RECORD).values()).hasSize(1);
    }

    @Test
    void replay_endsSessionAndIsReported() {
        OAuthSession session = signIn(publicClient(), alice);
        SessionStore copy = copyOfStore(alice);
        assertThat(session.refresh().refreshed()).isTrue();

        // The old access token is rejected, so the copy's first call uses the old refresh token.
        OAuthSession copied = client(copy, oauth.clock(), o -> o.metadata(ClientMetadata.loopback(SCOPES)))
                .resume(alice.did());
        assertEnded(Reason.REPLAYED, () -> call(copied));
        assertThat(oauth.sessions(alice.did())).isZero();

        assertEnded(Reason.REVOKED, () -> call(session));
        int requests = transport.count();
        assertEnded(Reason.REVOKED, () -> call(session));
        assertThat(transport.count()).as("no request after the end").isEqualTo(requests);
        assertThat(events).filteredOn(SessionEvent.Ended.class::isInstance).hasSize(2);
        assertThat(publicClient().accounts()).isEmpty();
    }

    @Test
    void lostNonces_costOneRequest() {
        OAuthSession session = signIn(publicClient(), alice);
        call(session);

        oauth.forgetNonces();
        assertThat(requestsOf(() -> call(session))).isEqualTo(2);
        assertThat(requestsOf(() -> call(session))).isEqualTo(1);

        oauth.forgetNonces();
        assertThat(requestsOf(() -> assertThat(session.refresh().refreshed()).isTrue()))
                .isEqualTo(2);
    }

    private long refreshes() {
        return events.stream().filter(SessionEvent.Refreshed.class::isInstance).count();
    }

    private int requestsOf(Runnable work) {
        int before = transport.count();
        work.run();
        return transport.count() - before;
    }

    @Test
    void anotherAccount_isRefusedAndRevoked() {
        TestAccount bob = account();
        OAuthClient client = publicClient();
        OAuthSession session = signIn(client, alice);
        Authorization authorization = client.authorize(alice.did());
        URI back = oauth.authorize(authorization.url(), bob);

        assertThatThrownBy(() -> client.callback(back, authorization.browserSecret()))
                .isInstanceOfSatisfying(AccountMismatchException.class, mismatch -> {
                    assertThat(mismatch.expected()).isEqualTo(alice.did());
                    assertThat(mismatch.found()).isEqualTo(bob.did());
                });

        assertThat(oauth.sessions(bob.did())).isZero();
        assertThat(client.accounts()).containsExactly(alice.did());
        call(session);
    }

    @Test
    void denial_isReported() {
        OAuthClient client = publicClient();
        Authorization authorization = client.authorize(alice.did(), o -> o.state("basket"));
        URI back = oauth.deny(authorization.url());

        assertThatThrownBy(() -> client.callback(back, authorization.browserSecret()))
                .isInstanceOfSatisfying(AuthorizationDeniedException.class, denied -> {
                    assertThat(denied.error()).isEqualTo("access_denied");
                    assertThat(denied.appState()).isEqualTo("basket");
                });
        assertThat(oauth.sessions(alice.did())).isZero();
    }

    @Test
    void fewerScopes_areReported_andErrorsNameMissingOnes() {
        OAuthClient client = publicClient();
        Authorization authorization = client.authorize(alice.did());
        OAuthSession session = client.callback(
                        oauth.authorize(authorization.url(), alice, "atproto"), authorization.browserSecret())
                .session();
        assertThat(session.scopes()).hasToString("atproto");

        assertThatThrownBy(() -> new Client(session).create(Post.RECORD, post("no")))
                .isInstanceOfSatisfying(
                        ScopeMissingException.class,
                        e -> assertThat(e.scope()).hasToString("repo:app.bsky.feed.post?action=create"));
        call(session);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logout_isConfirmed(boolean confidential) {
        OAuthSession session = signIn(client(confidential, oauth.clock()), alice);

        assertThat(session.logout()).isTrue();

        assertThat(oauth.sessions(alice.did())).isZero();
        List<Kind> left = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            store.forEach(kind, entry -> left.add(kind));
        }
        assertThat(left).as("entries in the store").isEmpty();
        int requests = transport.count();
        assertEnded(Reason.LOGGED_OUT, () -> call(session));
        assertThat(transport.count()).isEqualTo(requests);
    }

    @Test
    void rotatedKeys_sessionsKeepTheirsAndNewOnesUseTheNewest() {
        ClientKeys first = ClientKeys.generate();
        OAuthSession old = signIn(confidentialClient(oauth.clock(), first), alice);
        ClientKeys both = first.rotate();
        TestAccount bob = account();
        OAuthClient client = confidentialClient(oauth.clock(), both);
        OAuthSession young = signIn(client, bob);
        assertThat(old.data().keyId()).isEqualTo(both.kids().get(1));
        assertThat(young.data().keyId()).isEqualTo(both.kids().get(0));

        OAuthSession resumed = client.resume(alice.did());
        assertThat(resumed.refresh().refreshed()).isTrue();
        assertThat(resumed.data().keyId()).isEqualTo(first.kids().get(0));

        // A key that isn't published is the client's mistake, and costs no session.
        ClientKeys second = both.without(first.kids().get(0));
        confidentialClient(oauth.clock(), second);
        assertThat(resumed.refresh().failure())
                .isInstanceOfSatisfying(
                        OAuthResponseException.class,
                        failure -> assertThat(failure.error()).isEqualTo("invalid_client"));
        assertThat(resumed.isEnded()).isFalse();
        int requests = transport.count();
        OAuthClient forgetful = confidentialClient(oauth.clock(), second);
        assertThatThrownBy(() -> forgetful.resume(alice.did())).isInstanceOf(MissingClientKeyException.class);
        assertThat(transport.count()).isEqualTo(requests);

        confidentialClient(oauth.clock(), both);
        assertThat(resumed.refresh().refreshed()).isTrue();
        call(resumed);
        assertThat(young.refresh().refreshed()).isTrue();
    }

    @Test
    void resume_sendsNothing() {
        signIn(publicClient(), alice).close();
        int requests = transport.count();

        OAuthClient restarted = publicClient();
        OAuthSession session = restarted.resume(alice.did());
        restarted.open(alice.did(), url -> {
            throw new AssertionError("the browser was opened");
        });

        assertThat(transport.count()).isEqualTo(requests);
        // A program that has just started doesn't have a nonce yet.
        assertThat(requestsOf(() -> call(session))).isEqualTo(2);
    }

    @Test
    void twoProgramsOnOneStore_refreshOnce() throws Exception {
        server.withExpiredAccessTokens(() -> signIn(publicClient(), alice)).close();
        List<OAuthSession> programs =
                List.of(publicClient().resume(alice.did()), publicClient().resume(alice.did()));

        CyclicBarrier start = new CyclicBarrier(CALLERS);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> calls = new ArrayList<>();
        try {
            for (int i = 0; i < CALLERS; i++) {
                OAuthSession session = programs.get(i % 2);
                calls.add(threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    call(session);
                    return null;
                }));
            }
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(refreshes()).isEqualTo(1);
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
        assertThat(programs.get(0).data()).isEqualTo(programs.get(1).data());
    }

    @ParameterizedTest
    @CsvSource({"-10,false", "10,false", "-10,true", "10,true"})
    void wrongClock_signsInCallsAndRefreshes(int minutes, boolean confidential) {
        Clock wrong = Clock.offset(oauth.clock(), Duration.ofMinutes(minutes));
        OAuthSession session = signIn(client(confidential, wrong), alice);

        call(session);
        assertThat(requestsOf(() -> call(session)))
                .as("requests once the clock is known")
                .isEqualTo(1);
        assertThat(session.refresh().refreshed()).isTrue();
        call(session);
        assertThat(session.logout()).isTrue();
    }
}
