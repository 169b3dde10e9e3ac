package dev.atlex.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.ScopeMissingException;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that OAuth sessions have the same metrics as password sessions. */
class OAuthMetricsTest {
    private static final String TOKEN = "/oauth/token";

    private final MutableClock clock = MutableClock.atPresent();
    private final LocalPds pds = LocalPds.start(o -> o.clock(clock));
    private final TestAccount alice = pds.createAccount("alice.test", "password");
    private final MemorySessionStore store = new MemorySessionStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final SessionMetrics metrics = new SessionMetrics(registry);
    private final OAuthClient client = OAuthClient.of(
            store,
            o -> o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC)))
                    .identity(IdentityResolver.builder()
                            .plcUrl(pds.plcUrl())
                            .allowPrivateAddresses(true)
                            .build())
                    .clock(clock)
                    .listener(metrics)
                    .observer(new ObservedCalls(observations)));

    OAuthMetricsTest() {
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
    }

    @AfterEach
    void close() {
        pds.close();
    }

    private OAuthSession signIn() {
        Authorization authorization = client.authorizeAt(pds.url());
        return client.callback(pds.authorize(authorization.url(), alice), authorization.browserSecret())
                .session();
    }

    /** Returns all meters of sessions and calls, with their counts. */
    private Map<String, Double> counts() {
        Map<String, Double> counts = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            String tags = meter.getId().getTags().stream()
                    .filter(tag ->
                            tag.getKey().equals("outcome") || tag.getKey().equals("reason"))
                    .map(tag -> "{" + tag.getValue() + "}")
                    .collect(Collectors.joining());
            double count = meter.measure().iterator().next().getValue();
            if (!meter.getId().getName().endsWith(".active")) {
                counts.put(meter.getId().getName().replace("atlex.", "") + tags, count);
            }
        }
        return counts;
    }

    @Test
    void lifeOfASession_isCounted() {
        OAuthSession session = signIn();
        client.resume(alice.did()).refresh();
        session.refresh(); // adopts the tokens
        new Client(session).call(GetSession.QUERY);
        session.logout();

        assertThat(counts())
                .isEqualTo(Map.of(
                        "session.logins", 1.0,
                        "session.resumed", 1.0,
                        "session.refresh{success}", 1.0,
                        "session.adopted", 1.0,
                        "session.logouts", 1.0,
                        "call{success}", 1.0));
    }

    @Test
    void failedRefreshes_areCountedByOutcome() {
        OAuthSession session = signIn();
        pds.faults().next(TOKEN, Fault.rateLimited(60));
        session.refresh();
        pds.faults().next(TOKEN, Fault.status(400, "invalid_request", "odd"));
        session.refresh();
        clock.advance(Duration.ofMinutes(2));
        pds.faults().next(TOKEN, Fault.dropBeforeProcessing());
        session.refresh();

        String token = session.data().accessToken();
        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .noneMatch(
                        tag -> token.contains(tag.getValue()) && tag.getValue().length() > 7)
                .noneMatch(
                        tag -> tag.getValue().contains("did:") || tag.getValue().contains("ref-"));
        assertThat(counts())
                .containsEntry("session.refresh.failures{rate_limited}", 1.0)
                .containsEntry("session.refresh.failures{server}", 1.0)
                .containsEntry("session.refresh.failures{network}", 1.0);
    }

    @Test
    void endedSessions_areCountedByReason() {
        OAuthSession session = signIn();
        pds.oauth().revokeSessions(alice.did());
        assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);
        OAuthSession next = signIn();
        pds.takedown(alice.did());
        assertThatThrownBy(next::refresh).isInstanceOf(RuntimeException.class);

        assertThat(counts()).containsEntry("session.ended{revoked}", 1.0).containsEntry("session.ended{inactive}", 1.0);
    }

    @Test
    void missingScope_isARefusedCall() {
        pds.oauth().grantOnly("atproto");
        Client limited = new Client(signIn());

        assertThatThrownBy(() -> limited.call(app.bsky.actor.GetPreferences.QUERY))
                .isInstanceOf(ScopeMissingException.class);

        assertThat(counts()).containsEntry("call{refused}", 1.0);
    }

    @Test
    void openSessions_ofAPool_areGauged() {
        signIn();
        try (AccountPool pool = AccountPool.create(store, o -> o.source(client.sessions()))) {
            metrics.watch(pool);
            pool.session(alice.did());

            assertThat(counts()).containsEntry("session.open", 1.0);
        }
    }
}
