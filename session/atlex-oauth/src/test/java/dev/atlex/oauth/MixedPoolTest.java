package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.GetSession;
import dev.atlex.client.CallObservation;
import dev.atlex.client.CallObserver;
import dev.atlex.oauth.HookedStore.Operation;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.Session;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionHealth.Status;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.AccountResult;
import dev.atlex.session.pool.AccountResult.Outcome;
import dev.atlex.session.pool.MaintenanceReport;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests of a pool with OAuth sessions and password sessions: alice and carol signed in with OAuth, bob
 * didn't.
 */
class MixedPoolTest {
    private static final String REVOKE = "/oauth/revoke";

    private final OAuthWorld world = new OAuthWorld();
    private final HookedStore store = new HookedStore(world.store);
    private final TestAccount carol = world.account("carol.test");
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final List<AccountPool> pools = new ArrayList<>();
    private final OAuthClient client = client();

    private OAuthClient client() {
        return world.client(
                store,
                o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES))
                        .listener(events::add)
                        .observer(observer("oauth")));
    }

    private CallObserver observer(String name) {
        return method -> {
            observed.add(name);
            return CallObservation.NONE;
        };
    }

    private AccountPool pool() {
        return pool(o -> {});
    }

    private AccountPool pool(Consumer<? super PoolOptions.Builder> more) {
        AccountPool pool = AccountPool.create(store, o -> {
            o.session(s -> s.clock(world.clock)
                            .transport(world.transport)
                            .listener(events::add)
                            .observer(observer("password")))
                    .source(client.sessions());
            more.accept(o);
        });
        pools.add(pool);
        return pool;
    }

    private Credentials credentials(TestAccount account) {
        return Credentials.of(world.pds.url(), account.handle(), account.handle() + "-password");
    }

    /** Returns a new pool on a store with the three accounts. */
    private AccountPool filled() {
        world.signIn(client, world.alice);
        world.signIn(client, carol);
        AccountPool first = pool();
        first.open(credentials(world.bob));
        first.close();
        world.pds.clearRequests();
        events.clear();
        observed.clear();
        return pool();
    }

    private static AccountResult of(TestAccount account, List<AccountResult> results) {
        return results.stream()
                .filter(result -> result.did().equals(account.did()))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        pools.forEach(AccountPool::close);
        world.close();
    }

    @Test
    void accounts_ofBothKinds_makeCalls() {
        AccountPool pool = filled();

        assertThat(pool.accounts()).containsExactlyInAnyOrder(world.alice.did(), world.bob.did(), carol.did());
        for (Did did : pool.accounts()) {
            assertThat(pool.client(did).call(GetSession.QUERY).did()).isEqualTo(did);
        }

        assertThat(pool.size()).isEqualTo(3);
        assertThat(pool.session(world.alice.did()))
                .isInstanceOf(OAuthSession.class)
                .isSameAs(pool.session(world.alice.did()));
        assertThat(pool.session(world.bob.did())).isInstanceOf(PasswordSession.class);
        assertThat(events).hasSize(3).hasOnlyElementsOfType(SessionEvent.Resumed.class);
        assertThat(observed).containsExactlyInAnyOrder("oauth", "oauth", "password");
    }

    @Test
    void calls_passTheRateLimiter() {
        world.signIn(client, world.alice);
        AccountPool pool = pool(o ->
                o.rateLimiter(RateLimiter.create(r -> r.clock(world.clock).hostLimits(List.of()))
                        .failFast()));

        pool.client(world.alice.did()).call(GetSession.QUERY);

        assertThat(pool.resumeAll(1)).extracting(AccountResult::outcome).containsExactly(Outcome.DONE);
    }

    @Test
    void find_byHandle_findsBothKinds() {
        AccountPool pool = filled();

        assertThat(pool.find(Handle.of("Alice.test"))).isInstanceOf(OAuthSession.class);
        assertThat(pool.find(Handle.of("bob.test"))).isInstanceOf(PasswordSession.class);
        assertThat(pool.find(Handle.of("dave.test"))).isNull();
        assertThatThrownBy(() -> pool.session(Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz")))
                .isInstanceOf(UnknownAccountException.class);
    }

    @Test
    void health_coversBothKinds_withoutRequests() {
        AccountPool pool = filled();
        pool.session(carol.did());
        List<SessionHealth> all = new ArrayList<>();

        pool.forEachHealth(all::add);

        assertThat(all)
                .hasSize(3)
                .allMatch(health -> health.status() == Status.ACTIVE && health.accessExpiresAt() != null);
        assertThat(all)
                .extracting(health -> health.handle().toString())
                .containsExactlyInAnyOrder("alice.test", "bob.test", "carol.test");
        SessionHealth stored = pool.health(world.alice.did());
        assertThat(stored.service()).isEqualTo(world.pds.url());
        assertThat(stored.lastRefresh()).isEqualTo(world.clock.instant());
        assertThat(world.pds.requests()).isEmpty();
    }

    @Test
    void resumeAll_reportsOneAccountsEnd_andContinues() {
        AccountPool pool = filled();
        world.clock.advance(Duration.ofHours(3));
        world.pds.oauth().revokeSessions(world.alice.did());

        List<AccountResult> results = pool.resumeAll(3);

        assertThat(of(world.alice, results).failure()).isInstanceOf(SessionEndedException.class);
        assertThat(of(world.bob, results).outcome()).isEqualTo(Outcome.DONE);
        assertThat(of(carol, results).outcome()).isEqualTo(Outcome.DONE);
        assertThat(pool.accounts()).containsExactlyInAnyOrder(world.bob.did(), carol.did());
        assertThat(events).filteredOn(SessionEvent.Refreshed.class::isInstance).hasSize(2);
        assertThat(events).filteredOn(SessionEvent.Ended.class::isInstance).hasSize(1);
    }

    @Test
    void logoutAll_endsBothKinds_andQueuesFailures() {
        AccountPool pool = filled();
        world.pds.faults().always(REVOKE, Fault.status(503));

        List<AccountResult> results = pool.logoutAll(1);

        assertThat(of(world.alice, results).outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(of(world.bob, results).outcome()).isEqualTo(Outcome.DONE);
        assertThat(pool.accounts()).isEmpty();
        world.pds.faults().clear();
        assertThat(pool.maintain().pendingLogouts()).as("not due yet").isEqualTo(2);
        world.clock.advance(Duration.ofHours(2));
        assertThat(pool.maintain().pendingLogouts()).isZero();
        assertThat(world.pds.oauth().sessions(world.alice.did())).isZero();
        assertThat(world.pds.oauth().sessions(carol.did())).isZero();
    }

    @Test
    void accountWithBothKinds_usesThePassword_andLogsOutBoth() {
        AccountPool pool = filled();
        Session oauth = pool.session(world.alice.did());

        PasswordSession password = pool.open(credentials(world.alice));

        assertThat(pool.session(world.alice.did())).isSameAs(password).isNotSameAs(oauth);
        assertThat(pool.accounts()).hasSize(3);
        List<SessionHealth> all = new ArrayList<>();
        pool.forEachHealth(all::add);
        assertThat(all).hasSize(3);
        assertThat(pool().session(world.alice.did())).isInstanceOf(PasswordSession.class);

        assertThat(of(world.alice, pool.logoutAll(3)).outcome()).isEqualTo(Outcome.DONE);

        assertThat(world.entries(Kind.SESSION) + world.entries(Kind.OAUTH)).isZero();
        assertThat(world.pds.oauth().sessions(world.alice.did())).isZero();
        assertThatThrownBy(() -> PasswordSession.resume(password.data())).isInstanceOf(SessionEndedException.class);
    }

    @Test
    void endedPasswordSession_leavesTheOAuthSession() {
        AccountPool pool = filled();
        pool.open(credentials(world.alice)).logout();

        assertThat(pool.session(world.alice.did())).isInstanceOf(OAuthSession.class);
        assertThat(pool.client(world.alice.did()).call(GetSession.QUERY).did()).isEqualTo(world.alice.did());
    }

    @Test
    void maintain_refreshesIdleSessions_ofConfidentialClients() {
        OAuthClient web = world.webClient(ClientKeys.generate());
        world.signIn(web, world.alice);
        AccountPool pool = pool(o -> o.source(web.sessions()));
        world.clock.advance(Duration.ofDays(29));
        assertThat(pool.maintain().refreshed()).isZero();
        world.clock.advance(Duration.ofDays(2));

        MaintenanceReport report = pool.maintain();

        assertThat(report.refreshed()).isEqualTo(1);
        assertThat(report.notRefreshed()).isEmpty();
        assertThat(pool.size()).as("it isn't kept in memory").isZero();
        assertThat(pool.health(world.alice.did()).lastRefresh()).isEqualTo(world.clock.instant());
        assertThat(pool.maintain().refreshed()).isZero();
    }

    @Test
    void maintain_refreshesTheOAuthSession_besideAPassword() {
        OAuthClient web = world.webClient(ClientKeys.generate());
        world.signIn(web, world.alice);
        AccountPool pool = pool(o -> o.source(web.sessions()));
        pool.open(credentials(world.alice));
        world.clock.advance(Duration.ofDays(31));

        assertThat(pool.maintain().refreshed()).isEqualTo(1);

        assertThat(web.sessions().health(world.alice.did()).lastRefresh()).isEqualTo(world.clock.instant());
        assertThat(pool.session(world.alice.did())).isInstanceOf(PasswordSession.class);
    }

    @Test
    void maintain_endedPublicSession_isReported_andForgotten() {
        AccountPool pool = filled();
        world.clock.advance(Duration.ofDays(31));

        MaintenanceReport report = pool.maintain();

        assertThat(report.notRefreshed())
                .extracting(AccountResult::did)
                .containsExactlyInAnyOrder(world.alice.did(), carol.did());
        assertThat(report.notRefreshed()).allMatch(result -> result.failure() instanceof SessionEndedException);
        assertThat(pool.accounts()).containsExactly(world.bob.did());
    }

    @Test
    void unsavedTokens_stayInMemory_untilSaved() {
        AccountPool pool = filled();
        Session session = pool.session(world.alice.did());
        store.after = operation -> {
            if (operation == Operation.SAVE) { // The refresh is announced; then the disk is full.
                store.after = later -> {};
                store.fail(Operation.SAVE);
            }
        };
        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.isSaved()).isFalse();

        assertThat(pool.evict(world.alice.did())).isFalse();
        assertThat(pool.maintain().unsaved()).isEqualTo(1);
        store.before = operation -> {};
        pool.close();

        assertThat(session.isSaved()).isTrue();
        assertThat(pool().client(world.alice.did()).call(GetSession.QUERY).did())
                .isEqualTo(world.alice.did());
    }

    @Test
    void close_waitsForARefresh_whoseCallerHasLeft() {
        AccountPool pool = filled();
        Session session = pool.session(world.alice.did());
        world.pds.oauth().slowRotation(Duration.ZERO, Duration.ofMillis(300));
        Thread.currentThread().interrupt();
        assertThatThrownBy(session::refresh).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();

        pool.close();

        assertThat(events).hasAtLeastOneElementOfType(SessionEvent.Refreshed.class);
        assertThat(session.isSaved()).isTrue();
    }

    @Test
    void sessionsWithAnId_areLeftOut() {
        Authorization authorization = client.authorize(OAuthWorld.handle(world.alice), o -> o.sessionId("browser-1"));
        client.callback(world.pds.authorize(authorization.url(), world.alice), authorization.browserSecret());
        AccountPool pool = pool();

        assertThat(client.accounts()).containsExactly(world.alice.did());
        assertThat(pool.accounts()).isEmpty();
        assertThat(pool.find(world.alice.did())).isNull();
    }
}
