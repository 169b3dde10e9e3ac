package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.SubscribeLabels;
import dev.atlex.data.LexMap;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.Frames;
import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamListener;
import dev.atlex.streams.StreamMessage;
import dev.atlex.streams.internal.frame.MessageDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** A machine with fake connections, a real store, and a clock that a test advances. */
abstract class MachineHarness {
    final FakeSockets sockets = new FakeSockets();
    final CursorStore store = CursorStore.memory();
    final StreamCursor cursor = store.cursor("ws://example.com", "labels");
    final List<StreamGap> gaps = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    final List<StreamException> causes = new ArrayList<>();
    final Queue<Signal> signals = new ArrayDeque<>();
    long now = 1_000_000_000_000L;
    Function<StreamGap, Gap> onGap = gap -> Gap.CONTINUE;
    long startAt = -1;
    List<String> paths = List.of("");
    EventQueue<StreamMessage<SubscribeLabels.Message>> queue = new EventQueue<>(1_000_000, () -> now, null);
    StreamMachine<StreamMessage<SubscribeLabels.Message>> machine;

    @BeforeEach
    void create() {
        create(1_000_000);
    }

    void create(long bufferBytes) {
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

    void run() throws InterruptedException {
        machine.tick();
        while (!signals.isEmpty()) {
            machine.handle(signals.poll());
            machine.tick();
        }
    }

    void pass(Duration time) throws InterruptedException {
        now += time.toNanos();
        run();
    }

    FakeSockets.Attempt open() throws InterruptedException {
        run();
        FakeSockets.Attempt attempt = sockets.last();
        attempt.listener.opened(attempt);
        run();
        return attempt;
    }

    FakeSockets.Attempt reconnect() throws InterruptedException {
        int before = sockets.attempts.size();
        pass(Duration.ofSeconds(30));
        assertThat(sockets.attempts).hasSizeGreaterThan(before);
        return open();
    }

    void receive(FakeSockets.Attempt attempt, long... sequences) throws InterruptedException {
        for (long sequence : sequences) {
            attempt.listener.message(Frames.labels(sequence), false);
        }
        run();
    }

    void end(FakeSockets.Attempt attempt) throws InterruptedException {
        attempt.listener.closed(new StreamException("cut", null));
        run();
    }

    List<Long> handle(int count) throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Entry<StreamMessage<SubscribeLabels.Message>> entry = queue.take(0);
            sequences.add(entry.sequence);
            queue.finish(entry);
        }
        return sequences;
    }

    void save(long position) {
        cursor.save(cursor.load(), position, LexMap.of());
    }
}
