package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Like;
import app.bsky.feed.Post;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexMap;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalJetstream;
import dev.atlex.testkit.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the events of a Jetstream in both versions. */
@Timeout(60)
class JetstreamTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final Nsid POST = Nsid.of("app.bsky.feed.post");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String VERSION_2 = "/xrpc/network.bsky.jetstream.subscribeEvents";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-27T16:00:00.000001Z"));
    private final LocalJetstream server = LocalJetstream.start(clock);
    private final List<StreamGap> gaps = new CopyOnWriteArrayList<>();

    @TempDir
    Path path;

    @AfterEach
    void stop() {
        server.close();
    }

    private RepoStream connect(Consumer<StreamOptions.Builder> options) {
        return Jetstream.connect(j -> {
            j.service(server.url().toString()).onGap(gap -> {
                gaps.add(gap);
                return Gap.CONTINUE;
            });
            options.accept(j);
        });
    }

    /** Adds a post. The clock stands still, so all posts have the same time. */
    private long post(String text) {
        LexMap record = LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .put("createdAt", "2026-11-27T16:00:00Z")
                .build();
        return server.create(ALICE, POST, RecordKey.of(text), record);
    }

    private void laterPost(String text) {
        clock.advance(Duration.ofSeconds(1));
        post(text);
    }

    private static String text(RepoEvent event) {
        return ((CommitEvent) event).operations().get(0).record(Post.RECORD).text();
    }

    private static List<String> texts(Iterator<RepoEvent> events, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(events.next()));
        }
        return texts;
    }

    /** Handles events up to the one with this text, which moves the saved position to it. */
    private void consumeUntil(String last, Consumer<StreamOptions.Builder> options) throws InterruptedException {
        try (RepoStream stream = connect(options)) {
            stream.forEach(event -> {
                if (text(event).equals(last)) {
                    end(stream);
                }
            });
        }
        server.behavior().awaitConnections(0, TIMEOUT);
    }

    private static void end(RepoStream stream) {
        stream.close();
    }

    private static void checkAccounts(Iterator<RepoEvent> events) {
        assertThat(events.next())
                .isInstanceOfSatisfying(
                        IdentityEvent.class, event -> assertThat(event.handle()).hasToString("a.test"));
        assertThat(events.next())
                .isInstanceOfSatisfying(
                        AccountEvent.class, event -> assertThat(event.status()).isEqualTo("deleted"));
    }

    private static void checkDelete(RepoEvent event) {
        assertThat(event).isInstanceOfSatisfying(CommitEvent.class, commit -> {
            assertThat(commit.operations().get(0).isDelete()).isTrue();
            assertThat(commit.operations().get(0).record()).isNull();
        });
    }

    @Nested
    class Version2 {
        @Test
        void firstUse_compilesAndRuns() {
            Map<AtUri, String> index = new TreeMap<>(java.util.Comparator.comparing(AtUri::toString));
            post("Hello");
            try (var stream = Jetstream.connect(j -> j.service(server.url().toString())
                    .startAt(0)
                    .collections(Post.RECORD, Like.RECORD)
                    .cursor(CursorStore.file(path))
                    .onGap(Gap.CONTINUE))) {
                stream.forEach(Post.RECORD, (event, post) -> {
                    index.put(event.uri(), post.text());
                    end(stream);
                });
            }
            assertThat(index).containsOnly(Map.entry(AtUri.of("at://did:plc:alice/app.bsky.feed.post/Hello"), "Hello"));
            assertThat(server.requests())
                    .containsExactly(VERSION_2 + "?collections=app.bsky.feed.post&collections=app.bsky.feed.like"
                            + "&cursor=1000000000000000");
        }

        @Test
        void inclusiveCursor_deliversEachEventOnce() {
            post("a");
            post("b");
            try (RepoStream stream = connect(j -> j.startAt(0).dids(ALICE))) {
                Iterator<RepoEvent> events = stream.iterator();
                assertThat(texts(events, 2)).containsExactly("a", "b");
                server.behavior().closeConnections(1001, "restarting");
                post("c");
                assertThat(texts(events, 1)).containsExactly("c");
                assertThat(server.requests().get(1)).endsWith("?dids=did%3Aplc%3Aalice&cursor=2");
            }
        }

        @Test
        void eventsOfAllKinds_areTheSameAsInAFirehose() throws Exception {
            List<FailedEvent> skipped = new CopyOnWriteArrayList<>();
            server.identity(ALICE, Handle.of("a.test"));
            server.account(ALICE, "deleted");
            server.event(
                    "sync",
                    ALICE,
                    LexMap.builder()
                            .put("rev", "3k")
                            .put("blocks", Bytes.wrap(new byte[] {1}))
                            .build());
            server.delete(ALICE, POST, RecordKey.of("x"));
            server.event("novelty", ALICE, LexMap.of());
            try (RepoStream stream = connect(j -> j.startAt(0).onSkipped(skipped::add))) {
                Iterator<RepoEvent> events = stream.iterator();
                checkAccounts(events);
                assertThat(events.next())
                        .isInstanceOfSatisfying(
                                SyncEvent.class,
                                event -> assertThat(event.sequence()).isEqualTo(3));
                checkDelete(events.next());
                assertThat(events.next()).isInstanceOf(OtherEvent.class);
                server.behavior().send("{\"$type\": \"message\", \"payload\": 1}");
                server.behavior().send("{\"$type\": \"message\", \"payload\": {\"$type\": \"x\"}}");
                server.behavior()
                        .send("{\"$type\": \"message\", \"payload\": {\"$type\": \"x#noAccount\", \"seq\": 6}}");
                assertThat(events.next())
                        .isInstanceOfSatisfying(
                                OtherEvent.class,
                                event -> assertThat(event.did()).isNull());
                assertThat(skipped).hasSize(1);
            }
        }

        @Test
        void errorFrame_isFollowedByAReconnect() throws Exception {
            try (RepoStream stream = connect(j -> {})) {
                Iterator<RepoEvent> events = stream.iterator();
                server.behavior().awaitConnections(1, TIMEOUT);
                post("a");
                assertThat(texts(events, 1)).containsExactly("a");
                server.behavior().fail("ConsumerTooSlow", "reconnect with cursor=1");
                post("b");
                assertThat(texts(events, 1)).containsExactly("b");
            }
        }

        @Test
        void cursorBelowTheFloor_isAGapAndTheStreamContinues() {
            server.behavior().backfillLimit(2);
            for (int i = 1; i <= 5; i++) {
                post("p" + i);
            }
            try (RepoStream stream = connect(j -> j.startAt(1))) {
                assertThat(texts(stream.iterator(), 2)).containsExactly("p4", "p5");
                assertThat(gaps).hasSize(1);
                assertThat(gaps.get(0).lostFrom()).isEqualTo(2);
                assertThat(gaps.get(0).lostTo()).hasValue(3);
            }
        }

        @Test
        void serverThatStartsAgain_isAGap() throws Exception {
            try (RepoStream stream = connect(j -> {})) {
                Iterator<RepoEvent> events = stream.iterator();
                server.behavior().awaitConnections(1, TIMEOUT).skipSequence(10);
                post("old");
                assertThat(texts(events, 1)).containsExactly("old");
                server.behavior()
                        .resetSequence()
                        .closeConnections(1001, "restarting")
                        .awaitConnections(0, TIMEOUT);
                server.behavior().awaitConnections(1, TIMEOUT);
                post("new");
                assertThat(texts(events, 1)).containsExactly("new");
                assertThat(gaps).extracting(StreamGap::kind).containsExactly(StreamGap.Kind.RESET);
            }
        }

        @Test
        void cursorOfVersion1_isTranslatedByTheServer() throws Exception {
            CursorStore store = CursorStore.memory();
            post("a");
            laterPost("b");
            laterPost("c");
            server.behavior().version2(false);
            consumeUntil("b", j -> j.startAt(0).cursor(store));
            server.behavior().version2(true);

            try (RepoStream stream = connect(j -> j.cursor(store))) {
                Iterator<RepoEvent> events = stream.iterator();
                assertThat(texts(events, 2)).containsExactly("b", "c");
                server.behavior().closeConnections(1001, "restarting");
                post("d");
                assertThat(texts(events, 1)).containsExactly("d");
                assertThat(server.requests()).endsWith(VERSION_2 + "?cursor=3");
                assertThat(gaps).isEmpty();
            }
        }

        @Test
        void cursorOfVersion1_belowTheFloor_isAGap() throws Exception {
            CursorStore store = CursorStore.memory();
            post("a");
            server.behavior().version2(false);
            consumeUntil("a", j -> j.startAt(0).cursor(store));
            server.behavior().version2(true).backfillLimit(1);
            laterPost("b");
            laterPost("c");

            try (RepoStream stream = connect(j -> j.cursor(store))) {
                assertThat(texts(stream.iterator(), 1)).containsExactly("c");
                assertThat(gaps).extracting(StreamGap::kind).containsExactly(StreamGap.Kind.TOO_OLD);
                assertThat(gaps.get(0).lostTo()).isEmpty();
            }
        }
    }

    @Nested
    class Version1 {
        @BeforeEach
        void withoutVersion2() {
            server.behavior().version2(false);
        }

        @Test
        void serverWithoutVersion2_isAskedForVersion1() {
            server.identity(ALICE, Handle.of("a.test"));
            server.account(ALICE, "deleted");
            server.delete(ALICE, POST, RecordKey.of("x"));
            post("a");
            try (RepoStream stream =
                    connect(j -> j.startAt(0).collections("app.bsky.feed.*").dids(ALICE))) {
                Iterator<RepoEvent> events = stream.iterator();
                checkAccounts(events);
                checkDelete(events.next());
                RepoEvent last = events.next();
                assertThat(text(last)).isEqualTo("a");
                assertThat(last.sequence()).isEqualTo(1795795200000001L);
                assertThat(last.time()).hasToString("2026-11-27T16:00:00.000001Z");
                assertThat(server.requests())
                        .containsExactly(
                                VERSION_2
                                        + "?collections=app.bsky.feed.*&dids=did%3Aplc%3Aalice&cursor=1000000000000000",
                                "/subscribe?wantedCollections=app.bsky.feed.*&wantedDids=did%3Aplc%3Aalice&cursor=1");
            }
        }

        @Test
        void eventsOfTheSameMicrosecond_areEachDeliveredOnce() {
            server.behavior().duplicates(true);
            post("a");
            post("b");
            try (RepoStream stream = connect(j -> j.startAt(0))) {
                Iterator<RepoEvent> events = stream.iterator();
                assertThat(texts(events, 2)).containsExactly("a", "b");
                server.behavior().closeConnections(1001, "restarting");
                post("c");
                laterPost("d");
                assertThat(texts(events, 2)).containsExactly("c", "d");
                assertThat(gaps).isEmpty();
            }
        }

        @Test
        void timeThatGoesBack_losesNothing() throws Exception {
            try (RepoStream stream = connect(j -> {})) {
                Iterator<RepoEvent> events = stream.iterator();
                server.behavior().awaitConnections(1, TIMEOUT).send(account(20)).send(account(10));
                assertThat(events.next().sequence()).isEqualTo(20);
                assertThat(events.next().sequence()).isEqualTo(10);
                assertThat(stream.health().received()).hasValue(20);
            }
        }

        private static String account(long time) {
            return """
                    {"did": "did:plc:alice", "time_us": %d, "kind": "account", "account": {"active": true,
                    "did": "did:plc:alice", "seq": 1, "time": "2026-11-27T16:00:00Z"}}""".formatted(time);
        }

        @Test
        void restart_beginsWithTheEventAtTheCursor() throws Exception {
            CursorStore store = CursorStore.memory();
            post("a");
            laterPost("b");
            consumeUntil("a", j -> j.startAt(0).cursor(store));
            try (RepoStream stream = connect(j -> j.cursor(store))) {
                assertThat(texts(stream.iterator(), 2)).containsExactly("a", "b");
                assertThat(gaps).isEmpty();
            }
        }

        @Test
        void cursorThatTheServerClamps_isAGap() throws Exception {
            CursorStore store = CursorStore.memory();
            post("a");
            consumeUntil("a", j -> j.startAt(0).cursor(store));
            server.behavior().backfillLimit(1);
            laterPost("b");
            laterPost("c");
            try (RepoStream stream = connect(j -> j.cursor(store))) {
                assertThat(texts(stream.iterator(), 1)).containsExactly("c");
                assertThat(gaps).extracting(StreamGap::kind).containsExactly(StreamGap.Kind.TOO_OLD);
                assertThat(gaps.get(0).lostFrom()).isEqualTo(1795795200000002L);
                assertThat(gaps.get(0).lostTo()).hasValue(1795795202000000L);
            }
        }

        @Test
        void cursorOfVersion2_isAGap() throws Exception {
            CursorStore store = CursorStore.memory();
            server.behavior().version2(true);
            post("a");
            consumeUntil("a", j -> j.startAt(0).cursor(store));
            server.behavior().version2(false);
            try (RepoStream stream = connect(j -> j.cursor(store))) {
                Iterator<RepoEvent> events = stream.iterator();
                server.behavior().awaitConnections(1, TIMEOUT);
                post("b");
                assertThat(texts(events, 1)).containsExactly("b");
                assertThat(gaps).extracting(StreamGap::kind).containsExactly(StreamGap.Kind.FUTURE);
                assertThat(server.requests()).endsWith("/subscribe");
            }
        }
    }
}
