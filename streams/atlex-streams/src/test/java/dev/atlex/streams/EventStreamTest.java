package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.label.SubscribeLabels;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.StreamServer.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests streams over real WebSockets. */
@Timeout(60)
class EventStreamTest {
    private final CursorStore store = CursorStore.memory();

    private static EventStream<StreamMessage<SubscribeLabels.Message>> connect(
            StreamServer server, java.util.function.Consumer<StreamOptions.Builder> options) {
        return EventStream.connect(SubscribeLabels.SUBSCRIPTION, o -> {
            o.service(server.url());
            options.accept(o);
        });
    }

    private static void end(EventStream<?> stream) {
        stream.close();
    }

    private static List<Long> take(Iterator<StreamMessage<SubscribeLabels.Message>> events, int count) {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(events.next().sequence().orElse(-1));
        }
        return sequences;
    }

    private static void sendFrom(Connection connection, long first, long last) throws Exception {
        for (long sequence = first; sequence <= last; sequence++) {
            connection.binary(Frames.labels(sequence));
        }
    }

    /** Sends that many events after the cursor. */
    private static StreamServer.Script sending(int count) {
        return (connection, number) -> {
            connection.open();
            long before = connection.cursor() == null ? 0 : connection.cursor();
            sendFrom(connection, before + 1, before + count);
            connection.serve();
        };
    }

    @Nested
    class Connecting {
        @Test
        void cutConnection_isReplacedAndNoEventIsLost() throws Exception {
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        long first = connection.cursor() == null ? 1 : connection.cursor() + 1;
                        sendFrom(connection, first, first + 2);
                        connection.drop();
                    });
                    var stream = connect(server, o -> {})) {
                assertThat(take(stream.iterator(), 12))
                        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
                assertThat(stream.health().reconnects()).isGreaterThanOrEqualTo(3);
            }
        }

        @Test
        void refusedHandshake_hasTheErrorOfTheBody() throws Exception {
            try (StreamServer server = new StreamServer((connection, number) -> connection.refuse(400, "", """
                            {"error": "InvalidRequest", "message": "bad cursor"}"""));
                    var stream = connect(server, o -> {})) {
                assertThatThrownBy(() -> stream.forEach(event -> {}))
                        .isInstanceOfSatisfying(StreamRefusedException.class, e -> {
                            assertThat(e.status()).isEqualTo(400);
                            assertThat(e.error()).isEqualTo("InvalidRequest");
                            assertThat(e.serverMessage()).isEqualTo("bad cursor");
                            assertThat(e).hasMessageContaining("subscribeLabels: 400 InvalidRequest: bad cursor");
                        });
            }
        }

        @Test
        void overloadedServer_isTriedAgain() throws Exception {
            try (StreamServer server = new StreamServer((connection, number) -> {
                        if (number == 1) {
                            connection.refuse(503, "", "<html>busy</html>");
                        } else {
                            connection.open();
                            sendFrom(connection, 1, 1);
                            connection.serve();
                        }
                    });
                    var stream = connect(server, o -> {})) {
                assertThat(take(stream.iterator(), 1)).containsExactly(1L);
            }
        }

        @Test
        void closeFrame_isReportedWithItsReason() throws Exception {
            BlockingQueue<StreamException> causes = new LinkedBlockingQueue<>();
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        connection.close(1008, "FutureCursor");
                    });
                    var stream = connect(
                            server,
                            o -> o.listener(new StreamListener() {
                                @Override
                                public void disconnected(StreamException cause, Duration retryIn) {
                                    causes.add(cause);
                                }
                            }))) {
                assertThat(causes.take()).hasMessage("the server closed the connection (1008 FutureCursor)");
                assertThat(stream.health().closed()).isFalse();
            }
        }

        @Test
        void subprotocolOfTheLexicon_isOffered() throws Exception {
            var json = new dev.atlex.schema.Subscription<>(
                    SubscribeLabels.NSID,
                    SubscribeLabels.Params.CODEC,
                    SubscribeLabels.Message.CODEC,
                    List.of(),
                    "xrpc.v1.json");
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open("Sec-WebSocket-Protocol: xrpc.v1.json\r\n");
                        connection.text("""
                                {"$type": "event", "payload":
                                {"$type": "com.atproto.label.subscribeLabels#labels", "seq": 1, "labels": []}}""");
                        connection.serve();
                    });
                    var stream = EventStream.connect(json, o -> o.service(server.url()))) {
                assertThat(take(stream.iterator(), 1)).containsExactly(1L);
                assertThat(server.connections().get(0).subprotocols()).isEqualTo("xrpc.v1.json");
            }
        }

        @Test
        void parameters_precedeTheCursor() throws Exception {
            try (StreamServer server = new StreamServer(sending(1));
                    var stream = EventStream.connect(
                            SubscribeLabels.SUBSCRIPTION,
                            null,
                            StreamOptions.of(o -> o.service(server.url()).startAt(0)))) {
                take(stream.iterator(), 1);
                assertThat(server.connections().get(0).target())
                        .isEqualTo("/xrpc/com.atproto.label.subscribeLabels?cursor=0");
            }
        }

        @Test
        void fragmentedMessage_isAssembled() throws Exception {
            byte[] frame = Frames.labels(9);
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        connection.frame(0x02, java.util.Arrays.copyOf(frame, 5));
                        connection.frame(0x00, java.util.Arrays.copyOfRange(frame, 5, 10));
                        connection.frame(0x80, java.util.Arrays.copyOfRange(frame, 10, frame.length));
                        connection.serve();
                    });
                    var stream = connect(server, o -> {})) {
                assertThat(take(stream.iterator(), 1)).containsExactly(9L);
            }
        }
    }

    @Nested
    class BadFrames {
        @Test
        void badFrame_isSkippedAndReportedWithItsBytes() throws Exception {
            List<FailedEvent> skipped = new CopyOnWriteArrayList<>();
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        sendFrom(connection, 1, 1);
                        connection.binary(new byte[] {1, 2, 3});
                        sendFrom(connection, 2, 2);
                        connection.serve();
                    });
                    var stream = connect(server, o -> o.onSkipped(skipped::add))) {
                assertThat(take(stream.iterator(), 2)).containsExactly(1L, 2L);
                assertThat(skipped).hasSize(1);
                assertThat(skipped.get(0).bytes().toByteArray()).containsExactly(1, 2, 3);
                assertThat(skipped.get(0).cause()).isInstanceOf(InvalidFrameException.class);
                assertThat(stream.health().skipped()).isEqualTo(1);
            }
        }

        @Test
        void hugeFrame_isSkippedWithItsBeginning() throws Exception {
            byte[] huge = new byte[6 * 1024 * 1024];
            huge[0] = 7;
            List<FailedEvent> skipped = new CopyOnWriteArrayList<>();
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        connection.binary(huge);
                        sendFrom(connection, 2, 2);
                        connection.serve();
                    });
                    var stream = connect(server, o -> o.onSkipped(skipped::add))) {
                assertThat(take(stream.iterator(), 1)).containsExactly(2L);
                assertThat(skipped.get(0).bytes().size()).isEqualTo(64 * 1024);
                assertThat(skipped.get(0).bytes().toByteArray()[0]).isEqualTo((byte) 7);
                assertThat(stream.health().reconnects()).isZero();
            }
        }
    }

    @Nested
    class Closing {
        @Test
        void close_returnsWithinTwoSeconds_duringTheHandshake() throws Exception {
            CountDownLatch requested = new CountDownLatch(1);
            try (StreamServer server = new StreamServer((connection, number) -> {
                requested.countDown();
                connection.serve();
            })) {
                var stream = connect(server, o -> o.cursor(store));
                requested.await();
                assertClosesInTime(stream);
            }
        }

        @Test
        void close_returnsWithinTwoSeconds_duringBackoff() throws Exception {
            var stream = EventStream.connect(
                    SubscribeLabels.SUBSCRIPTION,
                    o -> o.service("ws://localhost:1").cursor(store));
            assertClosesInTime(stream);
        }

        @Test
        void close_returnsWithinTwoSeconds_ifAHandlerHangs() throws Exception {
            CountDownLatch handling = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            try (StreamServer server = new StreamServer(sending(10))) {
                var stream = connect(server, o -> o.cursor(store));
                Consumer consumer = stream.consume(Lanes.of(2), event -> {
                    handling.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                handling.await();
                assertClosesInTime(consumer);
                never.countDown();
                consumer.join();
            }
        }

        @Test
        void close_endsABlockedForEach() throws Exception {
            CountDownLatch open = new CountDownLatch(1);
            try (StreamServer server = new StreamServer((connection, number) -> {
                connection.open();
                open.countDown();
                connection.serve();
            })) {
                var stream = connect(server, o -> {});
                Thread closer = new Thread(() -> {
                    try {
                        open.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    stream.close();
                });
                closer.start();
                stream.forEach(event -> {});
                closer.join();
                assertThat(stream.health().closed()).isTrue();
            }
        }

        private void assertClosesInTime(AutoCloseable closeable) throws Exception {
            long start = System.nanoTime();
            closeable.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Nested
    class Cursors {
        @Test
        void restart_continuesAfterTheLastFinishedEvent() throws Exception {
            try (StreamServer server = new StreamServer(sending(100))) {
                List<Long> handled = new ArrayList<>();
                for (int run = 0; run < 3; run++) {
                    try (var stream = connect(server, o -> o.cursor(store))) {
                        Iterator<StreamMessage<SubscribeLabels.Message>> events = stream.iterator();
                        handled.addAll(take(events, 3));
                        events.hasNext(); // finishes the third event
                    }
                }
                assertThat(handled).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
            }
        }

        @Test
        void closingHandler_finishesItsEvent() throws Exception {
            try (StreamServer server = new StreamServer(sending(100))) {
                List<Long> handled = new ArrayList<>();
                for (int run = 0; run < 2; run++) {
                    try (var stream = connect(server, o -> o.cursor(store))) {
                        stream.forEach(event -> {
                            handled.add(event.sequence().getAsLong());
                            end(stream);
                        });
                    }
                    try (var stream = connect(server, o -> o.cursor(store))) {
                        Consumer consumer = stream.consume(Lanes.of(3), event -> {
                            handled.add(event.sequence().getAsLong());
                            end(stream);
                        });
                        consumer.join();
                    }
                }
                assertThat(handled).containsExactly(1L, 2L, 3L, 4L);
            }
        }

        @Test
        void secondConsumer_takesOverAfterTheFirst() throws Exception {
            try (StreamServer server = new StreamServer(sending(100))) {
                var first = connect(server, o -> o.cursor(store));
                Iterator<StreamMessage<SubscribeLabels.Message>> events = first.iterator();
                take(events, 5);
                events.hasNext();
                try (var second = connect(server, o -> o.cursor(store))) {
                    assertThat(second.health().standby()).isTrue();
                    first.close();
                    assertThat(take(second.iterator(), 2)).containsExactly(6L, 7L);
                }
            }
        }

        @Test
        void namedConsumers_haveTheirOwnCursors() throws Exception {
            try (StreamServer server = new StreamServer(sending(5));
                    var first = connect(server, o -> o.cursor(store).consumer("a"));
                    var second = connect(server, o -> o.cursor(store).consumer("b"))) {
                assertThat(take(first.iterator(), 2)).containsExactly(1L, 2L);
                assertThat(take(second.iterator(), 2)).containsExactly(1L, 2L);
            }
        }
    }

    @Nested
    class Handling {
        @Test
        void failingHandler_stopsByDefaultAndKeepsTheEvent() throws Exception {
            try (StreamServer server = new StreamServer(sending(10))) {
                IllegalStateException bug = new IllegalStateException("bug");
                try (var stream = connect(server, o -> o.cursor(store))) {
                    assertThatThrownBy(() -> stream.forEach(event -> {
                                if (event.sequence().getAsLong() == 3) {
                                    throw bug;
                                }
                            }))
                            .isSameAs(bug);
                }
                try (var stream = connect(server, o -> o.cursor(store))) {
                    assertThat(take(stream.iterator(), 1)).containsExactly(3L);
                }
            }
        }

        @Test
        void skippedEvent_isReportedAndTheRestIsHandled() throws Exception {
            BlockingQueue<FailedEvent> skipped = new LinkedBlockingQueue<>();
            BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
            try (StreamServer server = new StreamServer(sending(3));
                    var stream = connect(server, o -> o.onFailure(Failure.SKIP).onSkipped(skipped::add))) {
                stream.consume(Lanes.of(1), event -> {
                    if (event.sequence().getAsLong() == 2) {
                        throw new IllegalStateException("bad event");
                    }
                    handled.add(event.sequence().getAsLong());
                });
                assertThat(List.of(handled.take(), handled.take())).containsExactly(1L, 3L);
                FailedEvent failed = skipped.take();
                assertThat(failed.sequence()).hasValue(2);
                assertThat(failed.bytes().toByteArray()).isEqualTo(Frames.labels(2));
                assertThat(failed.attempts()).isEqualTo(1);
            }
        }

        @Test
        void lanes_keepTheOrderOfEachAccount() throws Exception {
            int accounts = 20;
            int events = 2000;
            Map<String, List<Long>> handled = new ConcurrentHashMap<>();
            CountDownLatch all = new CountDownLatch(events);
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        for (int i = 1; i <= events; i++) {
                            connection.binary(Frames.identity(i, "did:plc:" + i % accounts));
                        }
                        connection.serve();
                    });
                    var stream = EventStream.connect(
                            com.atproto.sync.SubscribeRepos.SUBSCRIPTION,
                            o -> o.service(server.url()).cursor(store))) {
                Consumer consumer = stream.consume(Lanes.of(16), event -> {
                    var identity = (com.atproto.sync.SubscribeRepos.Message.Identity) event.message();
                    handled.computeIfAbsent(identity.value().did().toString(), did -> new CopyOnWriteArrayList<>())
                            .add(event.sequence().getAsLong());
                    all.countDown();
                });
                all.await();
                assertThat(handled)
                        .hasSize(accounts)
                        .allSatisfy((did, sequences) ->
                                assertThat(sequences).isSorted().hasSize(events / accounts));
                consumer.close();
                consumer.join();
                assertThat(consumer.health().position()).hasValue(events);
            }
        }

        @Test
        void slowHandler_makesTheServerWait() throws Exception {
            AtomicInteger sent = new AtomicInteger();
            CountDownLatch blocked = new CountDownLatch(1);
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        Thread watcher = new Thread(() -> {
                            int before = -1;
                            while (before != sent.get() || before < 5) {
                                before = sent.get();
                                try {
                                    TimeUnit.MILLISECONDS.sleep(300); // the only way to see that nothing is sent
                                } catch (InterruptedException e) {
                                    return;
                                }
                            }
                            blocked.countDown();
                        });
                        watcher.start();
                        for (int i = 1; i <= 2000; i++) {
                            connection.binary(Frames.message("#labels", withSequence(i)));
                            sent.incrementAndGet();
                        }
                        connection.serve();
                    });
                    var stream = connect(server, o -> o.bufferBytes(1_000_000))) {
                blocked.await();
                assertThat(sent.get()).isLessThan(1500);
                assertThat(stream.health().pendingBytes()).isBetween(1_000_000L, 1_100_000L);
                Iterator<StreamMessage<SubscribeLabels.Message>> events = stream.iterator();
                assertThat(take(events, 2000)).isSorted().hasSize(2000).endsWith(2000L);
            }
        }

        private java.util.function.Consumer<dev.atlex.data.LexMap.Builder> withSequence(long sequence) {
            return body ->
                    body.put("seq", sequence).put("x", "y".repeat(60_000)).put("labels", dev.atlex.data.LexArray.of());
        }

        @Test
        void secondConsumption_isRefused() throws Exception {
            try (var stream = EventStream.connect(SubscribeLabels.SUBSCRIPTION, o -> o.service("ws://localhost:1"))) {
                stream.iterator();
                assertThatThrownBy(stream::publisher)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("already being consumed");
            }
        }

        @Test
        void publisher_deliversOnlyWhatIsRequested() throws Exception {
            BlockingQueue<Long> received = new LinkedBlockingQueue<>();
            BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();
            CountDownLatch completed = new CountDownLatch(1);
            try (StreamServer server = new StreamServer(sending(10));
                    var stream = connect(server, o -> {})) {
                stream.publisher().subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscriptions.add(subscription);
                    }

                    @Override
                    public void onNext(StreamMessage<SubscribeLabels.Message> event) {
                        received.add(event.sequence().getAsLong());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        throw new AssertionError(failure);
                    }

                    @Override
                    public void onComplete() {
                        completed.countDown();
                    }
                });
                Flow.Subscription subscription = subscriptions.take();
                subscription.request(2);
                assertThat(List.of(received.take(), received.take())).containsExactly(1L, 2L);
                assertThat(received.poll(100, TimeUnit.MILLISECONDS)).isNull();
                subscription.request(Long.MAX_VALUE);
                assertThat(received.take()).isEqualTo(3);
                end(stream);
                assertThat(completed.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
