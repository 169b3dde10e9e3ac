package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.atproto.label.SubscribeLabels;
import dev.atlex.data.LexMap;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.MemorySessionStore;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers, callbacks and stores that break their contracts. The stream survives them, or ends with the cause. */
@Timeout(60)
class HostileProgramTest {
    private static final String NSID = SubscribeLabels.NSID;

    /** Sends all events from the cursor to 5, and stays connected. */
    private static StreamServer server() throws IOException {
        return new StreamServer((connection, number) -> {
            connection.open();
            for (long seq = connection.cursor() == null ? 1 : connection.cursor() + 1; seq <= 5; seq++) {
                connection.binary(Frames.labels(seq));
            }
            connection.serve();
        });
    }

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

    private static long seq(StreamMessage<?> event) {
        return event.sequence().orElse(-1);
    }

    /** Throws any exception without declaring it, as code in Kotlin can. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneakyThrow(Throwable failure) throws T {
        throw (T) failure;
    }

    private static void recurse(int depth) {
        recurse(depth + 1);
        assertThat(depth).isNotNegative();
    }

    @Nested
    class Handlers {
        /** How a handler fails. */
        enum Fault {
            ASSERTION(() -> HostileProgramTest.<RuntimeException>sneakyThrow(new AssertionError("bug"))),
            STACK_OVERFLOW(() -> recurse(0)),
            OUT_OF_MEMORY(() -> HostileProgramTest.<RuntimeException>sneakyThrow(new OutOfMemoryError("bug"))),
            CHECKED_EXCEPTION(() -> HostileProgramTest.<RuntimeException>sneakyThrow(new IOException("bug"))),
            INTERRUPTED_EXCEPTION(
                    () -> HostileProgramTest.<RuntimeException>sneakyThrow(new InterruptedException("bug"))),
            RUNTIME_EXCEPTION(() -> {
                throw new IllegalStateException("bug");
            });

            private final Runnable action;

            Fault(Runnable action) {
                this.action = action;
            }

            void handle(StreamMessage<?> event) {
                if (seq(event) == 3) {
                    action.run();
                }
            }

            void assertCauses(Throwable failure) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                if (this == STACK_OVERFLOW) {
                    assertThat(cause).isInstanceOf(StackOverflowError.class);
                } else {
                    assertThat(cause).hasMessage("bug");
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void failure_endsForEach(Fault fault) throws Exception {
            try (StreamServer server = server();
                    var stream = connect(server, o -> {})) {
                fault.assertCauses(catchThrowable(() -> stream.forEach(fault::handle)));
                assertEnded(stream);
            }
        }

        @ParameterizedTest
        @EnumSource
        void failure_endsAllLanes(Fault fault) throws Exception {
            try (StreamServer server = server();
                    var stream = connect(server, o -> {})) {
                Consumer consumer = stream.consume(Lanes.of(4), fault::handle);
                fault.assertCauses(catchThrowable(consumer::join));
                assertEnded(stream);
            }
        }

        @ParameterizedTest
        @EnumSource
        void failure_endsThePublisher(Fault fault) throws Exception {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            try (StreamServer server = server();
                    var stream = connect(server, o -> {})) {
                stream.publisher().subscribe(new Subscriber(fault::handle, failure));
                fault.assertCauses(failure.get());
                assertEnded(stream);
            }
        }

        private void assertEnded(EventStream<?> stream) {
            stream.close();
            assertThat(stream.health().closed()).isTrue();
            assertThat(stream.health().position()).as("before the failed event").hasValue(2);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(
                            thread -> thread.getName().startsWith("atlex-" + NSID) && thread != Thread.currentThread())
                    .allSatisfy(thread -> thread.join(10_000))
                    .noneMatch(Thread::isAlive);
        }

        @Test
        void interruptedFlag_doesNotEndLanes() throws Exception {
            BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
            try (StreamServer server = server();
                    var stream = connect(server, o -> {})) {
                stream.consume(Lanes.of(2), event -> {
                    handled.add(seq(event));
                    Thread.currentThread().interrupt();
                });
                assertThat(List.of(handled.take(), handled.take(), handled.take(), handled.take(), handled.take()))
                        .containsExactly(1L, 2L, 3L, 4L, 5L);
            }
        }

        @Test
        void interruptedFlag_doesNotEndThePublisher() throws Exception {
            BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
            try (StreamServer server = server();
                    var stream = connect(server, o -> {})) {
                stream.publisher()
                        .subscribe(new Subscriber(
                                event -> {
                                    handled.add(seq(event));
                                    Thread.currentThread().interrupt();
                                },
                                new CompletableFuture<>()));
                assertThat(List.of(handled.take(), handled.take(), handled.take(), handled.take(), handled.take()))
                        .containsExactly(1L, 2L, 3L, 4L, 5L);
            }
        }

        @Test
        void subscriberThatRejectsItsSubscription_endsTheStream() throws Exception {
            try (StreamServer server = server();
                    var stream = connect(server, o -> {})) {
                var subscriber = new Subscriber(event -> {}, new CompletableFuture<>()) {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        throw new IllegalStateException("bug");
                    }
                };
                assertThatThrownBy(() -> stream.publisher().subscribe(subscriber))
                        .hasMessage("bug");
                end(stream);
                assertThat(stream.health().closed()).isTrue();
            }
        }
    }

