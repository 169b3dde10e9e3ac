package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that refresh and save in a loop are killed at random moments. The next process must be able to resume. */
class KillTest extends EnduranceTest {
    private static final String SIGN_IN = "com.atproto.server.createSession";
    private static final int MAX_ENTRY = 64 << 10;
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m");

    private final AtomicInteger killedEarly = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void kill_nextProcessResumes(StoreLocation.Kind kind) throws Exception {
        int kills = Scale.of("kills", 10, 1000);
        // In a database, the leases of killed processes last for some seconds, so most processes wait for them.
        int accounts = Math.min(kills, kind == StoreLocation.Kind.FILES ? 4 : Scale.of("killed-accounts", 10, 24));
        long start = System.nanoTime();
        try (LocalPds pds = LocalPds.start();
                StoreLocation place = StoreLocation.create(kind)) {
            SessionStore store = place.open(2);
            for (int i = 0; i < accounts; i++) {
                pds.createAccount(handle(i), Secrets.password(handle(i)));
                PasswordSession.open(
                                Credentials.of(pds.url().toString(), handle(i), Secrets.password(handle(i))), store)
                        .close();
            }
            assertThat(pds.count(SIGN_IN)).isEqualTo(accounts);
            // From now on, sign-ins fail, and a process that attempts one prints the failure.
            pds.faults().always(SIGN_IN, Fault.status(500));
            left.set(kills);
            ExecutorService executor = Executors.newFixedThreadPool(accounts);
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                String handle = handle(i);
                Random random = new Random(Scale.SEED + i);
                running.add(executor.submit(() -> killRepeatedly(pds, place, handle, random)));
            }
            try {
                for (Future<Void> account : running) {
                    account.get();
                }
            } finally {
                executor.shutdownNow();
                assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
            int largest = largest(store);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            figures(
                    "kills, %s: %d kills (%d of them during startup), %d accounts, no sign-in after the first; largest"
                            + " entry %d bytes; %d s",
                    kind, kills, killedEarly.get(), accounts, largest, took.toSeconds());
            assertThat(largest).isLessThan(MAX_ENTRY);
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    @Test
    void refresh_entryDoesNotGrow() {
        try (LocalPds pds = LocalPds.start()) {
            pds.createAccount(handle(0), Secrets.password(handle(0)));
            SessionStore store = new MemorySessionStore();
            PasswordSession session = PasswordSession.open(
                    Credentials.of(pds.url().toString(), handle(0), Secrets.password(handle(0))), store);
            for (int i = 0; i < 300; i++) {
                assertThat(session.refresh().refreshed()).isTrue();
            }

            assertThat(largest(store)).isLessThan(MAX_ENTRY);
        }
    }

    private static int largest(SessionStore store) {
        AtomicInteger largest = new AtomicInteger();
        store.forEach(
                SessionStore.Kind.SESSION,
                entry -> largest.accumulateAndGet(entry.value().length(), Math::max));
        return largest.get();
    }

    private static String handle(int number) {
        return "killed" + number + ".test";
    }

    private Void killRepeatedly(LocalPds pds, StoreLocation place, String handle, Random random) throws Exception {
        while (left.getAndDecrement() > 0) {
            try (ChildProcess child = start(pds, place, handle)) {
                if (random.nextInt(4) == 0) {
                    killedEarly.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
                } else {
                    child.await("open");
                    child.await("refreshed");
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(100_000));
                }
                child.kill();
                List<String> rest = child.rest();
                rest.removeAll(List.of("open", "refreshed"));
                assertThat(rest).isEmpty();
            }
        }
        try (ChildProcess last = start(pds, place, handle)) {
            last.await("open");
            last.await("refreshed");
        }
        return null;
    }

    private static ChildProcess start(LocalPds pds, StoreLocation place, String handle) throws Exception {
        return ChildProcess.start(
                SCANNER,
                RefreshingProcess.class,
                SMALL_HEAP,
                place.where(),
                pds.url().toString(),
                handle);
    }
}
