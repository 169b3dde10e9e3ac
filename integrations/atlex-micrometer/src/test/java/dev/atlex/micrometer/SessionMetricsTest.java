package dev.atlex.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionMetricsTest {
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String DELETE = "com.atproto.server.deleteSession";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SessionMetrics metrics = new SessionMetrics(registry);
    private final MemorySessionStore store = new MemorySessionStore();
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private LocalPds pds;

    @BeforeEach
    void startServer() {
        pds = LocalPds.start(o -> o.account("alice.test", "password"));
    }

    @AfterEach
    void stopServer() {
        pds.close();
    }

    private SessionOptions options(Consumer<? super SessionOptions.Builder> more) {
        return SessionOptions.of(options -> {
            options.store(store).listener(event -> {
                events.add(event);
                metrics.onEvent(event);
            });
            more.accept(options);
        });
    }

    private PasswordSession open(Consumer<? super SessionOptions.Builder> more) {
        return PasswordSession.open(
                Credentials.of(pds.url().toString(), "alice.test", "password"), store, options(more));
    }

    private PasswordSession open() {
        return open(none -> {});
    }

    /** Returns all counts by name and tags, without successful refreshes. */
    private Map<String, Double> counts() {
        Map<String, Double> counts = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter instanceof io.micrometer.core.instrument.Counter counter) {
                String tags = meter.getId().getTags().stream()
                        .map(tag -> "{" + tag.getKey() + "=" + tag.getValue() + "}")
                        .collect(Collectors.joining());
                counts.put(meter.getId().getName().replace("atlex.session.", "") + tags, counter.count());
            }
        }
        return counts;
    }

    /** The example in the Javadoc. */
    @Test
    void metrics_canBeUsedAsSessionListener() {
        SessionMetrics metrics = new SessionMetrics(registry);
        SessionOptions options = SessionOptions.of(o -> o.listener(metrics));
        PasswordSession.login(Credentials.of(pds.url().toString(), "alice.test", "password"), options);

        assertThat(counts()).isEqualTo(Map.of("logins", 1.0));
    }

    /** The POM runs the tests with two versions. Each run must really use its version. */
    @Test
    void micrometer_hasVersionFromBuild() {
        String jar = MeterRegistry.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        assertThat(jar).endsWith("micrometer-core-" + System.getProperty("micrometer.version") + ".jar");
    }

    @Test
    void signInsAndResumedSessions_areCounted() {
        open();
        open();
        open();

        assertThat(counts()).isEqualTo(Map.of("logins", 1.0, "resumed", 2.0));
    }

    @Test
    void refreshes_areTimed_failuresCounted() {
        PasswordSession session = open();
        session.refresh();
        session.refresh();
        pds.faults().next(REFRESH, Fault.status(501));
        session.refresh();
        pds.faults().next(REFRESH, Fault.rateLimited(60));
        session.refresh();

        var timer =
                registry.get("atlex.session.refresh").tag("outcome", "success").timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(counts())
                .isEqualTo(Map.of(
                        "logins",
                        1.0,
                        "refresh.failures{outcome=server}",
                        1.0,
                        "refresh.failures{outcome=rate_limited}",
                        1.0));
    }

    @Test
    void refreshFailures_areTaggedWithTheOutcome() {
        PasswordSession session = open();
        pds.close();
        session.refresh();

        assertThat(counts()).containsEntry("refresh.failures{outcome=network}", 1.0);
    }

    @Test
    void adoptedTokens_areCounted() {
        PasswordSession one = open();
        PasswordSession other = open();
        one.refresh();
        other.refresh();

        assertThat(counts()).containsEntry("adopted", 1.0);
    }

    @Test
    void endedSessions_areCountedByReason() {
        PasswordSession session = open();
        pds.revokeSessions(session.did());

        assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);

        assertThat(counts()).containsEntry("ended{reason=revoked}", 1.0);
    }

    @Test
    void failedSaves_areCounted() {
        boolean[] broken = {false};
        SessionHooks hooks = new SessionHooks() {
            @Override
            public void onUpdated(PasswordSession session, dev.atlex.session.SessionData data) {
                if (broken[0]) {
                    throw new IllegalStateException("full");
                }
            }
        };
        PasswordSession session = open(options -> options.hooks(hooks));
        broken[0] = true;
        session.refresh();
        broken[0] = false;
        session.close();

        assertThat(counts()).containsEntry("save.failures", 1.0).containsEntry("save.recovered", 1.0);
    }

    @Test
    void logouts_areCounted_confirmedAndPending() {
        pds.faults().next(DELETE, Fault.status(503));
        open().logout();
        open().logout();

        assertThat(counts()).containsEntry("logout.pending", 1.0).containsEntry("logouts", 1.0);
    }

    @Test
    void logoutsGivenUp_areCounted() {
        store.save(
                new SessionStore.Key(SessionStore.Kind.LOGOUT, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"),
                SessionStore.NONE,
                "{}");

        PasswordSession.finishLogouts(options(none -> {}));

        assertThat(counts()).containsEntry("logout.given.up", 1.0);
    }

    @Test
    void meters_haveNoAccountTag() {
        logouts_areCounted_confirmedAndPending();
        endedSessions_areCountedByReason();
        assertOneTimedRefresh();

        Set<String> values = registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(tag -> tag.getValue())
                .collect(Collectors.toSet());
        assertThat(values).containsExactlyInAnyOrder("revoked", "success");
    }

    private void assertOneTimedRefresh() {
        open().refresh();
    }

    @Test
    void meters_haveTheGivenTags() {
        SessionMetrics tagged = new SessionMetrics(registry, Tags.of("app", "bot"));
        open().refresh();
        events.forEach(tagged::onEvent);

        assertThat(registry.get("atlex.session.logins")
                        .tag("app", "bot")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("atlex.session.refresh")
                        .tag("app", "bot")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    /** Fails if a new kind of event isn't counted. */
    @Test
    void everyEvent_isCounted() {
        refreshes_areTimed_failuresCounted();
        adoptedTokens_areCounted();
        endedSessions_areCountedByReason();
        failedSaves_areCounted();
        logouts_areCounted_confirmedAndPending();
        logoutsGivenUp_areCounted();

        Set<Class<?>> seen = events.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(seen).containsAll(Arrays.asList(SessionEvent.class.getPermittedSubclasses()));
        assertThat(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct())
                .hasSize(SessionEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void watch_reportsOpenSessionsInPool() {
        try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.session(options(none -> {}))))) {
            metrics.watch(pool);
            assertThat(registry.get("atlex.session.open").gauge().value()).isZero();
            pool.open(Credentials.of(pds.url().toString(), "alice.test", "password"));
            assertThat(registry.get("atlex.session.open").gauge().value()).isEqualTo(1);
        }
    }
}
