package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.streams.Frames;
import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamGapException;
import dev.atlex.streams.StreamRefusedException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what the machine does if the server can't continue from the cursor. */
class StreamGapTest extends MachineHarness {
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
    void futureNoticeAfterAnEarlierGap_followsTheNewDecision() throws Exception {
        onGap = gap -> Gap.OLDEST;
        FakeSockets.Attempt attempt = open();
        attempt.listener.message(Frames.error("FutureCursor", "?"), false);
        run();
        FakeSockets.Attempt second = reconnect();
        receive(second, 5);
        end(second);

        onGap = gap -> Gap.CONTINUE;
        FakeSockets.Attempt third = reconnect();
        third.listener.message(Frames.info("FutureCursor"), false);
        run();
        end(third);

        assertThat(gaps).hasSize(2);
        assertThat(reconnect().uri).hasToString("ws://example.com/");
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
