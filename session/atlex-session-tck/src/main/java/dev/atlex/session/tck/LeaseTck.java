package dev.atlex.session.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests for leases. */
abstract class LeaseTck extends ValueTck {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final Key SESSION = Key.oauth(Did.of("did:plc:alice"), null);

    /** A time that is longer than stores wait before they presume a silent process dead. */
    private static final Duration LONGER_THAN_HEARTBEATS = Duration.ofSeconds(12);

    /** The maximum delay of a waiter on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    static Lease taken(SessionStore store, Key key) throws InterruptedException {
        return taken(store, key, Duration.ZERO);
    }

    static Lease taken(SessionStore store, Key key, Duration maxWait) throws InterruptedException {
        Lease lease = store.acquireLease(key, LONG, maxWait);
        if (lease == null) {
            throw new AssertionError("no lease of " + key);
        }
        return lease;
    }

    private static @Nullable Lease tried(SessionStore store, Key key) throws InterruptedException {
        return store.acquireLease(key, LONG, Duration.ZERO);
    }

    @Test
    public void lease_isHeldByOneCallerAtATime() throws Exception {
        SessionStore store = store();
        SessionStore sibling = store();
        SessionStore other = elsewhere();
        Lease lease = taken(store, ALICE);

        for (SessionStore each : List.of(store, sibling, other)) {
            assertThat(tried(each, ALICE)).as("by the same thread").isNull();
            assertThat(together(List.<Callable<Boolean>>of(() -> tried(each, ALICE) == null)))
                    .as("by another thread")
                    .containsExactly(true);
        }
        lease.close();
        for (SessionStore each : List.of(store, sibling, other, store)) {
            taken(each, ALICE, SLACK).close();
        }
    }

    /** Callers pass such durations to say "no limit". */
    @Test
    public void lease_hugeDurations_areAccepted() throws Exception {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        for (SessionStore each : List.of(store(), elsewhere())) {
            try (Lease lease = each.acquireLease(ALICE, huge, huge)) {
                assertThat(lease).isNotNull();
            }
        }
    }

