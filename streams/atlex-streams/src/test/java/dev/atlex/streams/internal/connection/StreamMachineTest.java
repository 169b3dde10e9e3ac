package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.label.SubscribeLabels;
import dev.atlex.data.LexMap;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.Frames;
import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamGapException;
import dev.atlex.streams.StreamListener;
import dev.atlex.streams.StreamMessage;
import dev.atlex.streams.StreamRefusedException;
import dev.atlex.streams.internal.frame.MessageDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the machine step by step, with a clock that a test advances. */
class StreamMachineTest {
    private final FakeSockets sockets = new FakeSockets();
    private final CursorStore store = CursorStore.memory();
    private final StreamCursor cursor = store.cursor("ws://example.com", "labels");
    private final List<StreamGap> gaps = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<StreamException> causes = new ArrayList<>();
    private final Queue<Signal> signals = new ArrayDeque<>();
    private long now = 1_000_000_000_000L;
    private Function<StreamGap, Gap> onGap = gap -> Gap.CONTINUE;
    private long startAt = -1;
    private List<String> paths = List.of("");
    private EventQueue<StreamMessage<SubscribeLabels.Message>> queue = new EventQueue<>(1_000_000, () -> now, null);
    private StreamMachine<StreamMessage<SubscribeLabels.Message>> machine;

    @BeforeEach
    void create() {
        create(1_000_000);
    }

    private void create(long bufferBytes) {
        StreamListener listener = new StreamListener() {
            @Override
            public void disconnected(StreamException cause, Duration retryIn) {
                causes.add(cause);
                pauses.add(retryIn);
            }
        };
        StreamSetup<StreamMessage<SubscribeLabels.Message>> setup = new StreamSetup<>(
                "labels",
                paths.stream()
                        .map(path -> new Dialect<>(
                                path,
                                sequence -> URI.create(
                                        "ws://example.com/" + path + (sequence < 0 ? "" : "?cursor=" + sequence)),
                                List.of(),
                                new MessageDecoder<>(SubscribeLabels.SUBSCRIPTION),
                                false))
                        .toList(),
                sockets,
                cursor,
                null,
                startAt,
                gap -> {
                    gaps.add(gap);
                    return onGap.apply(gap);
                },
                listener,
                Duration.ofSeconds(2),
                bufferBytes,
                () -> now,
                () -> 1);
        queue = new EventQueue<>(bufferBytes, () -> now, null);
        machine = new StreamMachine<>(setup, queue, new CursorKeeper(cursor), signals::add);
    }

    private void run() throws InterruptedException {
        machine.tick();
        while (!signals.isEmpty()) {
            machine.handle(signals.poll());
            machine.tick();
        }
    }

    private void pass(Duration time) throws InterruptedException {
        now += time.toNanos();
        run();
    }

    private FakeSockets.Attempt open() throws InterruptedException {
        run();
        FakeSockets.Attempt attempt = sockets.last();
        attempt.listener.opened(attempt);
        run();
        return attempt;
    }

    private FakeSockets.Attempt reconnect() throws InterruptedException {
        int before = sockets.attempts.size();
        pass(Duration.ofSeconds(30));
        assertThat(sockets.attempts).hasSizeGreaterThan(before);
        return open();
    }

    private void receive(FakeSockets.Attempt attempt, long... sequences) throws InterruptedException {
        for (long sequence : sequences) {
            attempt.listener.message(Frames.labels(sequence), false);
        }
        run();
    }

    private void end(FakeSockets.Attempt attempt) throws InterruptedException {
        attempt.listener.closed(new StreamException("cut", null));
        run();
    }

