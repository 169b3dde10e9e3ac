package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.repo.UploadBlob;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.conformance.LossyProxy.Loss;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.SessionBusyException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth sessions on networks that lose responses, at servers that are slow, and with many threads. */
abstract class OAuthFaultScenarios extends OAuthBase {
    private static final String TOKEN = "/oauth/token";
    private static final AgentRequest CALL = AgentRequest.get("/xrpc/com.atproto.server.getSession");
    private static final int THREADS = 64;

    private final ShiftedClock clock = new ShiftedClock(oauth.clock());
    private final LossyProxy proxy = new LossyProxy();

    OAuthFaultScenarios(Server server) {
        super(server);
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    /** Returns a program that reaches its servers through the proxy. */
    private OAuthClient behindProxy() {
        Transport through = JdkTransport.builder().proxy(proxy.selector()).build();
        return client(
                store,
                clock,
                o -> o.metadata(ClientMetadata.loopback(SCOPES))
                        .transport(through)
                        .identity(identity(through)));
    }

    private static void assertNotRefreshed(OAuthSession session) {
        assertThat(session.refresh().refreshed()).isFalse();
    }

    @Test
    void lostResponse_isTriedOnceMore_thenRefreshLost() {
        OAuthSession session = signIn(behindProxy(), alice);
        proxy.lose(TOKEN, Loss.RESPONSE);

        assertThat(session.refresh().failure()).isInstanceOf(TransportException.class);
        assertThat(proxy.hasLost()).isTrue();
        long sent = proxy.count(TOKEN);
        // The rotation ended the old access token, and nothing is sent while the lost request may be on its way.
        clock.advance(Duration.ofSeconds(29));
        assertNotRefreshed(session);
        assertThatThrownBy(() -> call(session)).isInstanceOf(SessionBusyException.class);
        assertThat(proxy.count(TOKEN)).isEqualTo(sent);
        assertThat(session.isEnded()).isFalse();

        clock.advance(Duration.ofSeconds(2));
        assertEnded(Reason.REFRESH_LOST, session::refresh);
        assertThat(proxy.count(TOKEN)).isEqualTo(sent + 1);
        assertThat(oauth.sessions(alice.did())).isZero();
        assertEnded(Reason.REFRESH_LOST, () -> call(session));
        assertThat(behindProxy().accounts()).isEmpty();
        call(signIn(behindProxy(), alice));
    }

    @Test
    void lostRequest_keepsTheSession() {
        OAuthSession session = signIn(behindProxy(), alice);
        proxy.lose(TOKEN, Loss.REQUEST);

        assertThat(session.refresh().failure()).isInstanceOf(TransportException.class);
        assertThat(proxy.hasLost()).isTrue();
        call(session);
        clock.advance(Duration.ofSeconds(31));
        assertThat(session.refresh().refreshed()).isTrue();
        call(session);
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    @Test
    void lostRequest_keepsOtherProgramsQuietToo() {
        signIn(behindProxy(), alice);
        proxy.lose(TOKEN, Loss.REQUEST);
        assertNotRefreshed(behindProxy().resume(alice.did()));

        OAuthSession other = behindProxy().resume(alice.did());
        long sent = proxy.count(TOKEN);
        assertNotRefreshed(other);
        assertThat(proxy.count(TOKEN)).isEqualTo(sent);
        call(other);
        clock.advance(Duration.ofSeconds(31));
        assertThat(other.refresh().refreshed()).isTrue();
    }

    @Test
    void lostResponseOfTheExchange_savesNothing() {
        OAuthClient client = behindProxy();
        var authorization = client.authorize(alice.did());
        var callback = oauth.authorize(authorization.url(), alice);
        proxy.lose(TOKEN, Loss.RESPONSE);

        assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                .isInstanceOf(TransportException.class);
        assertThat(proxy.hasLost()).isTrue();
        assertThat(client.accounts()).isEmpty();
        call(signIn(client, alice));
    }

    @Test
    void leaseHeldElsewhere_sendsNoToken() throws Exception {
        OAuthSession session = signIn(behindProxy(), alice);
        long sent = proxy.count(TOKEN);
        try (Lease lease = store.acquireLease(Key.oauth(alice.did(), null), Duration.ofMinutes(1), Duration.ZERO)) {
            assertThat(lease).isNotNull();
            // Due, but not expired: the call doesn't wait for the lease.
            clock.advance(Duration.ofMinutes(58));
            call(session);
        }
        assertThat(proxy.count(TOKEN)).isEqualTo(sent);
        assertThat(session.refresh().refreshed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slowRotation_outlivesItsCaller(boolean after) {
        OAuthSession session = server.withExpiredAccessTokens(() -> signIn(publicClient(), alice));
        OAuthSessionData before = session.data();
        Duration slow = Duration.ofMillis(1500);
        oauth.slowRotation(after ? Duration.ZERO : slow, after ? slow : Duration.ZERO);
        try {
            assertThatThrownBy(() -> session.send(CALL.withTimeout(Duration.ofMillis(200))))
                    .isInstanceOfAny(TransportTimeoutException.class, SessionBusyException.class);
            call(session);
        } finally {
            oauth.slowRotation(Duration.ZERO, Duration.ZERO);
        }

        assertThat(events).filteredOn(SessionEvent.Refreshed.class::isInstance).hasSize(1);
        assertThat(session.data().refreshToken()).isNotEqualTo(before.refreshToken());
        assertThat(session.isSaved()).isTrue();
        assertThat(publicClient().resume(alice.did()).data()).isEqualTo(session.data());
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    @Test
    void newNonces_costEachOfManyThreadsAtMostOneRequest() throws Exception {
        OAuthSession session = signIn(publicClient(), alice);
        call(session);
        oauth.forgetNonces();

        assertThat(requestsOfManyThreads(session)).isBetween(THREADS + 1, 2 * THREADS);
        assertThat(requestsOfManyThreads(session)).isEqualTo(THREADS);
    }

    private int requestsOfManyThreads(OAuthSession session) throws Exception {
        int before = transport.count();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            var calls = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        call(session);
                        return null;
                    }))
                    .toList();
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return transport.count() - before;
    }

    /** For the program, minutes pass between two uploads, so its tokens expire several times. */
    @Test
    void hundredStreams_acrossRotations_areNeverRejected() {
        OAuthClient client = client(store, clock, o -> o.metadata(ClientMetadata.loopback(SCOPES)));
        OAuthSession session = signIn(client, alice);
        for (int i = 0; i < 100; i++) {
            assertThat(upload(session)).as("upload %d", i).isEqualTo(200);
            // Less than a proof may be ahead of the server.
            clock.advance(Duration.ofSeconds(150));
        }

        assertThat(transport.count(UploadBlob.NSID)).isEqualTo(100);
        assertThat(events).filteredOn(SessionEvent.Refreshed.class::isInstance).hasSizeBetween(3, 6);
        assertThat(oauth.sessions(alice.did())).isEqualTo(1);
    }

    private static int upload(OAuthSession session) {
        byte[] png = SampleImages.png(8, 8);
        AgentRequest request = AgentRequest.post(
                        "/xrpc/" + UploadBlob.NSID, RequestBody.ofStream(new ByteArrayInputStream(png)))
                .withHeaders(HttpHeaders.of("Content-Type", "image/png"));
        try (TransportResponse response = session.send(request)) {
            return response.status();
        }
    }
}
