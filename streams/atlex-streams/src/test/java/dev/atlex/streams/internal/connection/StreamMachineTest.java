package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.label.SubscribeLabels;
import dev.atlex.streams.Frames;
import dev.atlex.streams.StreamMessage;
import dev.atlex.streams.StreamRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests connections, refusals and liveness step by step. */
class StreamMachineTest extends MachineHarness {
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
        void invalidFrames_areNoProgress() throws Exception {
            for (int i = 0; i < 3; i++) {
                FakeSockets.Attempt attempt = open();
                attempt.listener.message(new byte[] {1}, false);
                end(attempt);
                now += pauses.get(i).toNanos();
            }
            assertThat(pauses).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L);
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
            watch(attempt, 4, true);
            pings.clear();

            watch(attempt, 8, false);

            assertThat(pings).containsExactly(5L, 6L, 7L, 8L);
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
