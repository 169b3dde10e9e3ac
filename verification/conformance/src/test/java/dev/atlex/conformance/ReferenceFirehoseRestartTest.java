package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexException;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.Gap;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamGapException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests streams of the reference PDS over restarts of the PDS and of the consumer. On a separate network. */
@Tag("reference")
@Timeout(60)
class ReferenceFirehoseRestartTest extends FirehoseScenarios {
    private static ReferenceNetwork network;

    private final CursorStore cursors = CursorStore.memory();

    ReferenceFirehoseRestartTest() {
        super(new ReferenceServer(network));
    }

    @BeforeAll
    static void start() {
        network = ReferenceNetwork.start(ReferenceNetwork.Options.DEFAULT);
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    private static void end(RepoStream stream) {
        stream.close();
    }

    @Test
    void restartBetweenEvents_continues() throws Exception {
        try (RepoStream stream = connect(f -> {})) {
            stream.consume(Lanes.of(1), this::collect);
            write(1);
            assertThat(take(1)).containsExactly("1");
            for (int restart = 1; restart <= 3; restart++) {
                network.restart();
                write(1 + restart);
                assertThat(take(1)).containsExactly(String.valueOf(1 + restart));
            }
            assertThat(stream.health().reconnects()).isGreaterThanOrEqualTo(3);
            assertThat(stream.health().gaps()).isZero();
            assertThat(numbers).isEmpty();
        }
    }

    @Test
    void restartDuringEvents_neitherLosesNorRepeatsAny() throws Exception {
        try (RepoStream stream = connect(f -> {})) {
            stream.consume(Lanes.of(4), this::collect);
            FutureTask<Boolean> writing = new FutureTask<>(
                    () -> {
                        for (int number = 1; number <= 150; number++) {
                            writeDespiteRestarts(number);
                        }
                    },
                    true);
            new Thread(writing, "writer").start();
            List<String> received = new ArrayList<>();
            for (int restart = 1; restart <= 3; restart++) {
                received.addAll(take(30));
                network.restart();
            }
            assertThat(writing.get()).isTrue();
            received.addAll(take(60));

            assertThat(received).isEqualTo(range(1, 150));
            assertThat(stream.health().reconnects()).isPositive();
            assertThat(stream.health().gaps()).isZero();
            write(151);
            assertThat(take(1)).containsExactly("151");
        }
    }

    private void writeDespiteRestarts(int number) {
        for (int attempt = 1; ; attempt++) {
            try {
                write(number); // A repetition changes nothing if the first attempt succeeded.
                return;
            } catch (LexException e) {
                if (attempt == 1_000) {
                    throw e;
                }
            }
        }
    }

    @Test
    void failedEvent_isDeliveredAgainAfterARestart() throws Exception {
        for (int number = 1; number <= 5; number++) {
            write(number);
        }
        try (RepoStream stream = connect(f -> f.cursor(cursors))) {
            assertThatThrownBy(() -> stream.forEach(event -> {
                        if (numbers(event).contains("3")) {
                            throw new IllegalStateException("the disk is full");
                        }
                        collect(event);
                    }))
                    .hasMessage("the disk is full");
        }
        assertThat(take(2)).containsExactly("1", "2");

        network.restart();
        try (RepoStream stream = connect(f -> f.cursor(cursors))) {
            stream.consume(Lanes.of(1), this::collect);
            assertThat(take(3)).containsExactly("3", "4", "5");
        }
        assertThat(numbers).isEmpty();
    }

    @Test
    void restartAfterEachEvent_neitherRepeatsNorSkipsAny() {
        for (int number = 1; number <= 10; number++) {
            write(number);
        }
        List<Long> expected = new ArrayList<>();
        try (RepoStream stream = connect(f -> {})) {
            for (RepoEvent event : stream) {
                expected.add(event.sequence());
                if (numbers(event).contains("10")) {
                    break;
                }
            }
        }

        List<Long> received = new ArrayList<>();
        while (received.size() < expected.size()) {
            try (RepoStream stream = connect(f -> f.cursor(cursors))) {
                stream.forEach(event -> {
                    received.add(event.sequence());
                    end(stream);
                });
            }
        }
        assertThat(expected).hasSizeGreaterThan(10).isSorted().doesNotHaveDuplicates();
        assertThat(received).isEqualTo(expected);
    }

    /** The cursor is from a server with more events than the PDS has. */
    @Test
    void replacedServer_isAGapThatStopsTheStreamIfWanted() {
        try (RepoStream stream =
                connect(f -> f.cursor(cursors).startAt(1_000_000).onGap(gap -> Gap.STOP))) {
            assertThatThrownBy(() -> stream.forEach(event -> {}))
                    .isInstanceOfSatisfying(StreamGapException.class, e -> {
                        assertThat(e.gap().kind()).isEqualTo(StreamGap.Kind.FUTURE);
                        assertThat(e.gap().lostFrom()).isEqualTo(1_000_001);
                    });
        }
    }

    @Test
    void outdatedCursor_isAGapWithTheLostRange() throws Exception {
        write(1);
        long first = consumeUpTo("1", cursors);
        write(2);
        long second = consumeUpTo("2", CursorStore.memory());
        network.ageEvents(second);
        write(3);

        try (RepoStream stream = connect(f -> f.cursor(cursors))) {
            stream.consume(Lanes.of(1), this::collect);
            assertThat(take(1)).containsExactly("3");
            StreamGap gap = gaps.take();
            assertThat(gap.kind()).isEqualTo(StreamGap.Kind.TOO_OLD);
            assertThat(gap.cursor()).isEqualTo(first);
            assertThat(gap.lostTo()).hasValue(second);
        }
    }

    /** Consumes all events up to a record, and returns the sequence number of that record. */
    private long consumeUpTo(String number, CursorStore store) {
        AtomicLong sequence = new AtomicLong();
        try (RepoStream stream = connect(f -> f.cursor(store))) {
            stream.forEach(event -> {
                if (numbers(event).contains(number)) {
                    sequence.set(event.sequence());
                    end(stream);
                }
            });
        }
        return sequence.get();
    }
}
