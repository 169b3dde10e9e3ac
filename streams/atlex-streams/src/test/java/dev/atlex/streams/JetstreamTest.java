package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Like;
import app.bsky.feed.Post;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the events of a Jetstream. The frames follow Jetstream's lexicon and server code. */
@Timeout(60)
class JetstreamTest {
    private static final String TIME = "2026-11-27T16:00:00.000001Z";

    @TempDir
    Path path;

    private static String frame(String name, long seq, String fields) {
        return """
                {"$type": "message", "payload": {"$type": "network.bsky.jetstream.subscribeEvents#%s",
                "seq": %d, "did": "did:plc:alice", "time": "%s", %s}}""".formatted(name, seq, TIME, fields);
    }

    private static String post(long seq, String text) {
        return frame("commit", seq, """
                "rev": "3kznmn7xqxl22", "operation": "create", "collection": "app.bsky.feed.post", "rkey": "%d",
                "cid": "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                "record": {"$type": "app.bsky.feed.post", "text": "%s", "createdAt": "%s"}""".formatted(seq, text, TIME));
    }

    @Test
    void firstUse_compilesAndRuns() throws Exception {
        Map<AtUri, String> index = new TreeMap<>(java.util.Comparator.comparing(AtUri::toString));
        try (StreamServer server = new StreamServer((connection, number) -> {
            connection.open("Sec-WebSocket-Protocol: xrpc.v1.json\r\n");
            connection.text(post(5, "Hello"));
            connection.serve();
        })) {
            try (var stream = Jetstream.connect(j -> j.service(server.url())
                    .collections(Post.RECORD, Like.RECORD)
                    .cursor(CursorStore.file(path))
                    .onGap(Gap.CONTINUE))) {
                stream.forEach(Post.RECORD, (event, post) -> {
                    index.put(event.uri(), post.text());
                    end(stream);
                });
            }
            assertThat(index).containsOnly(Map.entry(AtUri.of("at://did:plc:alice/app.bsky.feed.post/5"), "Hello"));
            assertThat(server.connections().get(0).target())
                    .isEqualTo("/xrpc/network.bsky.jetstream.subscribeEvents"
                            + "?collections=app.bsky.feed.post&collections=app.bsky.feed.like");
            assertThat(server.connections().get(0).subprotocols()).isEqualTo("xrpc.v1.json");
        }
    }

    private static void end(RepoStream stream) {
        stream.close();
    }

    @Test
    void inclusiveCursor_deliversEachEventOnce() throws Exception {
        try (StreamServer server = new StreamServer((connection, number) -> {
                    connection.open();
                    long first = connection.cursor() == null ? 5 : connection.cursor();
                    connection.text(post(first, "a"));
                    connection.text(post(first + 1, "b"));
                    connection.close(1001, "restarting");
                });
                RepoStream stream =
                        Jetstream.connect(j -> j.service(server.url()).dids(Did.of("did:plc:alice")))) {
            Iterator<RepoEvent> events = stream.iterator();
            List<Long> sequences = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sequences.add(events.next().sequence());
            }
            assertThat(sequences).containsExactly(5L, 6L, 7L, 8L);
            assertThat(server.connections().get(1).target()).endsWith("?dids=did%3Aplc%3Aalice&cursor=6");
        }
    }

    @Test
    void eventsOfAllKinds_areTheSameAsInAFirehose() throws Exception {
        List<FailedEvent> skipped = new CopyOnWriteArrayList<>();
        try (StreamServer server = new StreamServer((connection, number) -> {
                    connection.open();
                    String upstream = "\"seq\": 99, \"did\": \"did:plc:alice\", \"time\": \"" + TIME + "\"";
                    connection.text(frame("identity", 1, "\"identity\": {" + upstream + ", \"handle\": \"a.test\"}"));
                    connection.text(frame(
                            "account",
                            2,
                            "\"account\": {" + upstream + ", \"active\": false, \"status\": \"deleted\"}"));
                    connection.text(frame(
                            "sync",
                            3,
                            "\"sync\": {" + upstream + ", \"rev\": \"3k\", \"blocks\": {\"$bytes\": \"AQ\"}}"));
                    connection.text(frame("commit", 4, """
                            "rev": "3kznmn7xqxl22", "operation": "delete", "collection": "app.bsky.feed.like", "rkey": "x\
                            \""""));
                    connection.text(frame("novelty", 5, "\"x\": 1"));
                    connection.text("{\"$type\": \"message\", \"payload\": 1}");
                    connection.text(post(6, "last"));
                    connection.serve();
                });
                RepoStream stream = Jetstream.connect(
                        j -> j.service(server.url()).startAt(0).onSkipped(skipped::add))) {
            Iterator<RepoEvent> events = stream.iterator();

            assertThat(events.next())
                    .isInstanceOfSatisfying(
                            IdentityEvent.class,
                            event -> assertThat(event.handle()).hasToString("a.test"));
            assertThat(events.next())
                    .isInstanceOfSatisfying(
                            AccountEvent.class,
                            event -> assertThat(event.status()).isEqualTo("deleted"));
            assertThat(events.next())
                    .isInstanceOfSatisfying(
                            SyncEvent.class,
                            event -> assertThat(event.sequence()).isEqualTo(3));
            assertThat(events.next()).isInstanceOfSatisfying(CommitEvent.class, event -> {
                assertThat(event.operations().get(0).isDelete()).isTrue();
                assertThat(event.operations().get(0).record()).isNull();
            });
            assertThat(events.next()).isInstanceOf(OtherEvent.class);
            assertThat(((CommitEvent) events.next())
                            .operations()
                            .get(0)
                            .record(Post.RECORD)
                            .text())
                    .isEqualTo("last");
            assertThat(skipped).hasSize(1);
            assertThat(server.connections().get(0).cursor()).isEqualTo(1_000_000_000_000_000L);
        }
    }

    @Test
    void cursorBelowTheFloor_isAGapAndTheStreamContinues() throws Exception {
        CursorStore store = CursorStore.memory();
        List<StreamGap> gaps = new CopyOnWriteArrayList<>();
        try (StreamServer server = new StreamServer((connection, number) -> {
                    if (number == 1) {
                        connection.refuse(400, "", """
                                {"error": "CursorTooOld", "message": "cursor is below the retention floor 700"}""");
                    } else {
                        connection.open();
                        connection.text(post(700, "oldest"));
                        connection.serve();
                    }
                });
                RepoStream stream = Jetstream.connect(
                        j -> j.service(server.url()).cursor(store).startAt(100).onGap(gap -> {
                            gaps.add(gap);
                            return Gap.CONTINUE;
                        }))) {
            assertThat(stream.iterator().next().sequence()).isEqualTo(700);
            assertThat(gaps).hasSize(1);
            assertThat(gaps.get(0).lostFrom()).isEqualTo(101);
            assertThat(gaps.get(0).lostTo()).hasValue(699);
        }
    }
}