    private List<Long> handle(int count) throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Entry<StreamMessage<SubscribeLabels.Message>> entry = queue.take(0);
            sequences.add(entry.sequence);
            queue.finish(entry);
        }
        return sequences;
    }

    private void save(long position) {
        cursor.save(cursor.load(), position, LexMap.of());
    }

    @Nested
    class Reconnecting {
        @Test
        void lostConnection_continuesAfterTheLastEvent() throws Exception {
            FakeSockets.Attempt first = open();
            receive(first, 5, 6);
            end(first);

            FakeSockets.Attempt second = reconnect();

            assertThat(second.uri).hasToString("ws://example.com/?cursor=6");
            receive(second, 7);
            assertThat(handle(3)).containsExactly(5L, 6L, 7L);
            assertThat(gaps).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(longs = {6, 7})
        void inclusiveAndExclusiveCursors_deliverEachEventOnce(long next) throws Exception {
            FakeSockets.Attempt first = open();
            receive(first, 5, 6);
            end(first);

            receive(reconnect(), next, 7, 8);

            assertThat(handle(4)).containsExactly(5L, 6L, 7L, 8L);
            assertThat(queue.state().pending()).isZero();
        }

        @Test
        void pauses_growUntilThereIsProgress() throws Exception {
            for (int i = 0; i < 9; i++) {
                FakeSockets.Attempt attempt = open();
                end(attempt); // accepted, but without an event
                now += pauses.get(i).toNanos();
            }
            assertThat(pauses)
                    .extracting(Duration::toMillis)
                    .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);

            FakeSockets.Attempt attempt = open();
            receive(attempt, 1);
            end(attempt);

            assertThat(pauses.get(9)).isEqualTo(Duration.ofMillis(250));
        }

        @Test
        void signalsAndEventsOfOldConnections_areIgnored() throws Exception {
            FakeSockets.Attempt first = open();
            receive(first, 1);
            end(first);
            FakeSockets.Attempt second = reconnect();

            receive(first, 2);
            end(first);

            assertThat(machine.state()).isEqualTo(StreamState.OPEN);
            receive(second, 2);
            assertThat(handle(2)).containsExactly(1L, 2L);
        }

        @Test
        void handshakeWithoutResponse_timesOut() throws Exception {
            run();
            pass(StreamMachine.HANDSHAKE_TIMEOUT);

            assertThat(machine.state()).isEqualTo(StreamState.BACKING_OFF);
            FakeSockets.Attempt late = sockets.last();
            late.listener.opened(late);
            run();
            assertThat(late.aborted).isTrue();
            assertThat(machine.state()).isEqualTo(StreamState.BACKING_OFF);
        }

        @Test
        void consumerTooSlow_reconnects() throws Exception {
            FakeSockets.Attempt attempt = open();
            receive(attempt, 1);
            attempt.listener.message(Frames.error("ConsumerTooSlow", "too slow"), false);
            run();

            assertThat(causes.get(0)).hasMessage("labels: the server reported ConsumerTooSlow: too slow");
            assertThat(reconnect().uri).hasToString("ws://example.com/?cursor=1");
        }
    }

    @Nested
    class Refusals {
        private StreamRefusedException refusal(int status, Duration retryAfter) {
            return new StreamRefusedException("labels: " + status, status, "Name", null, retryAfter, null);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 501})
        void permanentRefusalOfFirstAttempt_endsTheStream(int status) throws Exception {
            run();
            sockets.last().failed.accept(refusal(status, null));
            run();

            assertThatThrownBy(() -> queue.take(0))
                    .isInstanceOfSatisfying(
                            StreamRefusedException.class,
                            e -> assertThat(e.status()).isEqualTo(status));
            pass(Duration.ofSeconds(1));
            assertThat(machine.state()).isEqualTo(StreamState.CLOSED);
        }

        @Test
        void unknownVersion_isReplacedByTheNextAtOnce() throws Exception {
            paths = List.of("v2", "v1");
            create();
            run();
            sockets.last().failed.accept(refusal(404, null));
            open();

            assertThat(sockets.attempts)
                    .extracting(attempt -> attempt.uri.getPath())
                    .containsExactly("/v2", "/v1");
            end(sockets.last());
            assertThat(reconnect().uri).hasPath("/v1");
            end(sockets.last());
            pass(Duration.ofSeconds(30));
            sockets.last().failed.accept(refusal(404, null));
            run();
            assertThat(sockets.last().uri).as("the server was upgraded").hasPath("/v2");
        }

        @Test
        void allVersionsUnknown_endsTheStream() throws Exception {
            paths = List.of("v2", "v1");
            create();
            run();
            sockets.last().failed.accept(refusal(404, null));
            run();
            sockets.last().failed.accept(refusal(404, null));
            run();

            assertThat(sockets.attempts).hasSize(2);
            assertThatThrownBy(() -> queue.take(0)).isInstanceOf(StreamRefusedException.class);
        }

        @Test
        void allVersionsUnknownAfterSuccess_areRetriedInTurn() throws Exception {
            paths = List.of("v2", "v1");
            create();
            end(open());
            for (int i = 0; i < 2; i++) {
                pass(Duration.ofSeconds(30));
                sockets.last().failed.accept(refusal(404, null));
                run();
                sockets.last().failed.accept(refusal(404, null));
                run();
                assertThat(machine.state()).isEqualTo(StreamState.BACKING_OFF);
            }
            assertThat(sockets.attempts)
                    .extracting(attempt -> attempt.uri.getPath())
                    .containsExactly("/v2", "/v2", "/v1", "/v2", "/v1");
        }

        @ParameterizedTest
        @ValueSource(ints = {408, 425, 429, 500, 502, 503})
        void temporaryRefusal_isRetried(int status) throws Exception {
            run();
            sockets.last().failed.accept(refusal(status, null));
            run();

            reconnect();
            assertThat(machine.state()).isEqualTo(StreamState.OPEN);
        }

        @Test
        void permanentRefusalAfterSuccess_isRetried() throws Exception {
            end(open());
            pass(Duration.ofSeconds(30));
            sockets.last().failed.accept(refusal(404, null));
            run();

            reconnect();
            assertThat(machine.state()).isEqualTo(StreamState.OPEN);
        }

        @Test
        void retryAfter_isRespectedUpToFiveMinutes() throws Exception {
            run();
            sockets.last().failed.accept(refusal(429, Duration.ofSeconds(40)));
            run();
            pass(Duration.ofSeconds(40));
            sockets.last().failed.accept(refusal(429, Duration.ofDays(1)));
            run();

            assertThat(pauses).containsExactly(Duration.ofSeconds(40), Duration.ofMinutes(5));
        }
    }

    @Nested
    class Liveness {
        private final List<Long> pings = new ArrayList<>();

        /** Lets time pass second by second, and notes the seconds at which pings are sent. */
        private void watch(FakeSockets.Attempt attempt, int seconds, boolean answered) throws InterruptedException {
            for (long second = 1; second <= seconds; second++) {
                int before = attempt.pings;
                pass(Duration.ofSeconds(1));
                if (attempt.pings > before) {
                    pings.add(second);
                    now += 1_000_000;
                    if (answered) {
                        attempt.listener.activity(); // the pong
                    }
                    now -= 1_000_000;
                }
            }
        }

        @Test
        void quietStream_isPingedLessAndLessAndStaysOpen() throws Exception {
            watch(open(), 3600, true);

            assertThat(pings).startsWith(1L, 4L, 9L, 18L, 29L, 40L).hasSize(329);
            assertThat(machine.state()).isEqualTo(StreamState.OPEN);
            assertThat(sockets.attempts).hasSize(1);
        }

        @Test
        void firstPing_isSentASecondAfterTheLastData() throws Exception {
            FakeSockets.Attempt attempt = open();
            pass(Duration.ofMillis(700));
            attempt.listener.activity();
            receive(attempt, 1);
            long silentSince = now;
            while (attempt.pings == 0) {
                pass(Duration.ofNanos(machine.deadline() - now));
            }

            assertThat(Duration.ofNanos(now - silentSince)).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void event_makesTheNextPingSoonAgain() throws Exception {
            FakeSockets.Attempt attempt = open();
            watch(attempt, 100, true);
            attempt.listener.activity();
            receive(attempt, 1);
            pings.clear();

            watch(attempt, 5, true);

            assertThat(pings).containsExactly(1L, 4L);
        }

        @Test
        void unansweredPing_isRepeatedEachSecond() throws Exception {
            FakeSockets.Attempt attempt = open();
            watch(attempt, 100, true);
            attempt.listener.activity();
            receive(attempt, 1);
            pings.clear();

            watch(attempt, 4, false);

            assertThat(pings).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void busyStream_isNotPinged() throws Exception {
            FakeSockets.Attempt attempt = open();
            for (int i = 1; i < 1_000; i++) {
                attempt.listener.activity();
                receive(attempt, i);
                pass(Duration.ofMillis(990));
            }

            assertThat(attempt.pings).isZero();
        }

        @Test
        void halfOpenConnection_isFoundWithin30Seconds() throws Exception {
            FakeSockets.Attempt attempt = open();
            receive(attempt, 1);
            long silentSince = now;
            while (machine.state() == StreamState.OPEN) {
                pass(Duration.ofNanos(machine.deadline() - now));
            }

            assertThat(Duration.ofNanos(now - silentSince)).isLessThanOrEqualTo(Duration.ofSeconds(30));
            assertThat(attempt.aborted).isTrue();
            assertThat(causes.get(0)).hasMessageContaining("the connection is dead");
            assertThat(reconnect().uri).hasToString("ws://example.com/?cursor=1");
        }

        @Test
        void slowHandler_isNotMistakenForSilence() throws Exception {
            create(1);
            FakeSockets.Attempt attempt = open();
            receive(attempt, 1);
            pass(Duration.ofMinutes(10));
            assertThat(machine.state()).isEqualTo(StreamState.OPEN);

            handle(1);

            assertThat(attempt.requests).isEqualTo(1);
            pass(Duration.ofMillis(999));
            assertThat(attempt.pings).isZero();
            assertThat(machine.state()).isEqualTo(StreamState.OPEN);
        }
    }

    @Nested
    class Gaps {
        @BeforeEach
        void saved() {
            save(100);
        }

        @Test
        void outdatedCursor_reportsTheLostRange() throws Exception {
            FakeSockets.Attempt attempt = open();
            attempt.listener.message(Frames.info("OutdatedCursor"), false);
            assertThat(attempt.listener.message(Frames.labels(500), false)).isFalse();
            run();

            assertThat(gaps).hasSize(1);
            assertThat(gaps.get(0).kind()).isEqualTo(StreamGap.Kind.TOO_OLD);
            assertThat(gaps.get(0).lostFrom()).isEqualTo(101);
            assertThat(gaps.get(0).lostTo()).hasValue(499);
            assertThat(attempt.requests).isEqualTo(1);
            receive(attempt, 501);
            handle(1); // the notice
            assertThat(handle(2)).containsExactly(500L, 501L);
        }

        @Test
        void outdatedCursorWithoutLoss_isNoGap() throws Exception {
            FakeSockets.Attempt attempt = open();
            attempt.listener.message(Frames.info("OutdatedCursor"), false);
            receive(attempt, 101);

            assertThat(gaps).isEmpty();
        }

        @Test
        void stop_endsTheStreamAfterTheEventsBeforeTheGap() throws Exception {
            onGap = gap -> Gap.STOP;
            FakeSockets.Attempt attempt = open();
            receive(attempt, 101);
            end(attempt);
            FakeSockets.Attempt second = reconnect();
            second.listener.message(Frames.error("FutureCursor", "?"), false);
            run();

            assertThat(handle(1)).containsExactly(101L);
            assertThatThrownBy(() -> queue.take(0))
                    .isInstanceOfSatisfying(
                            StreamGapException.class,
                            e -> assertThat(e.gap().kind()).isEqualTo(StreamGap.Kind.FUTURE));
            pass(Duration.ofSeconds(2));
            assertThat(machine.state()).isEqualTo(StreamState.CLOSED);
            assertThat(cursor.load().sequence()).isEqualTo(101);
        }

        @Test
        void futureCursor_continuesAtTheNewestEvent() throws Exception {
            FakeSockets.Attempt attempt = open();
            attempt.listener.message(Frames.error("FutureCursor", "?"), false);
            end(attempt);

            FakeSockets.Attempt second = reconnect();

            assertThat(second.uri).hasToString("ws://example.com/");
            receive(second, 3, 4);
            assertThat(handle(2)).containsExactly(3L, 4L);
            pass(Duration.ofSeconds(2));
            assertThat(cursor.load().sequence()).isEqualTo(4);
        }

        @Test
        void futureCursor_oldestBeginsAtZero() throws Exception {
            onGap = gap -> Gap.OLDEST;
            FakeSockets.Attempt attempt = open();
            attempt.listener.message(Frames.error("FutureCursor", "?"), false);
            run();

            FakeSockets.Attempt second = reconnect();
            assertThat(second.uri).hasToString("ws://example.com/?cursor=0");
            receive(second, 1, 2);
            end(second);
            assertThat(reconnect().uri).hasToString("ws://example.com/?cursor=2");
            assertThat(gaps).hasSize(1);
        }

        @Test
        void lowerSequences_areAResetAndNotDuplicates() throws Exception {
            FakeSockets.Attempt attempt = open();
            receive(attempt, 3);

            assertThat(gaps).extracting(StreamGap::kind).containsExactly(StreamGap.Kind.RESET);
            assertThat(gaps.get(0).lostTo()).isEmpty();
            receive(attempt, 4);
            assertThat(handle(2)).containsExactly(3L, 4L);
        }

        @Test
        void sequenceThatGoesBack_isNotSilentlyDropped() throws Exception {
            FakeSockets.Attempt attempt = open();
            receive(attempt, 101, 102, 102, 1);

            assertThat(causes.get(0)).hasMessage("the sequence numbers go back from 102 to 1");
            assertThat(attempt.aborted).isTrue();
            FakeSockets.Attempt second = reconnect();
            assertThat(second.uri).hasToString("ws://example.com/?cursor=102");
            second.listener.message(Frames.error("FutureCursor", "?"), false);
            run();
            receive(reconnect(), 2);
            assertThat(gaps).extracting(StreamGap::kind).containsExactly(StreamGap.Kind.FUTURE);
            assertThat(handle(3)).containsExactly(101L, 102L, 2L);
        }

        @Test
        void reset_oldestReconnectsAtZero() throws Exception {
            onGap = gap -> Gap.OLDEST;
            FakeSockets.Attempt attempt = open();
            receive(attempt, 3);

            FakeSockets.Attempt second = reconnect();
            assertThat(second.uri).hasToString("ws://example.com/?cursor=0");
            receive(second, 1, 2, 3);
            assertThat(handle(3)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void refusedOldCursor_isAGapWithTheFloor() throws Exception {
            run();
            sockets.last()
                    .failed
                    .accept(new StreamRefusedException(
                            "400", 400, "CursorTooOld", "cursor 100 is below the floor 700", null, null));
            run();

            assertThat(gaps).extracting(StreamGap::next).containsExactly(OptionalLong.of(700));
            assertThat(reconnect().uri).hasToString("ws://example.com/?cursor=0");
        }

        @Test
        void failingPolicy_endsTheStreamWithItsException() throws Exception {
            IllegalStateException failure = new IllegalStateException("a bug");
            onGap = gap -> {
                throw failure;
            };
            receive(open(), 3);

            assertThatThrownBy(() -> queue.take(0)).isSameAs(failure);
        }

        @Test
        void policyThatReturnsNull_endsTheStream() throws Exception {
            onGap = gap -> null;
            receive(open(), 3);

            assertThatThrownBy(() -> queue.take(0))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("onGap returned null");
        }

        @Test
        void firstConnection_withoutCursorHasNoGap() throws Exception {
            cursor.discard();
            receive(open(), 3);

            assertThat(gaps).isEmpty();
            assertThat(sockets.last().uri).hasToString("ws://example.com/");
        }
    }

    @Nested
    class Saving {
        @Test
        void positionIsSaved_onlyUpToTheFirstUnfinishedEvent() throws Exception {
            FakeSockets.Attempt attempt = open();
            receive(attempt, 1, 2, 3, 4);
            var first = queue.take(0);
            var second = queue.take(0);
            var third = queue.take(0);
            queue.finish(first);
            queue.finish(third);

            pass(Duration.ofSeconds(2));
            assertThat(cursor.load().sequence()).isEqualTo(1);

            queue.finish(second);
            pass(Duration.ofSeconds(2));
            assertThat(cursor.load().sequence()).isEqualTo(3);
        }

        @Test
        void close_savesThePosition() throws Exception {
            receive(open(), 1, 2);
            handle(2);
            machine.handle(new Signal.Close(0));

            assertThat(cursor.load().sequence()).isEqualTo(2);
            assertThat(sockets.last().aborted).isTrue();
        }

        @Test
        void savedPosition_isWhereTheNextRunBegins() throws Exception {
            save(42);

            assertThat(open().uri).hasToString("ws://example.com/?cursor=42");
        }

        @Test
        void secondProcess_waitsUntilTheFirstEnds() throws Exception {
            Lease other = cursor.acquireLease(Duration.ofMinutes(1), Duration.ZERO);
            run();
            pass(Duration.ofMinutes(1));
            assertThat(machine.state()).isEqualTo(StreamState.STANDBY);
            assertThat(sockets.attempts).isEmpty();
            save(7);
            other.close();

            pass(Duration.ofSeconds(1));

            assertThat(sockets.last().uri).hasToString("ws://example.com/?cursor=7");
        }

        @Test
        void cursorOfAnotherProcess_isNotOverwritten() throws Exception {
            FakeSockets.Attempt attempt = open();
            receive(attempt, 1, 2);
            handle(1);
            save(50); // the lease was lost, and another process has taken over

            pass(Duration.ofSeconds(2));

            assertThat(cursor.load().sequence()).isEqualTo(50);
            assertThat(attempt.aborted).isTrue();
            assertThat(machine.state()).isEqualTo(StreamState.STANDBY);
            pass(Duration.ofSeconds(1));
            assertThat(sockets.last().uri).hasToString("ws://example.com/?cursor=50");
            assertThat(queue.state().pending()).isZero();
        }

        @Test
        void startAt_isUsedIfNothingIsSaved() throws Exception {
            startAt = 0;
            create();
            assertThat(open().uri).hasToString("ws://example.com/?cursor=0");
            receive(sockets.last(), 5);
            assertThat(gaps).isEmpty();
        }
    }

    @Nested
    class Memory {
        @Test
        void fullQueue_requestsNothingUntilHalfOfItIsFree() throws Exception {
            create(4000);
            FakeSockets.Attempt attempt = open();
            int sequence = 1;
            while (attempt.listener.message(Frames.labels(sequence), false)) {
                sequence++;
            }
            assertThat(queue.state().bytes()).isBetween(4000L, 4500L);

            handle(sequence / 4);
            assertThat(attempt.requests).isZero();
            handle(sequence / 2);
            assertThat(attempt.requests).isEqualTo(1);
        }

        @Test
        void finishedEventsBehindAStuckOne_areBounded() throws Exception {
            create(100_000);
            FakeSockets.Attempt attempt = open();
            receive(attempt, 1);
            queue.take(0); // stuck
            int sequence = 2;
            while (attempt.listener.message(Frames.labels(sequence), false) && sequence < 10_000) {
                handle(1);
                sequence++;
            }

            assertThat(sequence).isBetween(300, 600);
        }
    }

    /** The machine's thread ends with the stream, so the socket itself has to notice. */
    @Test
    void handshakeAfterTheEnd_isAborted() throws Exception {
        run();
        machine.handle(new Signal.Close(0));
        FakeSockets.Attempt attempt = sockets.last();
        attempt.listener.opened(attempt);
        assertThat(attempt.aborted).isTrue();
    }

    @Nested
    class Health {
        @Test
        void handlingTime_endsWhenTheHandlerReturns() throws Exception {
            receive(open(), 1, 2);
            Entry<StreamMessage<SubscribeLabels.Message>> entry = queue.take(0);
            now += 5_000;
            assertThat(queue.state().handled()).isZero();
            queue.finish(entry);
            now += 1_000;
            assertThat(queue.state().handled()).isEqualTo(1);
            assertThat(queue.state().handlingNanos()).isEqualTo(5_000);
        }

        @Test
        void disconnectedSince_isWhenTheConnectionEnded() throws Exception {
            long start = now;
            run();
            assertThat(machine.status().disconnectedSince()).isEqualTo(start);
            now += 1_000;
            FakeSockets.Attempt attempt = open();
            now += 1_000;
            end(attempt);
            long ended = now;
            pass(Duration.ofSeconds(40));
            pass(Duration.ofSeconds(40));
            assertThat(machine.status().disconnectedSince()).isEqualTo(ended);
        }
    }
}