    @Test
    public void lease_isExclusiveUntilItsTtl() throws Exception {
        Duration ttl = Duration.ofSeconds(1);
        SessionStore store = store();
        SessionStore other = elsewhere();
        long start = System.nanoTime();
        Lease lease = Objects.requireNonNull(store.acquireLease(SESSION, ttl, Duration.ZERO));
        Lease next = other.acquireLease(SESSION, ttl, ttl.multipliedBy(2));

        // A store may let the lease held by a living process outlast its ttl.
        if (next != null) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ttl);
            next.close();
        }
        lease.close();
        taken(other, SESSION, SLACK).close();
    }

    /** A holder that may have sent a refresh token must not be taken for dead. */
    @Test
    public void lease_holderCutOff_staysExclusive() throws Exception {
        SessionStore holder = store();
        SessionStore other = elsewhere();
        Lease lease = holder.acquireLease(SESSION, EntryStore.EXCLUSIVE_TTL, Duration.ZERO);
        assertThat(lease).isNotNull();
        assumeThat(cutOff())
                .as("cutOff(): storage with connections that can break")
                .isTrue();

        assertThat(other.acquireLease(SESSION, Duration.ofSeconds(1), LONGER_THAN_HEARTBEATS))
                .isNull();
    }

    @Test
    public void lease_doesNotBlockOtherKeys() throws Exception {
        SessionStore store = store();
        List<Lease> leases = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            leases.add(taken(store, new Key(kind, "did:plc:alice")));
            leases.add(taken(elsewhere(), new Key(kind, "did:plc:ALICE")));
            leases.add(taken(store, new Key(kind, "a".repeat(2047) + "b")));
            leases.add(taken(store, new Key(kind, "a".repeat(2048))));
        }
        leases.forEach(Lease::close);
    }

    @Test
    public void lease_twoHundredAtOnce_areHeld() throws Exception {
        SessionStore store = store();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            leases.add(taken(store, new Key(Kind.SESSION, "did:plc:number" + i)));
        }
        leases.forEach(Lease::close);
        taken(elsewhere(), new Key(Kind.SESSION, "did:plc:number7"), SLACK).close();
    }

    @Test
    public void close_twice_keepsTheNextHoldersLease() throws Exception {
        SessionStore store = store();
        Lease first = taken(store, ALICE);
        first.close();
        Lease second = taken(elsewhere(), ALICE, SLACK);
        first.close();

        assertThat(tried(store, ALICE)).isNull();
        assertThat(tried(elsewhere(), ALICE)).isNull();
        second.close();
    }

    @Test
    public void close_byAnotherThread_releases() throws Exception {
        SessionStore store = store();
        Lease lease = taken(store, ALICE);
        together(List.<Callable<Boolean>>of(() -> {
            lease.close();
            return true;
        }));

        taken(elsewhere(), ALICE, SLACK).close();
    }

    @Test
    public void close_byInterruptedThread_releases() throws Exception {
        SessionStore store = store();
        Lease lease = taken(store, ALICE);
        Thread.currentThread().interrupt();
        try {
            lease.close();
            assertThat(Thread.currentThread().isInterrupted())
                    .as("interrupt flag")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }

        taken(elsewhere(), ALICE, SLACK).close();
    }

    @Test
    public void acquire_whileWaiting_succeedsOnRelease() throws Exception {
        for (SessionStore other : List.of(store(), elsewhere())) {
            Lease lease = taken(store(), ALICE);
            FutureTask<Boolean> waiter = new FutureTask<>(() -> {
                try (Lease second = other.acquireLease(ALICE, LONG, Duration.ofMinutes(1))) {
                    return second != null;
                }
            });
            Thread thread = new Thread(waiter);
            thread.start();
            awaitWaiting(thread);
            assertThat(waiter.isDone()).isFalse();
            lease.close();

            assertThat(waiter.get(SLACK.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    public void acquire_heldLease_returnsNullAfterMaxWait() throws Exception {
        SessionStore store = store();
        try (Lease lease = taken(store, ALICE)) {
            assertThat(lease).isNotNull();
            for (Duration maxWait : List.of(Duration.ZERO, Duration.ofMillis(300))) {
                for (SessionStore each : List.of(store, elsewhere())) {
                    long start = System.nanoTime();
                    assertThat(each.acquireLease(ALICE, LONG, maxWait)).isNull();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(maxWait, maxWait.plus(SLACK));
                }
            }
        }
    }

    @Test
    public void acquire_acceptsVeryLongMaxWait() throws Exception {
        taken(store(), ALICE, Duration.ofDays(100_000)).close();
    }

    @Test
    public void acquire_interruptedWhileWaiting_throws() throws Exception {
        for (SessionStore other : List.of(store(), elsewhere())) {
            Lease lease = taken(store(), ALICE);
            FutureTask<@Nullable Lease> waiter =
                    new FutureTask<>(() -> other.acquireLease(ALICE, LONG, Duration.ofMinutes(1)));
            Thread thread = new Thread(waiter);
            thread.start();
            awaitWaiting(thread);
            thread.interrupt();

            assertThatThrownBy(() -> waiter.get(SLACK.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(tried(other, ALICE)).as("still held").isNull();
            lease.close();
            taken(elsewhere(), ALICE, SLACK).close();
        }
    }

    @Test
    public void acquire_byInterruptedThread_throws() throws Exception {
        SessionStore store = store();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> tried(store, ALICE)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("interrupt flag").isFalse();

        taken(store, ALICE).close();
        taken(elsewhere(), ALICE, SLACK).close();
    }

    @Test
    public void interrupt_keepsTheHoldersLease() throws Exception {
        SessionStore store = store();
        Lease lease = taken(store, ALICE);
        Thread.currentThread().interrupt();
        saved(store, ALICE, SessionStore.NONE, "1");
        Thread.interrupted();

        assertThat(tried(elsewhere(), ALICE)).isNull();
        lease.close();
    }

    @Test
    public void lease_doesNotBlockSaveAndDelete() throws Exception {
        SessionStore other = elsewhere();
        try (Lease lease = taken(store(), ALICE)) {
            assertThat(lease).isNotNull();
            Entry entry = saved(other, ALICE, SessionStore.NONE, "1");
            assertThat(other.load(ALICE)).isEqualTo(entry);
            assertThat(other.delete(ALICE, entry.generation())).isTrue();
            assertThat(tried(other, ALICE))
                    .as("saving does not release the lease")
                    .isNull();
        }
    }

    @Test
    public void lease_isNotListedAsEntry() throws Exception {
        SessionStore store = store();
        try (Lease lease = taken(store, ALICE)) {
            assertThat(lease).isNotNull();
            assertThat(store.load(ALICE)).isNull();
            assertThat(all(store, Kind.SESSION)).isEmpty();
        }
        assertThat(all(elsewhere(), Kind.SESSION)).isEmpty();
    }

    @Test
    public void lease_excludesThreads() throws Exception {
        assertMutualExclusion(Executors.newFixedThreadPool(12));
    }

    /** Skipped on a JDK without virtual threads. */
    @Test
    public void lease_excludesVirtualThreads() throws Exception {
        ExecutorService executor;
        try {
            executor = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | InvocationTargetException e) {
            org.junit.jupiter.api.Assumptions.abort("a JDK without virtual threads");
            return;
        }
        assertMutualExclusion(executor);
    }

    private void assertMutualExclusion(ExecutorService executor) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            SessionStore store = i % 2 == 0 ? store() : elsewhere();
            tasks.add(() -> {
                int most = 0;
                for (int n = 0; n < 5; n++) {
                    try (Lease lease = taken(store, ALICE, Duration.ofMinutes(1))) {
                        assertThat(lease).isNotNull();
                        most = Math.max(most, inside.incrementAndGet());
                        Entry now = store.load(ALICE);
                        long count = now == null ? 0 : Long.parseLong(now.value());
                        // No other thread saves now, so this can't fail.
                        saved(store, ALICE, now == null ? 0 : now.generation(), Long.toString(count + 1));
                        inside.decrementAndGet();
                    }
                }
                return most;
            });
        }

        assertThat(together(executor, tasks)).containsOnly(1);
        assertThat(count(store(), ALICE)).isEqualTo(60);
    }

    @Test
    public void acquire_byManyWaiters_succeedsOneByOne() throws Exception {
        SessionStore store = store();
        Lease lease = taken(store, ALICE);
        CountDownLatch started = new CountDownLatch(8);
        List<FutureTask<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SessionStore other = i % 2 == 0 ? store : elsewhere();
            FutureTask<Boolean> waiter = new FutureTask<>(() -> {
                started.countDown();
                try (Lease next = other.acquireLease(ALICE, LONG, Duration.ofMinutes(1))) {
                    return next != null;
                }
            });
            waiters.add(waiter);
            new Thread(waiter).start();
        }
        assertThat(started.await(SLACK.toSeconds(), TimeUnit.SECONDS)).isTrue();
        lease.close();

        for (FutureTask<Boolean> waiter : waiters) {
            assertThat(waiter.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Waits until a thread is waiting. A thread that is blocked in I/O doesn't count. */
    private static void awaitWaiting(Thread thread) {
        long end = System.nanoTime() + SLACK.toNanos();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("waiting thread").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
