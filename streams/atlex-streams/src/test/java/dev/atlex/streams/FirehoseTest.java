package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Like;
import app.bsky.feed.Post;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.repo.CarWriter;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the events of a firehose. */
@Timeout(60)
class FirehoseTest {
    private static final String ALICE = "did:plc:alice";
    private static final String BOB = "did:plc:bob";

    private static LexMap post(String text) {
        return LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .put("createdAt", "2026-11-27T16:00:00.000Z")
                .build();
    }

    private static StreamServer serving(byte[]... frames) throws Exception {
        return new StreamServer((connection, number) -> {
            connection.open();
            for (byte[] frame : frames) {
                connection.binary(frame);
            }
            connection.serve();
        });
    }

    private static List<RepoEvent> events(
            int count, java.util.function.Consumer<StreamOptions.Builder> options, byte[]... frames) throws Exception {
        try (StreamServer server = serving(frames);
                RepoStream stream = Firehose.connect(f -> {
                    f.service(server.url());
                    options.accept(f);
                })) {
            Iterator<RepoEvent> iterator = stream.iterator();
            List<RepoEvent> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(iterator.next());
            }
            return events;
        }
    }

    @Test
    void commit_hasOperationsWithTheirRecords() throws Exception {
        List<RepoEvent> events = events(1, f -> {}, Frames.commit(1, ALICE, "app.bsky.feed.post/3k", post("Hello")));

        assertThat(events.get(0)).isInstanceOfSatisfying(CommitEvent.class, commit -> {
            assertThat(commit.sequence()).isEqualTo(1);
            assertThat(commit.did()).hasToString(ALICE);
            assertThat(commit.rev()).hasToString("3kznmn7xqxl22");
            RecordOperation operation = commit.operations().get(0);
            assertThat(operation.action()).isEqualTo(RecordOperation.CREATE);
            assertThat(operation.uri()).hasToString("at://did:plc:alice/app.bsky.feed.post/3k");
            assertThat(operation.collection()).hasToString("app.bsky.feed.post");
            assertThat(operation.recordKey()).hasToString("3k");
            assertThat(operation.isOf(Post.RECORD)).isTrue();
            assertThat(operation.isOf(Like.RECORD)).isFalse();
            assertThat(operation.cid()).isEqualTo(post("Hello").cid());
            assertThat(operation.record()).isEqualTo(post("Hello"));
            assertThat(operation.record(Post.RECORD).text()).isEqualTo("Hello");
        });
    }

    @Test
    void firstUse_withLanesCompilesAndRuns() throws Exception {
        BlockingQueue<RepoEvent> handled = new LinkedBlockingQueue<>();
        CursorStore store = CursorStore.memory();
        try (StreamServer server = serving(Frames.identity(1, ALICE), Frames.account(2, BOB, "deleted"))) {
            Consumer consumer =
                    Firehose.connect(f -> f.service(server.url()).cursor(store)).consume(Lanes.of(16), handled::add);
            try (consumer) {
                assertThat(List.of(handled.take().sequence(), handled.take().sequence()))
                        .containsExactlyInAnyOrder(1L, 2L);
            }
            assertThat(consumer.health().lag()).isZero();
            assertThat(consumer.health().position()).hasValue(2);
        }
    }

    @Test
    void deletedRecord_hasNoRecord() throws Exception {
        byte[] frame = Frames.commit(
                1, ALICE, List.of(Frames.op("delete", "app.bsky.feed.post/3k", null)), Bytes.of(new byte[0]));

        CommitEvent commit = (CommitEvent) events(1, f -> {}, frame).get(0);

        assertThat(commit.operations().get(0).isDelete()).isTrue();
        assertThat(commit.operations().get(0).record()).isNull();
        assertThat(commit.operations().get(0).record(Post.RECORD)).isNull();
    }

    @Test
    void accountEvents_arriveDespiteCollections() throws Exception {
        List<RepoEvent> events = events(
                5,
                f -> f.collections(Post.RECORD),
                Frames.commit(1, ALICE, "app.bsky.feed.like/3k", post("not a post")),
                Frames.sync(2, ALICE),
                Frames.identity(3, ALICE),
                Frames.account(4, ALICE, "deleted"),
                Frames.commit(5, ALICE, "app.bsky.feed.post/3k", post("Hello")),
                Frames.message("#novelty", body -> body.put("seq", 6).put("did", ALICE)));

        assertThat(events).extracting(RepoEvent::sequence).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(events.get(0)).isInstanceOf(SyncEvent.class);
        assertThat(events.get(1)).isInstanceOf(IdentityEvent.class);
        assertThat(events.get(2)).isInstanceOfSatisfying(AccountEvent.class, account -> {
            assertThat(account.active()).isFalse();
            assertThat(account.status()).isEqualTo("deleted");
        });
        assertThat(events.get(4))
                .isInstanceOfSatisfying(
                        OtherEvent.class, other -> assertThat(other.type()).isEqualTo("#novelty"));
    }

    @Test
    void filteredEvents_moveTheCursor() throws Exception {
        try (StreamServer server = serving(
                        Frames.commit(1, ALICE, "app.bsky.feed.post/3k", post("first")),
                        Frames.commit(2, ALICE, "app.bsky.feed.like/3k", post("no")),
                        Frames.commit(3, BOB, "app.bsky.feed.post/3k", post("no")),
                        Frames.commit(4, ALICE, "app.bsky.feed.post/3l", post("last")));
                RepoStream stream = Firehose.connect(f -> f.service(server.url())
                        .collections("app.bsky.feed.post")
                        .dids(Did.of(ALICE)))) {
            Iterator<RepoEvent> events = stream.iterator();
            assertThat(events.next().sequence()).isEqualTo(1);
            assertThat(events.next().sequence()).isEqualTo(4);
            assertThat(stream.health().position()).hasValue(3);
            assertThat(stream.health().events()).isEqualTo(4);
        }
    }

    @Test
    void prefixOfCollections_matches() throws Exception {
        List<RepoEvent> events = events(
                1,
                f -> f.collections("app.bsky.feed.*"),
                Frames.commit(1, ALICE, "app.bsky.graph.follow/3k", post("no")),
                Frames.commit(2, ALICE, "app.bsky.feed.like/3k", post("yes")));

        assertThat(events.get(0).sequence()).isEqualTo(2);
    }

    @Nested
    class BadContent {
        private final Bytes empty = Bytes.of(new byte[0]);

        private RecordOperation operation(Bytes blocks, Cid cid) throws Exception {
            byte[] frame = Frames.commit(1, ALICE, List.of(Frames.op("create", "app.bsky.feed.post/3k", cid)), blocks);
            return ((CommitEvent) events(1, f -> {}, frame).get(0)).operations().get(0);
        }

        @Test
        void emptyBlocks_failWhenTheRecordIsRead() throws Exception {
            RecordOperation operation = operation(empty, post("x").cid());

            assertThatThrownBy(operation::record)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining(
                            "the event doesn't contain the block " + post("x").cid());
        }

        @Test
        void malformedCar_failsWhenTheRecordIsRead() throws Exception {
            RecordOperation operation =
                    operation(Bytes.of(new byte[] {5, 1, 2, 3}), post("x").cid());

            assertThatThrownBy(operation::record).isInstanceOf(StreamException.class);
        }

        @Test
        void blockWithAnotherHash_isRefused() throws Exception {
            Cid claimed = post("x").cid();
            byte[] forged = post("forged").toCbor();
            byte[] car = CarWriter.toBytes(
                    post("forged").cid(), Map.of(post("forged").cid(), forged));
            byte[] hash = claimed.digest().toByteArray();
            byte[] own = post("forged").cid().digest().toByteArray();
            for (int i = 0; i + own.length <= car.length; i++) {
                if (java.util.Arrays.equals(car, i, i + own.length, own, 0, own.length)) {
                    System.arraycopy(hash, 0, car, i, hash.length);
                }
            }
            RecordOperation operation = operation(Bytes.wrap(car), claimed);

            assertThatThrownBy(operation::record)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining(claimed.toString());
        }

        @Test
        void invalidPath_isABadFrame() throws Exception {
            List<FailedEvent> skipped = new CopyOnWriteArrayList<>();

            events(
                    1,
                    f -> f.onSkipped(skipped::add),
                    Frames.commit(1, ALICE, "nonsense", post("x")),
                    Frames.identity(2, ALICE));

            assertThat(skipped).hasSize(1);
            assertThat(skipped.get(0).cause()).hasMessageContaining("(got \"nonsense\")");
        }

        @Test
        void recordThatViolatesItsSchema_isSkippedWithAReport() throws Exception {
            BlockingQueue<FailedEvent> skipped = new LinkedBlockingQueue<>();
            BlockingQueue<String> texts = new LinkedBlockingQueue<>();
            LexMap invalid = LexMap.builder()
                    .put("$type", "app.bsky.feed.post")
                    .put("text", 5)
                    .build();
            try (StreamServer server = serving(
                            Frames.commit(1, ALICE, "app.bsky.feed.post/3k", invalid),
                            Frames.commit(2, ALICE, "app.bsky.feed.post/3l", post("good")));
                    RepoStream stream =
                            Firehose.connect(f -> f.service(server.url()).onSkipped(skipped::add))) {
                stream.consume(Lanes.of(2), stream.records(Post.RECORD, (operation, post) -> texts.add(post.text())));

                assertThat(texts.take()).isEqualTo("good");
                FailedEvent failed = skipped.take();
                assertThat(failed.event())
                        .isInstanceOfSatisfying(
                                RecordOperation.class,
                                operation -> assertThat(operation.uri())
                                        .hasToString("at://did:plc:alice/app.bsky.feed.post/3k"));
                assertThat(failed.cause()).hasMessageContaining("$.text");
            }
        }
    }
}
