package dev.atlex.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.repo.Car;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.testkit.RawConsumer.Frame;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirehoseTest {
    private static final String THING = "com.example.thing";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private LocalPds pds;
    private Http http;
    private TestAccount alice;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice) {
        this.pds = pds;
        http = new Http(pds);
        this.alice = alice;
        token = http.login(alice).string("accessJwt");
    }

    private LexMap put(String key, String record) {
        return http.post(
                        "com.atproto.repo.putRecord",
                        token,
                        "{'repo':'" + alice.did() + "','collection':'" + THING + "','rkey':'" + key + "','record':"
                                + record + "}")
                .ok()
                .json();
    }

    private void delete(String key) {
        http.post(
                        "com.atproto.repo.deleteRecord",
                        token,
                        "{'repo':'" + alice.did() + "','collection':'" + THING + "','rkey':'" + key + "'}")
                .ok();
    }

    private void putMany(int count) {
        for (int i = 0; i < count; i++) {
            put("many", "{'number':" + i + "}");
        }
    }

    private static Car car(Frame frame) {
        return Car.parse(((Bytes) frame.body().get("blocks")).toByteArray());
    }

    private static LexMap op(Frame frame) {
        return (LexMap) frame.body().getArray("ops").get(0);
    }

    @Nested
    class Events {
        @Test
        void newAccount_isAnnouncedInFourEvents() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                TestAccount carol = pds.createAccount("carol-stream.test", "password");
                List<Frame> events = consumer.next(4);

                assertThat(events).extracting(Frame::type).containsExactly("#identity", "#account", "#commit", "#sync");
                assertThat(events.get(0).body()).containsOnlyKeys("seq", "did", "handle", "time");
                assertThat(events.get(1).body().getBoolean("active")).isTrue();
                assertThat(events.get(2).body().getArray("ops")).isEmpty();
                assertThat(events.get(2).body().get("since")).isEqualTo(LexValue.ofNull());
                Commit commit =
                        Commit.parse(car(events.get(3)).get(car(events.get(3)).root()));
                assertThat(commit.did()).isEqualTo(carol.did());
                assertThat(events.get(3).body()).containsOnlyKeys("seq", "did", "rev", "blocks", "time");
                assertThat(events)
                        .extracting(frame -> frame.header().getInteger("op"))
                        .containsOnly(1L);
                long first = events.get(0).seq();
                assertThat(events).extracting(Frame::seq).containsExactly(first, first + 1, first + 2, first + 3);
                assertThat(pds.firehose().lastSeq()).isEqualTo(first + 3);
            }
        }

        @Test
        void commit_hasItsOperationsAndCanBeUndone() throws Exception {
            for (int i = 0; i < 30; i++) {
                put("key" + i, "{'number':" + i + "}");
            }
            String before = http.get("com.atproto.sync.getLatestCommit?did=" + alice.did(), null)
                    .string("rev");
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                LexMap created = put("fresh", "{'fresh':true}");
                LexMap updated = put("fresh", "{'fresh':false}");
                delete("fresh");
                List<Frame> events = consumer.next(3);

                assertThat(events.get(0).body())
                        .containsOnlyKeys(
                                "seq",
                                "repo",
                                "commit",
                                "rev",
                                "since",
                                "blocks",
                                "ops",
                                "rebase",
                                "tooBig",
                                "blobs",
                                "prevData",
                                "time");
                assertThat(events.get(0).body().getString("since")).isEqualTo(before);
                Cid first = Cid.of(created.getString("cid"));
                Cid second = Cid.of(updated.getString("cid"));
                assertThat(op(events.get(0)))
                        .isEqualTo(LexMap.builder()
                                .put("action", "create")
                                .put("path", THING + "/fresh")
                                .put("cid", first)
                                .build());
                assertThat(op(events.get(1)))
                        .isEqualTo(LexMap.builder()
                                .put("action", "update")
                                .put("path", THING + "/fresh")
                                .put("cid", second)
                                .put("prev", first)
                                .build());
                assertThat(op(events.get(2)))
                        .isEqualTo(LexMap.builder()
                                .put("action", "delete")
                                .put("path", THING + "/fresh")
                                .put("cid", LexValue.ofNull())
                                .put("prev", second)
                                .build());
                for (Frame event : events) {
                    Car car = car(event);
                    Commit commit = Commit.parse(car.get(car.root()));
                    assertThat(event.body().get("commit")).isEqualTo(commit.cid());
                    assertThat(event.body().getString("rev"))
                            .isEqualTo(commit.rev().toString());
                    assertThat(undone(event, Mst.load(commit.data(), car)).root())
                            .isEqualTo(event.body().get("prevData"));
                }
                assertThat(car(events.get(1)).contains(second)).isTrue();
            }
        }

        /** Undoes the only operation, using only the event's blocks. */
        private Mst undone(Frame event, Mst tree) {
            LexMap op = op(event);
            return op.get("prev") instanceof Cid prev
                    ? tree.put(op.getString("path"), prev)
                    : tree.remove(op.getString("path"));
        }

        @Test
        void statusChanges_areAnnounced() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.takedown(alice.did());
                pds.reinstate(alice.did());
                pds.deactivate(alice.did());
                pds.activate(alice.did());
                pds.setPdsEndpoint(alice.did(), URI.create("https://other.test"));
                List<Frame> events = consumer.next(7);

                assertThat(events)
                        .extracting(Frame::type)
                        .containsExactly(
                                "#account", "#account", "#account", "#account", "#identity", "#sync", "#identity");
                assertThat(events.subList(0, 4))
                        .extracting(frame -> frame.body().getString("status"))
                        .containsExactly("takendown", null, "deactivated", null);
            }
        }

        @Test
        void deletedAccount_leavesOnlyItsDeletion() throws Exception {
            long cursor = pds.firehose().lastSeq();
            TestAccount carol = pds.createAccount("carol-deleted.test", "password");
            pds.deleteAccount(carol.did());
            try (RawConsumer consumer = new RawConsumer(pds, "?cursor=" + cursor)) {
                Frame event = consumer.next();

                assertThat(event.type()).isEqualTo("#account");
                assertThat(event.body().getString("status")).isEqualTo("deleted");
                assertThat(event.seq()).isEqualTo(cursor + 5);
            }
        }

        @Test
        void failedWrite_isNotAnnounced() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                assertThat(http.post(
                                        "com.atproto.repo.putRecord",
                                        token,
                                        "{'repo':'" + alice.did() + "','collection':'" + THING
                                                + "','rkey':'k','record':{},'swapRecord':'"
                                                + Cid.ofRaw(new byte[0]) + "'}")
                                .status())
                        .isEqualTo(400);
                put("after", "{}");

                assertThat(op(consumer.next()).getString("path")).isEqualTo(THING + "/after");
            }
        }
    }

    @Nested
    class Cursors {
        @Test
        void cursor_replaysLaterEventsThenGoesLive() throws Exception {
            long cursor = pds.firehose().lastSeq();
            putMany(5);
            try (RawConsumer consumer = new RawConsumer(pds, "?cursor=" + (cursor + 2))) {
                assertThat(consumer.next(3)).extracting(Frame::seq).containsExactly(cursor + 3, cursor + 4, cursor + 5);
                putMany(1);
                assertThat(consumer.next().seq()).isEqualTo(cursor + 6);
            }
        }

        @Test
        void futureCursor_isRefusedInAFrame() throws Exception {
            try (RawConsumer consumer =
                    new RawConsumer(pds, "?cursor=" + (pds.firehose().lastSeq() + 1))) {
                Frame error = consumer.next();

                assertThat(error.header()).isEqualTo(LexMap.of("op", LexValue.of(-1)));
                assertThat(error.body())
                        .isEqualTo(LexMap.builder()
                                .put("error", "FutureCursor")
                                .put("message", "Cursor in the future.")
                                .build());
                assertThat(consumer.ending()).isEqualTo("1008 FutureCursor");
            }
        }

        @Test
        void outdatedCursor_isReportedAndTheRestFollows() throws Exception {
            long cursor = pds.firehose().lastSeq();
            pds.firehose().backfillLimit(3);
            putMany(5);
            try (RawConsumer consumer = new RawConsumer(pds, "?cursor=" + (cursor + 1))) {
                Frame info = consumer.next();

                assertThat(info.type()).isEqualTo("#info");
                assertThat(info.body().getString("name")).isEqualTo("OutdatedCursor");
                assertThat(consumer.next(3)).extracting(Frame::seq).containsExactly(cursor + 3, cursor + 4, cursor + 5);
            }
            try (RawConsumer consumer = new RawConsumer(pds, "?cursor=" + (cursor + 2))) {
                assertThat(consumer.next().seq()).isEqualTo(cursor + 3);
            }
        }

        @Test
        void invalidCursor_isRefusedInAFrame() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "?cursor=x")) {
                assertThat(consumer.next().body().getString("error")).isEqualTo("InvalidRequest");
                assertThat(consumer.ending()).isEqualTo("1008 InvalidRequest");
            }
        }
    }

    @Nested
    class Failures {
        @Test
        void droppedConnection_breaks() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(1, TIMEOUT).dropConnections();

                assertThat(consumer.ending()).isNotEqualTo("1000 ");
                pds.firehose().awaitConnections(0, TIMEOUT);
            }
        }

        /** Reads from a plain socket, because the JDK's WebSocket may lose the last message before an end. */
        @Test
        void dropAfter_countsEvents() throws Exception {
            pds.firehose().dropAfter(2);
            try (Socket consumer = new Socket("127.0.0.1", pds.pdsUrl().getPort())) {
                String request = """
                        GET /xrpc/com.atproto.sync.subscribeRepos HTTP/1.1
                        Connection: Upgrade
                        Upgrade: websocket
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                        """;
                consumer.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
                pds.firehose().awaitConnections(1, TIMEOUT);
                putMany(3);
                String received = new String(consumer.getInputStream().readAllBytes(), ISO_8859_1);
                ByteBuffer frames = ByteBuffer.wrap(
                        received.substring(received.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1));
                for (int i = 0; i < 2; i++) {
                    assertThat(frames.getShort())
                            .as("a medium-sized binary message")
                            .isEqualTo((short) 0x827e);
                    frames.position(frames.position() + 2 + frames.getShort(frames.position()));
                }

                assertThat(frames.hasRemaining()).isFalse();
            }
        }

        @Test
        void closeConnections_hasCodeAndReason() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(1, TIMEOUT).closeConnections(1001, "restart");

                assertThat(consumer.ending()).isEqualTo("1001 restart");
            }
        }

        @Test
        void stalledStream_answersPingsAndResumes() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(1, TIMEOUT).stall(true);
                putMany(2);
                ping(consumer, "still there?");

                assertThat(consumer.pongs.poll(10, TimeUnit.SECONDS)).isEqualTo("still there?");
                assertThat(consumer.waiting()).isZero();
                pds.firehose().stall(false);
                consumer.next(2);
            }
        }

        @Test
        void halfOpenConnection_answersNothingAndResumes() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "");
                    RawConsumer witness = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(2, TIMEOUT).halfOpen(true);
                putMany(1);
                ping(consumer, "lost");
                pds.firehose().halfOpen(false);
                witness.next();
                consumer.next();
                ping(consumer, "found");

                assertThat(consumer.pongs.poll(10, TimeUnit.SECONDS)).isIn("lost", "found");
                assertThat(pds.firehose().connections()).isEqualTo(2);
            }
        }

        private static void ping(RawConsumer consumer, String payload) {
            consumer.socket.sendPing(ByteBuffer.wrap(payload.getBytes())).join();
        }

        @Test
        void duplicates_areTheSameEventTwice() throws Exception {
            pds.firehose().duplicates(true);
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                putMany(2);
                long last = pds.firehose().lastSeq();

                assertThat(consumer.next(4)).extracting(Frame::seq).containsExactly(last - 1, last - 1, last, last);
            }
        }

        @Test
        void skippedSequence_leavesAGap() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                long before = pds.firehose().lastSeq();
                pds.firehose().skipSequence(100);
                putMany(1);

                assertThat(consumer.next().seq()).isEqualTo(before + 101);
            }
        }

        @Test
        void resetSequence_startsAgainAndMakesCursorsFuture() throws Exception {
            putMany(5);
            long cursor = pds.firehose().lastSeq();
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().resetSequence();
                putMany(1);

                assertThat(consumer.next().seq()).isEqualTo(1);
            }
            try (RawConsumer consumer = new RawConsumer(pds, "?cursor=" + cursor)) {
                assertThat(consumer.next().body().getString("error")).isEqualTo("FutureCursor");
            }
        }

        @Test
        void errorAndBadFrame_areSentToAll() throws Exception {
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(1, TIMEOUT).send(new byte[] {1, 2, 3});
                assertThat(consumer.nextBytes()).containsExactly(1, 2, 3);
                pds.firehose().fail("Oops", "a failure");

                assertThat(consumer.next().body().getString("error")).isEqualTo("Oops");
                assertThat(consumer.ending()).isEqualTo("1008 Oops");
            }
        }

        @Test
        void slowConsumer_isToldAndCutOff() throws Exception {
            pds.firehose().slowConsumerLimit(5).stall(true);
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(1, TIMEOUT);
                putMany(8);
                pds.firehose().stall(false);

                assertThat(consumer.next().body().getString("error")).isEqualTo("ConsumerTooSlow");
                assertThat(consumer.ending()).isEqualTo("1008 ConsumerTooSlow");
            }
        }

        @Test
        void highestLimit_dropsNoConsumer() throws Exception {
            pds.firehose().slowConsumerLimit(Integer.MAX_VALUE);
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                pds.firehose().awaitConnections(1, TIMEOUT);
                putMany(8);
                assertThat(consumer.next(8)).hasSize(8);
            }
        }

        @Test
        void consumerThatDoesNotRead_isDropped() throws Exception {
            pds.firehose().slowConsumerLimit(5);
            try (RawConsumer consumer = new RawConsumer(pds, "", 1)) {
                pds.firehose().awaitConnections(1, TIMEOUT);
                String padding = "x".repeat(200_000);
                for (int i = 0; i < 200 && pds.firehose().connections() > 0; i++) {
                    put("large", "{'number':" + i + ",'padding':'" + padding + "'}");
                }

                pds.firehose().awaitConnections(0, TIMEOUT);
                assertThat(consumer.waiting()).isLessThan(5);
            }
        }

        @Test
        void fragments_areReassembled() throws Exception {
            pds.firehose().fragmentSize(100);
            try (RawConsumer consumer = new RawConsumer(pds, "")) {
                putMany(1);
                Frame event = consumer.next();

                assertThat(car(event).size()).isGreaterThan(1);
                assertThat(consumer.parts).isGreaterThan(3);
            }
        }

        @Test
        void faultOfTheHandshake_isAnHttpResponse() {
            pds.faults().next("com.atproto.sync.subscribeRepos", Fault.status(503));

            assertThatThrownBy(() -> new RawConsumer(pds, ""))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            new RawConsumer(pds, "").close();
        }
    }

    @Test
    void subprotocol_isAccepted() {
        URI uri = URI.create(pds.url().toString().replace("http:", "ws:") + "/xrpc/com.atproto.sync.subscribeRepos");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("xrpc.v0.cbor")
                .buildAsync(uri, new WebSocket.Listener() {})
                .join();

        assertThat(socket.getSubprotocol()).isEqualTo("xrpc.v0.cbor");
        socket.abort();
    }

    @Test
    void requestWithoutUpgrade_isForwardedLikeUnknownMethods() {
        assertThat(http.get("com.atproto.sync.subscribeRepos", null).status()).isEqualTo(401);
        assertThat(http.send(http.request("/xrpc/com.atproto.sync.subscribeRepos", null))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void reset_endsStreamsAndForgetsEvents() throws Exception {
        try (LocalPds own = LocalPds.start(o -> o.account("dora.test", "password"));
                RawConsumer consumer = new RawConsumer(own, "")) {
            own.createAccount("erin.test", "password");
            own.firehose().duplicates(true);
            own.reset();
            consumer.ending();

            assertThat(own.firehose().lastSeq()).isEqualTo(4);
            assertThat(own.firehose().toString()).contains("duplicates=false");
        }
    }

    @Test
    void close_endsStreams() throws Exception {
        LocalPds own = LocalPds.start();
        try (RawConsumer consumer = new RawConsumer(own, "")) {
            own.close();
            consumer.ending();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("local-pds-" + own.url().getPort()));
    }

    @Test
    void negativeSettings_areRefused() {
        assertThatThrownBy(() -> pds.firehose().dropAfter(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropAfter must not be negative (got -1)");
        assertThatThrownBy(() -> pds.firehose().awaitConnections(7, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 7 consumers");
    }
}