    @Nested
    class Callbacks {
        @Test
        void onFailureReturningNull_endsTheStreamWithBothFailures() throws Exception {
            try (StreamServer server = server();
                    var stream = connect(server, o -> o.onFailure(failed -> null))) {
                assertThatThrownBy(() -> stream.forEach(event -> {
                            throw new IllegalStateException("bug");
                        }))
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage("onFailure returned null")
                        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("bug"));
            }
        }

        @Test
        void onGapReturningNull_endsTheStream() throws Exception {
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        connection.binary(Frames.labels(3));
                        connection.serve();
                    });
                    var stream = connect(server, o -> o.startAt(9).onGap(gap -> null))) {
                assertThatThrownBy(() -> stream.forEach(event -> {}))
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage("onGap returned null");
            }
        }

        @Test
        void onSkippedThatThrowsAnError_endsTheStream() throws Exception {
            AssertionError bug = new AssertionError("bug");
            try (StreamServer server = new StreamServer((connection, number) -> {
                        connection.open();
                        connection.binary(new byte[] {1});
                        connection.serve();
                    });
                    var stream = connect(
                            server,
                            o -> o.onSkipped(failed -> {
                                throw bug;
                            }))) {
                assertThatThrownBy(() -> stream.forEach(event -> {})).isSameAs(bug);
            }
        }

        @Test
        void listenerThatClosesTheStream_doesNotWaitForItself() throws Exception {
            CompletableFuture<EventStream<?>> stream = new CompletableFuture<>();
            CompletableFuture<Duration> taken = new CompletableFuture<>();
            StreamListener listener = new StreamListener() {
                @Override
                public void connected() {
                    EventStream<?> closing = stream.join();
                    long start = System.nanoTime();
                    closing.close();
                    taken.complete(Duration.ofNanos(System.nanoTime() - start));
                }
            };
            try (StreamServer server = server()) {
                var closed = connect(server, o -> o.listener(listener).cursor(CursorStore.memory()));
                stream.complete(closed);
                closed.forEach(event -> {});
                assertThat(closed.health().closed()).isTrue();
                assertThat(taken.get()).isLessThan(Duration.ofMillis(900)); // the time to wait for the last save
            }
        }

        @Test
        void failedStreamThatIsNeverClosed_isForgotten() throws Exception {
            try (StreamServer server = new StreamServer((connection, number) -> connection.refuse(400, "", "{}"))) {
                WeakReference<StreamListener> forgotten = failed(server);
                while (forgotten.get() != null) {
                    System.gc();
                    assertThat(Thread.currentThread().isInterrupted())
                            .as("timeout")
                            .isFalse();
                }
            }
        }

        private WeakReference<StreamListener> failed(StreamServer server) {
            StreamListener listener = new StreamListener() {};
            var stream = connect(server, o -> o.listener(listener).cursor(CursorStore.memory()));
            assertThatThrownBy(() -> stream.forEach(event -> {})).isInstanceOf(StreamRefusedException.class);
            return new WeakReference<>(listener);
        }

        /** A listener runs on the stream's thread. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void listenerThatFailsOrInterrupts_doesNotEndTheStream(boolean interrupts) throws Exception {
            CursorStore store = CursorStore.memory();
            StreamListener listener = new StreamListener() {
                @Override
                public void connected() {
                    if (interrupts) {
                        Thread.currentThread().interrupt();
                    } else {
                        HostileProgramTest.<RuntimeException>sneakyThrow(new IOException("bug"));
                    }
                }
            };
            try (StreamServer server = server()) {
                for (int run = 0; run < 2; run++) {
                    try (var stream = connect(
                            server, o -> o.listener(listener).cursor(store).startAt(0))) {
                        Iterator<? extends StreamMessage<?>> events = stream.iterator();
                        assertThat(seq(events.next())).isEqualTo(1 + 2 * run);
                        assertThat(seq(events.next())).isEqualTo(2 + 2 * run);
                        events.hasNext();
                    }
                }
            }
        }
    }

    /** A service's URL may contain secrets by mistake. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://user:s3cr3t@example.com",
                "wss://s3cr3t@example.com",
                "wss://example.com?token=s3cr3t",
                "wss://example.com/#s3cr3t",
                "wss://user:s3cr3t@exa mple.com",
                "wss://user:s3cr3t@",
                "s3cr3t://example.com",
                "wss:s3cr3t"
            })
    void secretInTheUrl_isNotShown(String url) {
        Throwable failure = catchThrowable(() ->
                assertThat(StreamOptions.of(o -> o.service(url)).toString()).doesNotContain("s3cr3t"));
        assertThat(failure == null || failure instanceof IllegalArgumentException)
                .as(String.valueOf(failure))
                .isTrue();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("s3cr3t");
        }
    }

    /** Monitoring must survive whatever the server sends. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "\u001b[2J", ""})
    void health_survivesAnyTime(String time) throws Exception {
        try (StreamServer server = new StreamServer((connection, number) -> {
                    connection.open();
                    connection.binary(
                            Frames.message("#new", body -> body.put("seq", 1).put("time", time)));
                    connection.serve();
                });
                var stream = connect(server, o -> {})) {
            stream.iterator().next();
            assertThat(stream.health().delay()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(stream.toString()).contains("received 1");
        }
    }

    @Nested
    class Stores {
        private final EntryStore memory = new MemorySessionStore();
        private final AtomicInteger faults = new AtomicInteger();

        /** Returns a store whose method breaks, up to the number of faults. */
        private CursorStore breaking(String method, BiConsumer<String, Integer> fault) {
            return CursorStore.of((EntryStore) Proxy.newProxyInstance(
                    EntryStore.class.getClassLoader(),
                    new Class<?>[] {EntryStore.class},
                    (proxy, called, arguments) -> {
                        if (called.getName().equals(method) && faults.getAndDecrement() > 0) {
                            fault.accept(method, faults.get());
                        }
                        try {
                            return called.invoke(memory, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        @ParameterizedTest
        @CsvSource({
            "load, false",
            "load, true",
            "save, false",
            "save, true",
            "acquireLease, false",
            "acquireLease, true"
        })
        void brokenStore_isRetriedAndLosesNothing(String method, boolean interrupts) throws Exception {
            faults.set(2);
            CursorStore store = breaking(method, (name, left) -> {
                if (interrupts) {
                    Thread.currentThread().interrupt();
                    HostileProgramTest.<RuntimeException>sneakyThrow(new InterruptedException());
                }
                throw new UnsupportedOperationException("not a store's exception");
            });
            try (StreamServer server = server()) {
                List<Long> handled = new ArrayList<>();
                for (int run = 0; run < 2; run++) {
                    try (var stream =
                            connect(server, o -> o.cursor(store).startAt(0).saveInterval(Duration.ofMillis(10)))) {
                        Iterator<? extends StreamMessage<?>> events = stream.iterator();
                        handled.add(seq(events.next()));
                        handled.add(seq(events.next()));
                        events.hasNext();
                        while (run == 0 && faults.get() > 0) {
                            Thread.onSpinWait(); // each save is a fault until then
                        }
                    }
                }
                assertThat(handled).containsExactly(1L, 2L, 3L, 4L);
            }
        }

        @Test
        void hangingStore_doesNotDelayClose() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            faults.set(Integer.MAX_VALUE);
            CursorStore store = breaking("save", (name, left) -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try (StreamServer server = server()) {
                var stream = connect(server, o -> o.cursor(store).startAt(0));
                Iterator<? extends StreamMessage<?>> events = stream.iterator();
                events.next();
                events.hasNext();
                long start = System.nanoTime();
                stream.close();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                never.countDown();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"abc\u001b[2J", "12", "-7"})
        void cursorThatIsNoSequenceNumber_endsTheStreamAndIsKept(String position) throws Exception {
            CursorStore store = CursorStore.of(memory);
            try (StreamServer server = server()) {
                var cursor = store.cursor(server.url(), NSID);
                if (position.startsWith("-")) {
                    cursor.save(null, Long.parseLong(position), LexMap.of());
                } else {
                    cursor.save(null, position, LexMap.of());
                }
                try (var stream = connect(server, o -> o.cursor(store))) {
                    assertThatThrownBy(() -> stream.forEach(event -> {}))
                            .isInstanceOf(StreamException.class)
                            .hasMessageStartingWith("load cursor: expected a sequence number of at least 0 (got \"")
                            .hasMessageNotContaining("\u001b");
                }
                assertThat(Objects.requireNonNull(cursor.load()).position()).isEqualTo(position);
                assertThat(server.connections()).isEmpty();
            }
        }
    }

    /** Requests all events. */
    private static class Subscriber implements Flow.Subscriber<StreamMessage<SubscribeLabels.Message>> {
        private final java.util.function.Consumer<StreamMessage<SubscribeLabels.Message>> handler;
        private final CompletableFuture<Throwable> failure;

        Subscriber(
                java.util.function.Consumer<StreamMessage<SubscribeLabels.Message>> handler,
                CompletableFuture<Throwable> failure) {
            this.handler = handler;
            this.failure = failure;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(StreamMessage<SubscribeLabels.Message> event) {
            handler.accept(event);
        }

        @Override
        public void onError(Throwable cause) {
            failure.complete(cause);
        }

        @Override
        public void onComplete() {
            failure.complete(new AssertionError("completed"));
        }
    }
}
