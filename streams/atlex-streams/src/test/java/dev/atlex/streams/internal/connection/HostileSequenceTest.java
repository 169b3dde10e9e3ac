package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.SubscribeLabels;
import dev.atlex.streams.Frames;
import dev.atlex.streams.StreamMessage;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.streams.internal.frame.MessageDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers whose sequence numbers, notices and errors are meant to exhaust the program. */
@Timeout(20)
class HostileSequenceTest {
    private static final long TIME = 1_700_000_000_000_000L;

    private final List<Signal> signals = new ArrayList<>();

    /** Events of a number, a padding and nothing else. The number is a time. */
    private static final FrameDecoder<Long> TIMES = (frame, text) -> new Decoded.Event<>(
            ByteBuffer.wrap(frame).getLong(Long.BYTES), ByteBuffer.wrap(frame).getLong(), null, null);

    private static byte[] timed(long time, long event, int padding) {
        return ByteBuffer.allocate(2 * Long.BYTES + padding)
                .putLong(time)
                .putLong(event)
                .array();
    }

    private static <E> EventQueue<E> queue() {
        EventQueue<E> queue = new EventQueue<>(Long.MAX_VALUE, () -> 0, null);
        queue.startConnection(1);
        return queue;
    }

    private <E> Intake<E> intake(EventQueue<E> queue, long cursor, CursorKind kind, FrameDecoder<E> decoder) {
        return new Intake<>(1, cursor, kind, decoder, queue, signals::add, () -> 0);
    }

    private Intake<StreamMessage<SubscribeLabels.Message>> labels(long cursor) {
        return intake(queue(), cursor, CursorKind.SEQUENCE, new MessageDecoder<>(SubscribeLabels.SUBSCRIPTION));
    }

    /** Each event is compared with the frames of its time, so their number must be bounded. */
    @Test
    void manyEventsOfOneTime_areRememberedWithinBounds() {
        EventQueue<Long> queue = queue();
        Intake<Long> intake = intake(queue, 0, CursorKind.ANY_TIME, TIMES);
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            intake.message(timed(TIME, i, 0), false);
        }
        intake.message(timed(TIME, count - 1, 0), false);
        assertThat(queue.state().events()).as("the last one is a duplicate").isEqualTo(count);
        intake.message(timed(TIME, 0, 0), false);
        assertThat(queue.state().events()).as("the first one is forgotten").isEqualTo(count + 1);
    }

    @Test
    void largeEventsOfOneTime_areRememberedWithinBounds() {
        EventQueue<Long> queue = queue();
        Intake<Long> intake = intake(queue, 0, CursorKind.ANY_TIME, TIMES);
        for (int i = 0; i < 5; i++) {
            intake.message(timed(TIME, i, 400_000), false);
        }
        intake.message(timed(TIME, 4, 400_000), false);
        assertThat(queue.state().events()).isEqualTo(5);
        intake.message(timed(TIME, 1, 400_000), false);
        assertThat(queue.state().events()).isEqualTo(6);
    }

    @Test
    void eventBeyondTheBound_isStillRecognized() {
        EventQueue<Long> queue = queue();
        Intake<Long> intake = intake(queue, 0, CursorKind.ANY_TIME, TIMES);
        intake.message(timed(TIME, 1, 5_000_000), false);
        intake.message(timed(TIME, 1, 5_000_000), false);
        assertThat(queue.state().events()).isEqualTo(1);
    }

    @Test
    void futureCursor_isReportedOncePerConnection() {
        Intake<?> intake = labels(9);
        assertThat(intake.message(Frames.info("FutureCursor"), false)).isFalse();
        for (int i = 0; i < 1000; i++) {
            assertThat(intake.message(Frames.info("FutureCursor"), false)).isTrue();
        }
        assertThat(signals).hasSize(1);
    }

    @Test
    void nothingIsRequestedAfterAnError() {
        Intake<?> intake = labels(9);
        assertThat(intake.message(Frames.error("Broken", "x"), false)).isFalse();
        assertThat(signals).hasSize(1);
    }

    @Test
    void highestSequence_isFollowedByAReconnectAndNotByAnOverflow() {
        EventQueue<StreamMessage<SubscribeLabels.Message>> queue = queue();
        Intake<?> intake = intake(
                queue, Long.MAX_VALUE - 1, CursorKind.SEQUENCE, new MessageDecoder<>(SubscribeLabels.SUBSCRIPTION));
        assertThat(intake.message(Frames.labels(Long.MAX_VALUE), false)).isTrue();
        assertThat(intake.message(Frames.labels(Long.MAX_VALUE), false))
                .as("duplicate")
                .isTrue();
        assertThat(queue.received()).isEqualTo(Long.MAX_VALUE);
        assertThat(intake.message(Frames.labels(1), false)).isFalse();
        assertThat(signals).hasSize(1).first().isInstanceOf(Signal.Ended.class);
    }
}
