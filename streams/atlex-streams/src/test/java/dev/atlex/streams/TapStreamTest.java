package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import dev.atlex.data.Cid;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalTap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the events of a Tap and their acknowledgments. */
@Timeout(120)
class TapStreamTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final Did BOB = Did.of("did:plc:bob");
    private static final Nsid POST = Nsid.of("app.bsky.feed.post");
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final LocalTap tap = LocalTap.start();

    /** The handled posts. */
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        tap.close();
    }

    private TapStream connect(Consumer<TapOptions.Builder> options) {
        return TapClient.of(t -> {
                    t.service(tap.url().toString());
                    options.accept(t);
                })
                .connect();
    }

    private TapStream connect() {
        return connect(t -> {});
    }

    private static LexMap post(String text) {
        return LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .put("createdAt", "2026-11-27T16:00:00Z")
                .build();
    }

    private long create(Did did, String text) {
        return tap.create(did, POST, RecordKey.of(text), post(text));
    }

    private static String text(TapEvent event) {
        return ((TapRecordEvent) event).record(Post.RECORD).text();
    }

    private void handle(TapEvent event) {
        handled.add(text(event));
    }

    /** Handles posts until the one with this text. */
    private void handleUntil(String last, TapStream stream) {
        stream.forEach(event -> {
            handle(event);
            if (text(event).equals(last)) {
                end(stream);
            }
        });
    }

    private static void end(TapStream stream) {
        stream.close();
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(handled.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
        }
        return texts;
    }

    private static void awaitDuplicates(TapStream stream, int count) {
        await(() -> stream.duplicates() >= count);
    }

    /** Drops the connection and waits until the stream has replaced it. */
    private void dropConnection() throws InterruptedException {
        tap.behavior().awaitConnections(1, TIMEOUT);
        int before = tap.requests().size();
        tap.behavior().dropConnections();
        await(() -> tap.requests().size() > before);
        tap.behavior().awaitConnections(1, TIMEOUT);
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + TIMEOUT.toNanos(); !condition.getAsBoolean(); ) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Nested
    class Events {
        @Test
        void records_areTyped() {
            create(ALICE, "a");
            tap.update(ALICE, POST, RecordKey.of("a"), post("b"));
            tap.delete(ALICE, POST, RecordKey.of("a"));
            tap.backfill(BOB, POST, RecordKey.of("b"), post("c"));
            List<TapEvent> events = new ArrayList<>();
            try (TapStream stream = connect()) {
                stream.forEach(event -> {
                    events.add(event);
                    if (events.size() == 4) {
                        end(stream);
                    }
                });
            }
            assertThat(events).anySatisfy(event -> {
                TapRecordEvent create = (TapRecordEvent) event;
                assertThat(create.action()).isEqualTo(RecordOperation.CREATE);
                assertThat(create.live()).isTrue();
                assertThat(create.uri()).hasToString("at://did:plc:alice/app.bsky.feed.post/a");
                assertThat(create.collection()).isEqualTo(POST);
                assertThat(create.recordKey()).hasToString("a");
                assertThat(create.cid()).isEqualTo(Cid.ofDagCbor(post("a").toCbor()));
                assertThat(create.record(Post.RECORD).text()).isEqualTo("a");
                assertThat(create.record()).isEqualTo(post("a"));
            });
            assertThat(events).anySatisfy(event -> {
                TapRecordEvent delete = (TapRecordEvent) event;
                assertThat(delete.isDelete()).isTrue();
                assertThat(delete.cid()).isNull();
                assertThat(delete.record()).isNull();
                assertThat(delete.record(Post.RECORD)).isNull();
            });
            assertThat(events).anySatisfy(event -> {
                assertThat(event.did()).isEqualTo(BOB);
                assertThat(((TapRecordEvent) event).live()).isFalse();
            });
            assertThat(events.stream().map(event -> ((TapRecordEvent) event).action()))
                    .contains(RecordOperation.UPDATE);
        }

        @Test
        void identities_andUnknownTypesAreDelivered() {
            tap.identity(ALICE, Handle.of("alice.test"), "active");
            tap.identity(BOB, null, "deleted");
            tap.event(
                    "novelty",
                    ALICE,
                    false,
                    LexMap.builder().put("did", ALICE.toString()).build());
            try (TapStream stream = connect()) {
                Iterator<TapEvent> events = stream.iterator();
                assertThat(events.next()).isInstanceOfSatisfying(TapIdentityEvent.class, event -> {
                    assertThat(event.handle()).hasToString("alice.test");
                    assertThat(event.active()).isTrue();
                });
                assertThat(events.next()).isInstanceOfSatisfying(TapIdentityEvent.class, event -> {
                    assertThat(event.handle()).isNull();
                    assertThat(event.active()).isFalse();
                    assertThat(event.status()).isEqualTo("deleted");
                });
                assertThat(events.next()).isInstanceOfSatisfying(TapOtherEvent.class, event -> {
                    assertThat(event.type()).isEqualTo("novelty");
                    assertThat(event.did()).isEqualTo(ALICE);
                });
            }
        }

        @Test
        void recordThatViolatesItsSchema_isSkippedAndAcknowledged() throws Exception {
            List<FailedEvent> skipped = new CopyOnWriteArrayList<>();
            tap.create(
                    ALICE,
                    POST,
                    RecordKey.of("bad"),
                    LexMap.builder().put("text", 7).build());
            create(ALICE, "good");
            try (TapStream stream = connect(t -> t.onSkipped(skipped::add))) {
                stream.forEach(Post.RECORD, (event, post) -> {
                    handled.add(post.text());
                    end(stream);
                });
            }
            assertThat(handled).containsExactly("good");
            assertThat(skipped)
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.event())
                            .hasToString(
                                    "TapRecordEvent[id 1, create at://did:plc:alice/app.bsky.feed.post/bad, live]"));
            tap.awaitAcknowledged(TIMEOUT);
        }

        @Test
        void lanes_keepTheOrderOfEachAccount() throws Exception {
            Map<Did, List<String>> texts = new ConcurrentHashMap<>();
            CountDownLatch done = new CountDownLatch(40);
            try (TapStream stream = connect();
                    var consumer = stream.consume(Lanes.of(4), event -> {
                        texts.computeIfAbsent(event.did(), did -> new CopyOnWriteArrayList<>())
                                .add(text(event));
                        done.countDown();
                    })) {
                for (int i = 0; i < 10; i++) {
                    for (int account = 0; account < 4; account++) {
                        create(Did.of("did:plc:account" + account), String.valueOf(i));
                    }
                }
                assertThat(done.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().handled()).isEqualTo(40);
            }
            assertThat(texts).hasSize(4);
            assertThat(texts.values())
                    .allSatisfy(
                            list -> assertThat(list).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
        }
    }

    @Nested
    class Acknowledgments {
        @Test
        void event_isAcknowledgedAfterItsHandler() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            create(ALICE, "a");
            try (TapStream stream = connect();
                    var consumer = stream.consume(Lanes.of(1), event -> {
                        started.countDown();
                        await(mayReturn);
                    })) {
                await(started);
                assertThat(tap.unacknowledged()).containsExactly(1L);
                mayReturn.countDown();
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().position()).isEmpty();
            }
            assertThat(tap.acknowledged()).containsExactly(1L);
        }

        @Test
        void eventOfTheHandlerThatCloses_isAcknowledged() throws Exception {
            create(ALICE, "a");
            try (TapStream stream = connect()) {
                handleUntil("a", stream);
            }
            tap.awaitAcknowledged(TIMEOUT);
            assertThat(tap.acknowledged()).containsExactly(1L);
        }

        @Test
        void stoppedEvent_isNotAcknowledged() throws Exception {
            create(ALICE, "a");
            create(ALICE, "b");
            try (TapStream stream = connect()) {
                assertThatThrownBy(() -> stream.forEach(event -> {
                            if (text(event).equals("b")) {
                                throw new IllegalStateException("b");
                            }
                        }))
                        .hasMessage("b");
            }
            assertThat(tap.unacknowledged()).containsExactly(2L);
            tap.behavior().awaitConnections(0, TIMEOUT).redeliver();
            try (TapStream stream = connect()) {
                handleUntil("b", stream);
            }
            assertThat(handled).containsExactly("b");
        }

        @Test
        void skippedEvent_isAcknowledgedAndReported() throws Exception {
            List<FailedEvent> skipped = new CopyOnWriteArrayList<>();
            create(ALICE, "bad");
            create(ALICE, "good");
            try (TapStream stream =
                    connect(t -> t.onFailure(failed -> failed.attempts() < 2 ? Failure.RETRY : Failure.SKIP)
                            .onSkipped(skipped::add))) {
                stream.forEach(event -> {
                    handle(event);
                    if (text(event).equals("bad")) {
                        throw new IllegalStateException("bad");
                    }
                    end(stream);
                });
            }
            assertThat(handled).containsExactly("bad", "bad", "good");
            assertThat(skipped)
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.attempts()).isEqualTo(2));
            tap.awaitAcknowledged(TIMEOUT);
        }

        @Test
        void invalidEvent_isReportedAndAcknowledgedIfItHasAnId() throws Exception {
            BlockingQueue<FailedEvent> skipped = new LinkedBlockingQueue<>();
            tap.event(
                    "record",
                    ALICE,
                    true,
                    LexMap.builder().put("did", "nonsense").build());
            try (TapStream stream = connect(t -> t.onSkipped(skipped::add));
                    var consumer = stream.consume(Lanes.of(1), TapStreamTest.this::handle)) {
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(skipped.take().cause()).hasMessageContaining("nonsense");
                tap.behavior().send("this isn't JSON");
                assertThat(skipped.take().bytes().size()).isEqualTo("this isn't JSON".length());
                create(ALICE, "a");
                assertThat(take(1)).containsExactly("a");
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().skipped()).isEqualTo(2);
            }
            assertThat(tap.acknowledged()).containsExactly(1L, 2L);
        }

        @Test
        void disabled_nothingIsSent() throws Exception {
            tap.behavior().expectAcknowledgments(false);
            create(ALICE, "a");
            create(ALICE, "b");
            try (TapStream stream = connect(t -> t.acknowledge(false))) {
                handleUntil("b", stream);
                assertThat(stream.duplicates()).isZero();
            }
            tap.behavior().expectAcknowledgments(true);
            assertThat(handled).containsExactly("a", "b");
            assertThat(tap.acknowledged()).isEmpty();
        }
    }

    @Nested
    class Redelivery {
        @Test
        void afterALostAcknowledgment_isAcknowledgedButNotHandled() throws Exception {
            try (TapStream stream = connect();
                    var consumer = stream.consume(Lanes.of(1), TapStreamTest.this::handle)) {
                tap.behavior().loseAcknowledgments(true);
                create(ALICE, "a");
                create(BOB, "b");
                assertThat(take(2)).containsExactlyInAnyOrder("a", "b");
                tap.behavior().redeliver();
                awaitDuplicates(stream, 2);
                dropConnection();
                tap.behavior().loseAcknowledgments(false).redeliver();
                tap.awaitAcknowledged(TIMEOUT);
                create(ALICE, "c");
                assertThat(take(1)).containsExactly("c");
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().handled()).isEqualTo(3);
            }
            assertThat(handled).isEmpty();
        }

        @Test
        void whileTheHandlerRuns_isNotHandledAgain() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            create(ALICE, "slow");
            try (TapStream stream = connect();
                    var consumer = stream.consume(Lanes.of(1), event -> {
                        started.countDown();
                        await(mayReturn);
                        handle(event);
                    })) {
                await(started);
                tap.behavior().redeliver();
                awaitDuplicates(stream, 1);
                mayReturn.countDown();
                tap.awaitAcknowledged(TIMEOUT);
                create(ALICE, "next");
                assertThat(take(2)).containsExactly("slow", "next");
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().handled()).isEqualTo(2);
            }
            assertThat(tap.acknowledged()).containsExactly(1L, 2L);
        }

        @Test
        void handlerThatOutlivesItsConnection_acknowledgesOnTheNextOne() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            CountDownLatch disconnected = new CountDownLatch(1);
            StreamListener listener = new StreamListener() {
                @Override
                public void disconnected(StreamException cause, Duration retryIn) {
                    disconnected.countDown();
                }
            };
            create(ALICE, "a");
            try (TapStream stream = connect(t -> t.listener(listener));
                    var consumer = stream.consume(Lanes.of(1), event -> {
                        started.countDown();
                        await(mayReturn);
                        handle(event);
                    })) {
                await(started);
                tap.behavior().dropConnections();
                await(disconnected);
                mayReturn.countDown();
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().reconnects()).isEqualTo(1);
            }
            assertThat(handled).containsExactly("a");
        }

        @Test
        void idUsedAgainAfterARestart_isADifferentEvent() throws Exception {
            try (TapStream stream = connect();
                    var consumer = stream.consume(Lanes.of(1), TapStreamTest.this::handle)) {
                assertThat(create(ALICE, "a")).isEqualTo(1);
                tap.awaitAcknowledged(TIMEOUT);
                tap.behavior().restart();
                assertThat(create(ALICE, "b")).isEqualTo(1);
                assertThat(take(2)).containsExactly("a", "b");
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(stream.duplicates()).isZero();
                assertThat(consumer.health().handled()).isEqualTo(2);
            }
        }

        @Test
        void sameIdentityUnderAReusedId_isHandledAgain() throws Exception {
            BlockingQueue<String> statuses = new LinkedBlockingQueue<>();
            try (TapStream stream = connect();
                    var consumer =
                            stream.consume(Lanes.of(1), event -> statuses.add(((TapIdentityEvent) event).status()))) {
                assertThat(tap.identity(ALICE, null, "active")).isEqualTo(1);
                assertThat(tap.identity(ALICE, null, "deactivated")).isEqualTo(2);
                tap.awaitAcknowledged(TIMEOUT);
                tap.behavior().restart().awaitConnections(1, TIMEOUT);
                assertThat(tap.identity(ALICE, null, "active")).isEqualTo(1);
                assertThat(List.of(statuses.take(), statuses.take(), statuses.take()))
                        .containsExactly("active", "deactivated", "active");
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(stream.duplicates()).isZero();
                assertThat(consumer.health().gaps()).isZero();
            }
        }

        @Test
        void restartOfTheProgram_deliversWhatIsNotAcknowledged() throws Exception {
            create(ALICE, "a");
            tap.behavior().loseAcknowledgments(true);
            try (TapStream stream = connect()) {
                handleUntil("a", stream);
            }
            tap.behavior().awaitConnections(0, TIMEOUT);
            tap.behavior().loseAcknowledgments(false).redeliver();
            try (TapStream stream = connect()) {
                handleUntil("a", stream);
            }
            assertThat(handled).containsExactly("a", "a");
            tap.awaitAcknowledged(TIMEOUT);
        }

        @Test
        void manyCuts_noEventIsLostAndTheOrderIsKept() throws Exception {
            Map<Did, List<Integer>> numbers = new ConcurrentHashMap<>();
            CountDownLatch done = new CountDownLatch(300);
            try (TapStream stream = connect();
                    var consumer = stream.consume(Lanes.of(3), event -> {
                        numbers.computeIfAbsent(event.did(), did -> new CopyOnWriteArrayList<>())
                                .add(Integer.valueOf(text(event)));
                        done.countDown();
                    })) {
                for (int i = 0; i < 100; i++) {
                    for (int account = 0; account < 3; account++) {
                        create(Did.of("did:plc:account" + account), String.valueOf(i));
                    }
                }
                for (int cut = 0; cut < 5; cut++) {
                    dropConnection();
                    tap.behavior().redeliver();
                }
                assertThat(done.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                tap.behavior().redeliver();
                tap.awaitAcknowledged(TIMEOUT);
                assertThat(consumer.health().handled()).isEqualTo(300);
            }
            assertThat(numbers.values())
                    .hasSize(3)
                    .allSatisfy(list -> assertThat(list).isSorted().hasSize(100));
        }
    }

    @Nested
    class Connections {
        @Test
        void fullBuffer_stopsReading() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            LexMap large = post("x".repeat(1000));
            for (int i = 0; i < 100; i++) {
                tap.backfill(ALICE, POST, RecordKey.of("k" + i), large);
            }
            try (TapStream stream = connect(t -> t.bufferBytes(5000));
                    var consumer = stream.consume(Lanes.of(1), event -> {
                        started.countDown();
                        await(mayReturn);
                    })) {
                await(started);
                assertThat(consumer.health().pendingBytes()).isLessThan(10_000);
                assertThat(consumer.health().pendingEvents()).isLessThan(10);
                mayReturn.countDown();
                tap.awaitAcknowledged(TIMEOUT);
            }
        }

        @Test
        void close_returnsWithinTwoSeconds_ifAHandlerHangs() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            create(ALICE, "a");
            TapStream stream = connect();
            stream.consume(Lanes.of(1), event -> {
                started.countDown();
                await(mayReturn);
            });
            await(started);
            tap.behavior().halfOpen(true);
            long before = System.nanoTime();
            stream.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
            mayReturn.countDown();
            assertThat(tap.unacknowledged()).containsExactly(1L);
        }

        @Test
        void webhookMode_isRefusedWithTheServersMessage() {
            tap.behavior().webhookMode(true);
            try (TapStream stream = connect()) {
                assertThatThrownBy(() -> stream.forEach(event -> {}))
                        .isInstanceOf(StreamRefusedException.class)
                        .hasMessageContaining("websocket not available in webhook mode");
            }
        }

        @Test
        void password_isSentButNeverShown() throws Exception {
            try (LocalTap secured = LocalTap.start("s3cret-word")) {
                TapClient client =
                        TapClient.of(t -> t.service(secured.url().toString()).adminPassword("s3cret-word"));
                secured.create(ALICE, POST, RecordKey.of("a"), post("a"));
                try (TapStream stream = client.connect()) {
                    handleUntil("a", stream);
                    assertThat(stream.toString()).doesNotContain("s3cret");
                }
                TapClient wrong =
                        TapClient.of(t -> t.service(secured.url().toString()).adminPassword("wr0ng-word"));
                try (TapStream stream = wrong.connect()) {
                    assertThatThrownBy(() -> stream.forEach(event -> {}))
                            .isInstanceOfSatisfying(
                                    StreamRefusedException.class,
                                    e -> assertThat(e.status()).isEqualTo(401))
                            .hasMessageNotContaining("wr0ng");
                }
            }
        }

        @Test
        void largeIds_areKept() {
            LexMap identity = LexMap.builder()
                    .put("id", new LexInteger(9_007_199_254_740_993L))
                    .put("type", "identity")
                    .put(
                            "identity",
                            LexMap.builder()
                                    .put("did", ALICE.toString())
                                    .put("status", "active")
                                    .build())
                    .build();
            byte[] json = identity.toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(TapDecoder.event(json).id()).isEqualTo(9_007_199_254_740_993L);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
