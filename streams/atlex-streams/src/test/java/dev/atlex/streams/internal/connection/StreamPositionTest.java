package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.streams.Frames;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests which position is saved, and how much memory the events behind it need. */
class StreamPositionTest extends MachineHarness {
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
}
