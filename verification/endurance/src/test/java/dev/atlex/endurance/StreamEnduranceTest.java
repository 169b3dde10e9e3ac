package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.sync.SubscribeRepos;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RepoStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams whose connections are cut, whose processes are killed, and whose handlers are too slow. */
class StreamEnduranceTest extends EnduranceTest {
    private static final Pattern HANDLED = Pattern.compile("handled (\\d+) (\\S+)\\.");
    private static final int LANES = 8;
    private static final int LONG_MINUTES = 30;

    private final int cuts = Scale.of("stream-cuts", 30, 10_000);
    private final int kills = Scale.of("stream-kills", 5, 500);
    private final int slowEvents = Scale.of("slow-events", 4_000, 200_000);
    private final Random random = new Random(Scale.SEED);

    /** Within one process, an event arrives once, however often the connection is cut. */
    @Test
    void cuts_neitherLoseNorRepeatNorReorderEvents() throws Exception {
        long start = System.nanoTime();
        Deliveries deliveries = new Deliveries();
        try (EventServer server = new EventServer(new EventServer.Plan(50, 150, 0, cuts, 1_000));
                RepoStream stream =
                        Firehose.connect(f -> f.service(server.url()).startAt(0))) {
            stream.consume(Lanes.of(LANES), event -> {
                LockSupport.parkNanos(event.sequence() % 7 == 0 ? 50_000 : 1);
                deliveries.add(String.valueOf(event.did()), event.sequence());
            });
            long last = server.awaitLast();
            while (deliveries.contiguous() < last) {
                TimeUnit.MILLISECONDS.sleep(10);
                assertThat(stream.health().closed()).isFalse();
            }
            figures(
                    "streams: %d cuts %s, %d events, %d duplicates, %d reconnects, %d gaps; %d s",
                    cuts,
                    server.cuts(),
                    last,
                    deliveries.duplicates(),
                    stream.health().reconnects(),
                    stream.health().gaps(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            assertThat(deliveries.disorder()).isEmpty();
            assertThat(deliveries.duplicates()).isZero();
            // The JDK repeats a handshake itself if the connection ends before the response.
            assertThat(stream.health().reconnects()).isBetween(cuts - server.cutsBeforeHandshake(), cuts);
            assertThat(stream.health().gaps()).isZero();
            assertThat(stream.health().skipped()).isZero();
        }
    }

    /** The saved cursor is exact: everything up to it was handled, and nothing up to it arrives again. */
    @ParameterizedTest
    @EnumSource
    void kills_repeatOnlyEventsInFlight(StoreLocation.Kind kind) throws Exception {
        long start = System.nanoTime();
        Deliveries deliveries = new Deliveries();
        long most = 0;
        try (EventServer server = new EventServer(new EventServer.Plan(50, 150, 2_000, 0, Long.MAX_VALUE - 1));
                StoreLocation place = StoreLocation.create(kind)) {
            StreamCursor stored = CursorStore.of(place.open(2)).cursor(server.url(), SubscribeRepos.NSID);
            long saved = 0;
            for (int kill = 1; kill <= kills; kill++) {
                deliveries.restart();
                long before = deliveries.duplicates();
                List<String> lines = runAndKill(server, place);
                for (String line : lines) {
                    Matcher handled = HANDLED.matcher(line);
                    if (handled.matches()) { // the last line may be incomplete
                        long sequence = Long.parseLong(handled.group(1));
                        assertThat(sequence).as("repeated although saved").isGreaterThan(saved);
                        deliveries.add(handled.group(2), sequence);
                    } else {
                        assertThat(line)
                                .satisfiesAnyOf(
                                        other -> assertThat(other).isEqualTo("open"),
                                        other -> assertThat(other).isEqualTo(lines.get(lines.size() - 1)));
                    }
                }
                most = Math.max(most, deliveries.duplicates() - before);
                place.expireLeases();
                SavedCursor cursor = stored.load();
                saved = cursor == null ? 0 : cursor.sequence();
                assertThat(deliveries.contiguous())
                        .as("saved before it was handled")
                        .isGreaterThanOrEqualTo(saved);
            }
        }
        figures(
                "streams: %d kills, %s, %d events, %d duplicates, at most %d after one kill; %d s",
                kills,
                kind,
                deliveries.contiguous(),
                deliveries.duplicates(),
                most,
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        assertThat(deliveries.disorder()).isEmpty();
        assertThat(deliveries.contiguous()).isPositive();
    }

    private List<String> runAndKill(EventServer server, StoreLocation place) throws Exception {
        ChildProcess child = ChildProcess.start(
                SCANNER, StreamProcess.class, List.of("-Xmx64m"), "index", server.url(), place.where());
        try {
            child.await("open");
            StringBuilder lines = new StringBuilder();
            for (int wanted = 1 + random.nextInt(1_000); wanted > 0; wanted--) {
                String line = child.next();
                assertThat(line).matches(HANDLED);
                lines.append(line).append('\n');
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
            child.kill();
            child.rest().forEach(line -> lines.append(line).append('\n'));
            return lines.toString().lines().toList();
        } finally {
            child.kill();
        }
    }

    /** The server sends ten times as many events as the handler can take, of 10 kB each. */
    @Test
    void slowHandler_staysWithinSixtyFourMegabytes() throws Exception {
        long start = System.nanoTime();
        try (EventServer server = new EventServer(new EventServer.Plan(50, 10_000, 10_000, 0, slowEvents));
                ChildProcess child = ChildProcess.start(
                        SCANNER,
                        StreamProcess.class,
                        List.of("-Xmx64m"),
                        "slow",
                        server.url(),
                        String.valueOf(slowEvents))) {
            child.await("open");
            String line = child.next(LONG_MINUTES);
            figures(
                    "streams: slow handler: %s; cut off %d times; %d s",
                    line,
                    server.tooSlow(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            assertThat(line).startsWith("handled all " + slowEvents);
        }
    }
}
