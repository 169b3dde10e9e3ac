package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.Client;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.AccountResult;
import dev.atlex.session.pool.AccountResult.Outcome;
import dev.atlex.session.pool.MaintenanceReport;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.ratelimit.RateLimitRule;
import dev.atlex.session.ratelimit.RateLimitedException;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AccountPoolTest extends PdsTest {
    private static final Did NOBODY = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final BreakingStore store = new BreakingStore();
    private final List<AccountPool> pools = new ArrayList<>();

    /** A store in memory that can fail, or be slow. */
    private static final class BreakingStore implements SessionStore {
        private final MemorySessionStore memory = new MemorySessionStore();
        volatile boolean full;
        volatile boolean slow;
        final Set<Key> unreadable = ConcurrentHashMap.newKeySet();

        @Override
        public Entry load(Key key) {
            if (unreadable.contains(key)) {
                throw new SessionStoreException("corrupt", null);
            }
            if (slow) {
                // Long enough for other threads to get here.
                LockSupport.parkNanos(20_000_000);
            }
            return memory.load(key);
        }

        @Override
        public Entry save(Key key, long expected, String value) {
            if (full) {
                throw new SessionStoreException("the disk is full", null);
            }
            return memory.save(key, expected, value);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            memory.forEach(kind, action);
        }

        @Override
        public boolean delete(Key key, long expected) {
            return memory.delete(key, expected);
        }

        @Override
        public Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
            return memory.acquireLease(key, ttl, maxWait);
        }
    }

    private AccountPool pool(Consumer<? super PoolOptions.Builder> more) {
        AccountPool pool = AccountPool.create(store, PoolOptions.of(options -> {
            options.session(options(session -> session.listener(event -> {
                events.add(event);
                shown(event);
            })));
            more.accept(options);
        }));
        pools.add(pool);
        return pool;
    }

    private AccountPool pool() {
        return pool(none -> {});
    }

    @AfterEach
    void closePoolsAndPrintThem() {
        for (AccountPool pool : pools) {
            pool.close();
            shown(pool);
        }
        Thread.getAllStackTraces().keySet().forEach(thread -> {
            if (thread.getName().startsWith("atlex-pool")) {
                try {
                    thread.join(10_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("atlex-pool"));
    }

    /** Saves sessions of new accounts that no pool has opened. */
    private List<Did> stored(int count) {
        List<Did> dids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var account = pds.createAccount("user" + i + ".test", "password-" + i);
            secrets.add("password-" + i);
            Credentials credentials = Credentials.of(pds.url().toString(), account.handle(), "password-" + i);
            dids.add(know(PasswordSession.open(credentials, store, options())).did());
        }
        pds.clearRequests();
        return dids;
    }

    private Did aliceDid() {
        return alice.did();
    }

    private static Outcome outcome(List<AccountResult> results, Did did) {
        return result(results, did).outcome();
    }

    private static AccountResult result(List<AccountResult> results, Did did) {
        return results.stream().filter(one -> one.did().equals(did)).findFirst().orElseThrow();
    }

    private static PasswordSession passwordSession(AccountPool pool, Did did) {
        return (PasswordSession) pool.session(did);
    }

    @Test
    void open_byManyThreads_signsInOnce() throws Exception {
        AccountPool pool = pool();
        Set<PasswordSession> sessions = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

        List<Throwable> failures = Racing.all(64, () -> sessions.add(pool.open(credentials())));

        assertThat(failures).containsOnlyNulls();
        assertThat(sessions).hasSize(1);
        assertThat(pds.count(CREATE)).isEqualTo(1);
        assertThat(pool.size()).isEqualTo(1);
        know(sessions.iterator().next());
        assertThat(pool.session(aliceDid())).isSameAs(sessions.iterator().next());
        assertThat(pool.open(Credentials.of(pds.url().toString(), alice.did().toString(), appPassword)))
                .isSameAs(pool.session(aliceDid()));
        assertThat(pds.count(CREATE)).isEqualTo(1);
    }

    @Test
    void session_byManyThreads_sendsNoRequest() throws Exception {
        List<Did> dids = stored(3);
        store.slow = true;
        AccountPool pool = pool();
        Set<Session> sessions = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

        List<Throwable> failures = Racing.all(64, () -> {
            for (Did did : dids) {
                sessions.add(pool.session(did));
            }
            return null;
        });

        assertThat(failures).containsOnlyNulls();
        assertThat(sessions).hasSize(3);
        assertThat(pds.requests()).isEmpty();
        assertThat(events).filteredOn(SessionEvent.Resumed.class::isInstance).hasSize(3);
    }

    @Test
    void unknownAccount_throws() {
        AccountPool pool = pool();

        assertThatThrownBy(() -> pool.session(NOBODY))
                .isInstanceOfSatisfying(
                        UnknownAccountException.class, e -> assertThat(e.did()).isEqualTo(NOBODY));
        assertThatThrownBy(() -> pool.health(NOBODY)).isInstanceOf(UnknownAccountException.class);
        assertThatThrownBy(() -> pool.client(NOBODY).call(CheckAccountStatus.QUERY))
                .isInstanceOf(UnknownAccountException.class);
        assertThat(pool.find(NOBODY)).isNull();
        assertThat(pool.find(Handle.of("nobody.test"))).isNull();
        assertThat(pool.size()).isZero();
    }

    @Test
    void find_byHandle_searchesMemoryAndStore() {
        List<Did> dids = stored(3);
        AccountPool pool = pool();
        pool.session(dids.get(1));

        assertThat(pool.find(Handle.of("USER1.test"))).isSameAs(pool.session(dids.get(1)));
        assertThat(pool.find(Handle.of("user2.test"))).isSameAs(pool.session(dids.get(2)));
        assertThat(pool.find(dids.get(0))).isSameAs(pool.session(dids.get(0)));
        assertThat(pool.accounts()).containsExactlyInAnyOrderElementsOf(dids);
    }

    @Test
    void client_refreshesExpiredTokens() {
        List<Did> dids = stored(2);
        AccountPool pool = pool();
        Client client = pool.client(dids.get(1));
        clock.advance(EXPIRY);

        client.call(CheckAccountStatus.QUERY);
        know(pool.session(dids.get(1)));

        assertThat(client.did()).isEqualTo(dids.get(1));
        assertThat(refreshes()).isEqualTo(1);
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void endedSession_isReopenedAfterASignIn() {
        Did did = stored(1).get(0);
        AccountPool pool = pool();
        Session old = pool.session(did);
        old.logout();
        assertThatThrownBy(() -> pool.session(did)).isInstanceOf(UnknownAccountException.class);
        assertThat(pool.size()).isZero();

        know(PasswordSession.open(Credentials.of(pds.url().toString(), "user0.test", "password-0"), store, options()));

        assertThat(pool.session(did)).isNotSameAs(old);
        pool.client(did).call(CheckAccountStatus.QUERY);
    }

    @Test
    void health_coversMemoryAndStore() {
        List<Did> dids = stored(4);
        store.save(Key.session(NOBODY), SessionStore.NONE, "{\"session\":\"corrupt\"}");
        AccountPool pool = pool();
        pds.faults().always(REFRESH, Fault.status(503));
        pool.session(dids.get(2)).refresh();

        List<SessionHealth> all = new ArrayList<>();
        pool.forEachHealth(all::add);

        assertThat(all).extracting(SessionHealth::did).containsExactlyInAnyOrderElementsOf(dids);
        assertThat(all.get(0).did()).isEqualTo(dids.get(2));
        assertThat(all.get(0).status()).isEqualTo(SessionHealth.Status.FAILING);
        assertThat(all.subList(1, 4)).allMatch(one -> one.status() == SessionHealth.Status.ACTIVE);
        assertThat(pool.health(dids.get(2)).retryAt()).isNotNull();
        assertThat(pool.health(dids.get(1)).lastRefresh()).isNotNull();
        assertThat(pool.size()).isEqualTo(1);
        all.forEach(this::shown);
    }

    @Test
    void resumeAll_continuesAfterFailures() {
        List<Did> dids = stored(5);
        store.save(Key.session(NOBODY), SessionStore.NONE, "{\"session\":\"corrupt\"}");
        AccountPool pool = pool();
        clock.advance(EXPIRY);
        pds.takedown(dids.get(1));
        pds.revokeSessions(dids.get(2));
        store.unreadable.add(Key.session(dids.get(3)));

        List<AccountResult> results = pool.resumeAll(3);

        assertThat(results).hasSize(6);
        assertThat(outcome(results, dids.get(0))).isEqualTo(Outcome.DONE);
        assertThat(result(results, dids.get(1)).failure()).isInstanceOf(SessionException.class);
        assertThat(result(results, dids.get(2)).failure()).isInstanceOf(SessionEndedException.class);
        assertThat(result(results, dids.get(3)).failure()).isInstanceOf(SessionStoreException.class);
        assertThat(outcome(results, dids.get(4))).isEqualTo(Outcome.DONE);
        assertThat(result(results, NOBODY).failure()).isInstanceOf(SessionStoreException.class);
        results.forEach(this::shown);
    }

    @Test
    void resumeAll_serverDown_isPostponed() {
        List<Did> dids = stored(2);
        AccountPool pool = pool();
        clock.advance(EXPIRY);
        pds.faults().always(REFRESH, Fault.status(503));

        List<AccountResult> results = pool.resumeAll(8);

        assertThat(results).allMatch(one -> one.outcome() == Outcome.POSTPONED && one.failure() != null);
        assertThat(pool.size()).isEqualTo(dids.size());
    }

    @Test
    void resumeAll_respectsTheParallelism() {
        stored(12);
        AccountPool pool = pool();
        clock.advance(EXPIRY);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AccountPool counting = AccountPool.create(
                store,
                PoolOptions.of(o -> o.session(options(session -> session.transport(request -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        return send(request);
                    } finally {
                        now.decrementAndGet();
                    }
                })))));
        pools.add(counting);

        assertThat(counting.resumeAll(3)).allMatch(one -> one.outcome() == Outcome.DONE);

        assertThat(most.get()).isBetween(1, 3);
        assertThat(refreshes()).isEqualTo(12);
        assertThatThrownBy(() -> pool.resumeAll(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void logoutAll_queuesFailedLogouts() {
        List<Did> dids = stored(4);
        AccountPool pool = pool();
        pds.faults().inject(DELETE, 1, Fault.status(503));

        List<AccountResult> results = pool.logoutAll(1);

        assertThat(results).hasSize(4);
        assertThat(results)
                .filteredOn(one -> one.outcome() == Outcome.POSTPONED)
                .hasSize(1);
        assertThat(results).filteredOn(one -> one.outcome() == Outcome.DONE).hasSize(3);
        assertThat(pool.accounts()).isEmpty();
        assertThat(pool.size()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(pool.maintain().pendingLogouts()).isZero();
        assertThat(pds.count(DELETE)).isEqualTo(dids.size() + 1);
    }

    @Test
    void resumeAll_interrupted_returnsAllResults() throws Exception {
        stored(6);
        AccountPool pool = pool();
        clock.advance(EXPIRY);
        pds.faults().always(REFRESH, Fault.delay(Duration.ofSeconds(100)));
        List<AccountResult> results = new CopyOnWriteArrayList<>();
        AtomicInteger flagged = new AtomicInteger();
        Thread caller = new Thread(() -> {
            results.addAll(pool.resumeAll(2));
            flagged.set(Thread.currentThread().isInterrupted() ? 1 : -1);
        });
        caller.start();
        pds.awaitRequests(REFRESH, 2, Duration.ofSeconds(30));
        caller.interrupt();
        caller.join();

        assertThat(results).hasSize(6).noneMatch(one -> one.outcome() == Outcome.DONE);
        assertThat(results)
                .filteredOn(one -> one.failure() instanceof TransportInterruptedException)
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(flagged).hasValue(1);
        assertThat(refreshes()).isEqualTo(2);
    }

    @Test
    void evictedSession_isReopened() {
        Did did = stored(1).get(0);
        AccountPool pool = pool();
        PasswordSession first = passwordSession(pool, did);

        assertThat(pool.evict(did)).isTrue();
        assertThat(pool.evict(did)).isFalse();
        assertThat(pool.size()).isZero();
        PasswordSession second = passwordSession(pool, did);
        assertThat(second).isNotSameAs(first);
        know(second);
        second.refresh();
        know(second);
        // The first session picks up the tokens of the second one, like another process.
        first.refresh();
        assertThat(first.data().toJson()).isEqualTo(second.data().toJson());
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void maxOpen_dropsTheLeastRecentlyUsed() {
        List<Did> dids = stored(5);
        AccountPool pool = pool(options -> options.maxOpen(2));
        Session first = pool.session(dids.get(0));
        pool.session(dids.get(1));
        assertThat(pool.session(dids.get(0))).isSameAs(first);

        pool.session(dids.get(2));

        assertThat(pool.size()).isEqualTo(2);
        assertThat(pool.session(dids.get(0))).isSameAs(first);
        pool.resumeAll(4);
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void unsavedSession_staysInMemory() {
        List<Did> dids = stored(4);
        AccountPool pool = pool(options -> options.maxOpen(1));
        store.full = true;
        PasswordSession unsaved = passwordSession(pool, dids.get(0));
        unsaved.refresh();
        know(unsaved);
        pool.session(dids.get(1));
        pool.session(dids.get(2));
        assertThat(pool.evict(dids.get(0))).isFalse();

        assertThat(pool.session(dids.get(0))).isSameAs(unsaved);
        assertThat(pool.maintain().unsaved()).isEqualTo(1);
        store.full = false;
        assertThat(pool.maintain().unsaved()).isZero();
        assertThat(pool.evict(dids.get(0))).isTrue();
        assertThat(passwordSession(pool, dids.get(0)).data().toJson())
                .isEqualTo(unsaved.data().toJson());
    }

    @Test
    void maintain_refreshesIdleSessions() {
        List<Did> dids = stored(3);
        AccountPool pool = pool();
        clock.advance(Duration.ofDays(59)); // of 90
        assertThat(pool.maintain().refreshed()).isZero();
        assertThat(refreshes()).isZero();
        clock.advance(Duration.ofDays(2));
        pds.faults().next(REFRESH, Fault.status(501));

        MaintenanceReport report = pool.maintain();

        assertThat(report.refreshed()).isEqualTo(2);
        assertThat(report.notRefreshed()).hasSize(1).allMatch(one -> one.outcome() == Outcome.POSTPONED);
        assertThat(pool.size()).isZero();
        assertThat(pool.maintain().refreshed()).isEqualTo(1);
        assertThat(pool.maintain())
                .hasToString("MaintenanceReport[pendingLogouts=0, refreshed=0, notRefreshed=[], unsaved=0]");
        clock.advance(Duration.ofDays(60));
        assertThat(pool.resumeAll(2)).hasSize(dids.size()).allMatch(one -> one.outcome() == Outcome.DONE);
    }

    @Test
    void maintainEvery_startsAThread() throws Exception {
        stored(1);
        clock.advance(Duration.ofDays(61));
        pool(options -> options.maintainEvery(Duration.ofMillis(5)));

        pds.awaitRequests(REFRESH, 1, Duration.ofSeconds(60));
    }

    @Test
    void resumeAll_staysWithinTheHostLimit() {
        stored(5);
        List<Duration> waits = new CopyOnWriteArrayList<>();
        RateLimiter rateLimiter = RateLimiter.create(o -> o.clock(new TimeSourceClock(new TimeSource(
                        clock,
                        () -> clock.millis() * 1_000_000,
                        duration -> {
                            waits.add(duration);
                            clock.advance(duration);
                        },
                        () -> 1)))
                .hostLimits(List.of(new RateLimitRule(2, Duration.ofMinutes(1)))));
        AccountPool pool = pool(options -> options.rateLimiter(rateLimiter));
        clock.advance(EXPIRY);

        assertThat(pool.resumeAll(1)).allMatch(one -> one.outcome() == Outcome.DONE);

        assertThat(waits).hasSize(2);
    }

    @Test
    void clients_stayWithinTheRateLimits() {
        Did did = stored(1).get(0);
        RateLimiter rateLimiter = RateLimiter.create(
                        o -> o.hostLimits(List.of(new RateLimitRule(2, Duration.ofMinutes(1)))))
                .failFast();
        Client client = pool(options -> options.rateLimiter(rateLimiter)).client(did);
        client.call(CheckAccountStatus.QUERY);
        client.call(CheckAccountStatus.QUERY);

        failureOf(RateLimitedException.class, () -> client.call(CheckAccountStatus.QUERY));
        assertThat(pds.count(CALL)).isEqualTo(2);
    }

    @Test
    void close_waitsForCallsInProgress() throws Exception {
        Did did = stored(1).get(0);
        AtomicInteger answered = new AtomicInteger();
        AccountPool pool = pool(options -> options.closeWithin(Duration.ofSeconds(60))
                .session(options(session -> session.transport(request -> {
                    TransportResponse response = send(request);
                    answered.incrementAndGet();
                    return response;
                }))));
        Client client = pool.client(did);
        pds.faults().next(CALL, Fault.delay(Duration.ofMillis(300)));
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> client.call(CheckAccountStatus.QUERY));
        caller.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        caller.start();
        pds.awaitRequests(CALL, 1, Duration.ofSeconds(30));

        pool.close();

        assertThat(answered).hasValue(1);
        caller.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void close_stopsWaitingAtTheLimit() throws Exception {
        Did did = stored(1).get(0);
        AccountPool pool = pool(options -> options.closeWithin(Duration.ofMillis(50)));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        Thread slow = new Thread(() -> pool.forEachHealth(health -> {
            inside.countDown();
            try {
                out.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        slow.start();
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

        pool.close();

        assertThat(slow.isAlive()).isTrue();
        out.countDown();
        slow.join();
        assertThat(store.load(did)).isNotNull();
    }

    @Test
    void close_savesAndKeepsSessions() {
        List<Did> dids = stored(2);
        AccountPool pool = pool();
        PasswordSession session = passwordSession(pool, dids.get(0));
        Client client = pool.client(dids.get(1));
        store.full = true;
        session.refresh();
        know(session);
        assertThat(session.isSaved()).isFalse();
        store.full = false;

        pool.close();
        pool.close();

        assertThat(store.load(dids.get(0)).toJson()).isEqualTo(session.data().toJson());
        assertThat(pds.count(DELETE)).isZero();
        assertThatThrownBy(() -> pool.session(dids.get(0))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.open(credentials())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.resumeAll(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pool::maintain).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pool::accounts).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.call(CheckAccountStatus.QUERY)).isInstanceOf(IllegalStateException.class);
        call(session);
        assertThat(pool()).satisfies(next -> assertThat(next.accounts()).hasSize(2));
    }

    @Test
    void close_byInterruptedThread_saves() {
        Did did = stored(1).get(0);
        AccountPool pool = pool();
        Session session = pool.session(did);
        store.full = true;
        session.refresh();
        know(session);
        store.full = false;

        Thread.currentThread().interrupt();
        pool.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(session.isSaved()).isTrue();
    }

    @Test
    void close_duringResumeAll_returnsAllResults() throws Exception {
        stored(4);
        AccountPool pool = pool(options -> options.closeWithin(Duration.ofSeconds(60)));
        clock.advance(EXPIRY);
        pds.faults().next(REFRESH, Fault.delay(Duration.ofMillis(300)));
        List<AccountResult> results = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> results.addAll(pool.resumeAll(1)));
        caller.start();
        pds.awaitRequests(REFRESH, 1, Duration.ofSeconds(30));

        pool.close();
        caller.join();

        assertThat(results).hasSize(4);
        assertThat(results.get(0).outcome()).isEqualTo(Outcome.DONE);
        assertThat(results.subList(1, 4)).allMatch(one -> one.failure() instanceof IllegalStateException);
    }

    @Test
    void hugeDurations_meanNever() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        AccountPool pool = pool(options -> options.maintainEvery(huge).closeWithin(huge));
        assertThat(pool.maintain().pendingLogouts()).isZero();
        pool.close();
    }
}
