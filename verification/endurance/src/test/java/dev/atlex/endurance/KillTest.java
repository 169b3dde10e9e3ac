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

/** A process that refreshes and saves all the time is killed, again and again. */
class KillTest extends Watched {
    private static final String SIGN_IN = "com.atproto.server.createSession";
    private static final int MAX_ENTRY = 64 << 10;
    private static final List<String> SMALL = List.of("-Xmx64m");

    private final AtomicInteger killedEarly = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void killedProcessIsFollowedByOneThatResumes(Place.Kind kind) throws Exception {
        int kills = Size.of("kills", 10, 1000);
        // Leases of the dead last for some seconds in a database: there, most wait.
        int accounts = Math.min(kills, kind == Place.Kind.FILES ? 4 : Size.of("killed-accounts", 10, 24));
        long start = System.nanoTime();
        try (LocalPds pds = LocalPds.start();
                Place place = Place.make(kind)) {
            SessionStore store = place.open(2);
            for (int i = 0; i < accounts; i++) {
                pds.createAccount(handle(i), Secrets.password(handle(i)));
                PasswordSession.open(
                                Credentials.of(pds.url().toString(), handle(i), Secrets.password(handle(i))), store)
                        .close();
            }
            assertThat(pds.count(SIGN_IN)).isEqualTo(accounts);
            // From now on signing in fails, and the process that tries says so.
            pds.faults().always(SIGN_IN, Fault.status(500));
            left.set(kills);
            ExecutorService lanes = Executors.newFixedThreadPool(accounts);
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                String handle = handle(i);
                Random random = new Random(i);
                running.add(lanes.submit(() -> kill(pds, place, handle, random)));
            }
            try {
                for (Future<Void> lane : running) {
                    lane.get();
                }
            } finally {
                lanes.shutdownNow();
                assertThat(lanes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
            int largest = largest(store);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            figures(
                    "%s: %d kills (%d of them while starting), %d accounts, 0 sign-ins but the first; largest entry %d"
                            + " bytes; %d s",
                    kind, kills, killedEarly.get(), accounts, largest, took.toSeconds());
            assertThat(largest).isLessThan(MAX_ENTRY);
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    @Test
    void entryDoesNotGrowWithEachRefresh() {
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

    private Void kill(LocalPds pds, Place place, String handle, Random random) throws Exception {
        while (left.getAndDecrement() > 0) {
            try (Child child = start(pds, place, handle)) {
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
        try (Child last = start(pds, place, handle)) {
            last.await("open");
            last.await("refreshed");
        }
        return null;
    }

    private static Child start(LocalPds pds, Place place, String handle) throws Exception {
        return Child.start(
                WATCH, Refresher.class, SMALL, place.where(), pds.url().toString(), handle);
    }
}
