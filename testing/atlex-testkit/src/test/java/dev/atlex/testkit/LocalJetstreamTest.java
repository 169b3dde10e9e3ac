package dev.atlex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalJetstreamTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final Nsid THING = Nsid.of("com.example.thing");
    private static final Nsid OTHER = Nsid.of("com.other.thing");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String VERSION_2 = "/xrpc/network.bsky.jetstream.subscribeEvents";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-27T12:00:00.000001Z"));
    private final LocalJetstream jetstream = LocalJetstream.start(clock);

    @AfterEach
    void stop() {
        jetstream.close();
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            jetstream.create(
                    ALICE,
                    THING,
                    RecordKey.of("a"),
                    LexMap.builder().put("text", "x").build());
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private RawConsumer version2(String query) {
        return new RawConsumer(jetstream.url() + VERSION_2 + query, Long.MAX_VALUE, "xrpc.v0.cbor", "xrpc.v1.json");
    }

    private RawConsumer version1(String query) {
        return new RawConsumer(jetstream.url() + "/subscribe" + query, Long.MAX_VALUE);
    }

    private static LexMap payload(RawConsumer consumer) throws InterruptedException {
        LexMap frame = consumer.nextJson();
        assertThat(frame.type()).isEqualTo("message");
        return frame.getMap("payload");
    }

    private static long seq(RawConsumer consumer) throws InterruptedException {
        return payload(consumer).getInteger("seq");
    }

    private String refusal(String path) {
        try {
            new RawConsumer(jetstream.url() + path, 1).close();
            throw new AssertionError("not refused: " + path);
        } catch (CompletionException e) {
            HttpResponse<?> response = ((WebSocketHandshakeException) e.getCause()).getResponse();
            return response.statusCode() + " " + response.body();
        }
    }

    @Test
    void recordsOfThePds_areEventsOfTheJetstream() throws Exception {
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "alice-password"));
                LocalJetstream follower = LocalJetstream.start(pds)) {
            Http http = new Http(pds);
            String token = http.login("alice.test", "alice-password").string("accessJwt");
            try (RawConsumer consumer = new RawConsumer(follower.url() + VERSION_2 + "?cursor=0", Long.MAX_VALUE)) {
                assertThat(payload(consumer).getMap("identity").getString("handle"))
                        .isEqualTo("alice.test");
                assertThat(payload(consumer).getMap("account").getBoolean("active"))
                        .isTrue();
                assertThat(payload(consumer).getMap("sync").get("blocks")).isNotNull();
                http.post("com.atproto.repo.createRecord", token, """
                        {'repo':'alice.test','collection':'com.example.thing','rkey':'a','record':{'text':'hello'}}""").ok();
                LexMap commit = payload(consumer);
                assertThat(commit.type()).isEqualTo("network.bsky.jetstream.subscribeEvents#commit");
                assertThat(commit.getString("operation")).isEqualTo("create");
                assertThat(commit.getMap("record").getString("text")).isEqualTo("hello");
                assertThat(commit.getString("cid")).startsWith("bafyrei");
            }
        }
    }

    @Nested
    class Version2 {
        @Test
        void cursor_isInclusive() throws Exception {
            create(5);
            try (RawConsumer consumer = version2("?cursor=4")) {
                assertThat(seq(consumer)).isEqualTo(4);
                assertThat(seq(consumer)).isEqualTo(5);
            }
        }

        @Test
        void subprotocol_isSelectedAmongTheOffers() {
            try (RawConsumer consumer = version2("")) {
                assertThat(consumer.socket.getSubprotocol()).isEqualTo("xrpc.v1.json");
            }
        }

        @Test
        void futureCursor_startsAtTheNewestEvent() throws Exception {
            create(2);
            try (RawConsumer consumer = version2("?cursor=900")) {
                create(1);
                assertThat(seq(consumer)).isEqualTo(3);
            }
        }

        @Test
        void time_startsAtTheFirstEventThen() throws Exception {
            create(5);
            try (RawConsumer consumer = version2("?cursor=" + microseconds("2026-11-27T12:00:02.500000Z"))) {
                LexMap event = payload(consumer);
                assertThat(event.getInteger("seq")).isEqualTo(4);
                assertThat(event.getString("time")).isEqualTo("2026-11-27T12:00:03.000001Z");
            }
        }

        @Test
        void timeBelowTheFloor_startsAtTheFloorWithANotice() throws Exception {
            jetstream.behavior().backfillLimit(2);
            create(5);
            try (RawConsumer consumer = version2("?cursor=1000000000000000")) {
                LexMap info = payload(consumer);
                assertThat(info.getString("name")).isEqualTo("OutdatedCursor");
                assertThat(seq(consumer)).isEqualTo(4);
            }
        }

        @Test
        void cursorBelowTheFloor_isRefusedWithTheFloor() {
            jetstream.behavior().backfillLimit(2);
            create(5);
            assertThat(refusal(VERSION_2 + "?cursor=3"))
                    .startsWith("400 {\"error\":\"CursorTooOld\"")
                    .contains("floor 4");
        }

        @Test
        void invalidParameters_areRefused() {
            assertThat(refusal(VERSION_2 + "?cursor=x")).contains("400 ", "InvalidRequest", "\\\"x\\\"");
            assertThat(refusal(VERSION_2 + "?kinds=x")).contains("InvalidRequest");
            assertThat(refusal(VERSION_2 + "?dids=x")).contains("InvalidRequest");
            assertThat(refusal(VERSION_2 + "?collections=x")).contains("InvalidRequest");
            assertThat(refusal(VERSION_2 + "?kinds=account&collections=com.example.thing"))
                    .contains("InvalidRequest");
        }

        @Test
        void filters_applyTogether() throws Exception {
            try (RawConsumer consumer = version2("?cursor=0&collections=com.other.*&dids=did:plc:alice")) {
                create(1);
                jetstream.create(ALICE, OTHER, RecordKey.of("b"), LexMap.of());
                jetstream.identity(Did.of("did:plc:bob"), Handle.of("bob.test"));
                jetstream.account(ALICE, "deleted");
                assertThat(payload(consumer).getString("collection")).isEqualTo("com.other.thing");
                LexMap account = payload(consumer);
                assertThat(account.getInteger("seq")).isEqualTo(4);
                assertThat(account.getMap("account").getString("status")).isEqualTo("deleted");
            }
        }

        @Test
        void dictionary_compressesUntilItIsRetired() throws Exception {
            byte[] first = dictionary(7);
            jetstream.behavior().dictionary(first, frame -> ("7:" + new String(frame, UTF_8)).getBytes(UTF_8));
            assertThat(get("/xrpc/network.bsky.jetstream.getZstdDictionary").body())
                    .isEqualTo(first);
            try (RawConsumer consumer = version2("?zstdDictionary=7")) {
                create(1);
                assertThat(new String(consumer.nextBytes(), UTF_8)).startsWith("7:{");
            }
            jetstream.behavior().dictionary(dictionary(8), frame -> frame);
            assertThat(refusal(VERSION_2 + "?zstdDictionary=7")).contains("UnknownZstdDictionary", "8");
            assertThat(get("/xrpc/network.bsky.jetstream.getZstdDictionary?id=7")
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void failingCompressor_closesTheConnectionWithTheReason() throws Exception {
            jetstream.behavior().dictionary(dictionary(7), frame -> {
                throw new IllegalStateException("bug");
            });
            try (RawConsumer consumer = version2("?zstdDictionary=7")) {
                create(1);
                assertThat(consumer.ending())
                        .isEqualTo("1011 the test server failed: java.lang.IllegalStateException: bug");
            }
        }

        @Test
        void dictionary_withoutTheFormat_isRejected() {
            assertThatThrownBy(() -> jetstream.behavior().dictionary(new byte[8], frame -> frame))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Version1 {
        @Test
        void events_haveTimesAsCursors() throws Exception {
            create(2);
            jetstream.event("sync", ALICE, LexMap.of());
            jetstream.identity(ALICE, Handle.of("alice.test"));
            try (RawConsumer consumer = version1("?cursor=" + microseconds("2026-11-27T12:00:01.000001Z"))) {
                LexMap commit = consumer.nextJson();
                assertThat(commit.getInteger("time_us")).isEqualTo(microseconds("2026-11-27T12:00:01.000001Z"));
                assertThat(commit.getString("kind")).isEqualTo("commit");
                assertThat(commit.getMap("commit").getMap("record").getString("text"))
                        .isEqualTo("x");
                assertThat(consumer.nextJson().getMap("identity").getString("handle"))
                        .isEqualTo("alice.test");
            }
        }

        @Test
        void cursorThatIsTooOld_startsAtTheOldestEvent() throws Exception {
            jetstream.behavior().backfillLimit(2);
            create(5);
            try (RawConsumer consumer = version1("?cursor=1")) {
                assertThat(consumer.nextJson().getInteger("time_us"))
                        .isEqualTo(microseconds("2026-11-27T12:00:03.000001Z"));
            }
        }

        @Test
        void refusals_arePlainText() {
            assertThat(refusal("/subscribe?wantedCollections=x")).isEqualTo("400 invalid collection (got \"x\")");
        }

        @Test
        void withoutVersion2_itsUrlIsNotFound() {
            jetstream.behavior().version2(false);
            assertThat(refusal(VERSION_2)).startsWith("404 ");
        }
    }

    @Nested
    class Behavior {
        @Test
        void fail_sendsAnErrorFrame() throws Exception {
            try (RawConsumer consumer = version2("")) {
                jetstream.behavior().awaitConnections(1, TIMEOUT).fail("InternalError", "reconnect");
                assertThat(consumer.nextJson()).isEqualTo(LexValue.parseJson("""
                        {"$type":"error","error":"InternalError","message":"reconnect"}"""));
                assertThat(consumer.ending()).startsWith("1008");
            }
        }

        @Test
        void fail_inVersion1_onlyCloses() throws Exception {
            try (RawConsumer consumer = version1("")) {
                jetstream.behavior().awaitConnections(1, TIMEOUT).fail("InternalError", "reconnect");
                assertThat(consumer.ending()).startsWith("1008");
                assertThat(consumer.waiting()).isZero();
            }
        }

        @Test
        void dials_workAsForTheFirehose() throws Exception {
            try (RawConsumer consumer = version2("")) {
                jetstream
                        .behavior()
                        .awaitConnections(1, TIMEOUT)
                        .duplicates(true)
                        .send("not JSON");
                assertThat(new String(consumer.nextBytes(), UTF_8)).isEqualTo("not JSON");
                create(1);
                assertThat(seq(consumer)).isEqualTo(1);
                assertThat(seq(consumer)).isEqualTo(1);
                jetstream.behavior().halfOpen(true);
                create(1);
                consumer.socket.sendPing(ByteBuffer.allocate(0));
                assertThat(consumer.pongs.poll(100, TimeUnit.MILLISECONDS)).isNull();
                jetstream.behavior().reset();
                assertThat(seq(consumer)).isEqualTo(2);
                jetstream.behavior().skipSequence(3);
                create(1);
                assertThat(seq(consumer)).isEqualTo(6);
                jetstream.behavior().dropConnections();
                assertThat(consumer.ending()).isNotEmpty();
            }
        }
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(jetstream.url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] dictionary(int id) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xEC30A437)
                .putInt(id)
                .array();
    }

    private static long microseconds(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }
}
