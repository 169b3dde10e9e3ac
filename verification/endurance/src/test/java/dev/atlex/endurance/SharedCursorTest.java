package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.sync.SubscribeRepos;
import dev.atlex.session.postgres.PostgresServer;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.SessionStore;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RepoStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consumers that share a cursor in PostgreSQL: one is killed, the database fails, or the lease is lost. */
class SharedCursorTest extends EnduranceTest {
    private static final Pattern HANDLED = Pattern.compile("handled (\\d+) (\\S+)\\.");
    private static final EventServer.Plan PLAN = new EventServer.Plan(50, 150, 1_000, 0, Long.MAX_VALUE - 1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final int takeovers = Scale.of("takeovers", 3, 20);
    private final int outages = Scale.of("outages", 1, 50);
    private final Random random = new Random(Scale.SEED);
    private final Deliveries deliveries = new Deliveries();
    private final List<ChildProcess> processes = new ArrayList<>();
    private StoreLocation location;
    private EventServer events;

    @BeforeEach
    void start() throws IOException {
        location = StoreLocation.create(StoreLocation.Kind.POSTGRES);
        events = new EventServer(PLAN);
    }

    @AfterEach
    void stop() throws IOException {
        processes.forEach(ChildProcess::close);
        events.close();
        location.close();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waits too long: " + what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void awaitHandled(long sequence) throws InterruptedException {
        await("handled up to " + sequence, () -> deliveries.contiguous() >= sequence);
    }

    private long saved(SessionStore store) {
        SavedCursor cursor =
                CursorStore.of(store).cursor(events.url(), SubscribeRepos.NSID).load();
        return cursor == null ? 0 : cursor.sequence();
    }

    private ChildProcess startProcess() throws Exception {
        ChildProcess process = ChildProcess.start(
                SCANNER, StreamProcess.class, List.of("-Xmx64m"), "index", events.url(), location.where());
        processes.add(process);
        process.await("open");
        return process;
    }

    private void handled(String line) {
        Matcher handled = HANDLED.matcher(line);
        if (handled.matches()) { // the last line of a killed process may be incomplete
            deliveries.add(handled.group(2), Long.parseLong(handled.group(1)));
        }
    }

    @Test
    void killedConsumer_isReplacedByTheWaitingOne() throws Exception {
        SessionStore store = location.open(1);
        long longest = 0;
        ChildProcess active = startProcess();
        handled(active.next());
        for (int takeover = 1; takeover <= takeovers; takeover++) {
            ChildProcess waiting = startProcess();
            for (int wanted = 200 + random.nextInt(800); wanted > 0; wanted--) {
                handled(active.next());
            }
            assertThat(waiting.poll(Duration.ZERO)).as("handled by both").isNull();
            active.kill();
            long killed = System.nanoTime();
            active.rest().forEach(this::handled);
            long saved = saved(store);
            assertThat(saved).isBetween(1L, deliveries.contiguous());
            if (!Scale.LONG) {
                location.expireLeases(); // in the long form, they expire on their own, after a minute at most
            }

            deliveries.restart();
            String first = waiting.next();
            longest = Math.max(longest, System.nanoTime() - killed);
            assertThat(sequence(first)).as("repeated although saved").isGreaterThan(saved);
            handled(first);
            active = waiting;
        }
        figures(
                "streams: %d takeovers on PostgreSQL, the longest took %d ms; %d events, %d duplicates",
                takeovers, Duration.ofNanos(longest).toMillis(), deliveries.contiguous(), deliveries.duplicates());
        assertThat(deliveries.disorder()).isEmpty();
    }

    private static long sequence(String line) {
        Matcher handled = HANDLED.matcher(line);
        assertThat(handled.matches()).as(line).isTrue();
        return Long.parseLong(handled.group(1));
    }

    private RepoStream consume(SessionStore store) {
        RepoStream stream = Firehose.connect(f ->
                f.service(events.url()).cursor(CursorStore.of(store)).startAt(0).saveInterval(Duration.ofMillis(20)));
        stream.consume(Lanes.of(2), event -> deliveries.add(String.valueOf(event.did()), event.sequence()));
        return stream;
    }

    /** The database crashes while the position is saved all the time, and stays down longer than a save is retried. */
    @Test
    void databaseOutage_neitherStopsTheStreamNorRepeatsEvents() throws Exception {
        PostgresServer server = PostgresServer.get();
        SessionStore store = location.open(2, Duration.ofSeconds(1));
        try (RepoStream stream = consume(store)) {
            for (int outage = 1; outage <= outages; outage++) {
                awaitHandled(deliveries.contiguous() + 300);
                long during;
                server.stop();
                try {
                    during = deliveries.contiguous() + 1_500 + random.nextInt(1_000);
                    awaitHandled(during);
                } finally {
                    server.start();
                    server.awaitReady();
                }
                await("saved after the outage", () -> saved(store) >= during);
                assertThat(saved(store)).isLessThanOrEqualTo(deliveries.contiguous());
            }
            assertThat(stream.health().reconnects()).isZero();
            assertThat(stream.health().closed()).isFalse();
        }
        figures("streams: %d outages of PostgreSQL, %d events", outages, deliveries.contiguous());
        assertThat(saved(store)).isEqualTo(deliveries.contiguous());
        assertThat(deliveries.duplicates()).isZero();
        assertThat(deliveries.disorder()).isEmpty();
    }

    /** As after an outage that was longer than the lease, both believe that they hold it. */
    @Test
    void consumerThatLosesItsLease_leavesTheStreamToTheOther() throws Exception {
        SessionStore store = location.open(2);
        try (RepoStream first = consume(store)) {
            awaitHandled(300);
            try (RepoStream second = consume(location.open(2))) {
                await("first save", () -> saved(store) > 0);
                assertThat(second.health().standby()).isTrue();
                location.expireLeases();

                await(
                        "takeover",
                        () -> !second.health().standby() && first.health().standby());

                long now = deliveries.contiguous();
                awaitHandled(now + 2_000);
                assertThat(first.health().standby()).isTrue();
                assertThat(second.health().standby()).isFalse();
                await("save after the takeover", () -> saved(store) > now);
                assertThat(saved(store)).isLessThanOrEqualTo(deliveries.contiguous());
            }
        }
    }
}
