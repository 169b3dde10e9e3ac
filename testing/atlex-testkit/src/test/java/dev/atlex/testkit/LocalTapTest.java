package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the Tap as its consumers see it. The order of events is that of the real one's {@code outbox_test.go}. */
@Timeout(60)
class LocalTapTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final Did BOB = Did.of("did:plc:bob");
    private static final Did MARKER = Did.of("did:plc:marker");
    private static final Nsid THING = Nsid.of("com.example.thing");
    private static final RecordKey KEY = RecordKey.of("a");
    private static final LexMap RECORD = LexMap.builder().put("text", "x").build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LocalTap tap = LocalTap.start();

    @AfterEach
    void stop() {
        tap.close();
    }

    private RawConsumer connect() {
        return new RawConsumer(tap.url() + "/channel", Long.MAX_VALUE);
    }

    private static long id(RawConsumer consumer) throws InterruptedException {
        return consumer.nextJson().getInteger("id");
    }

    private void acknowledge(RawConsumer consumer, long id) {
        sendAcknowledgment(consumer, id);
        while (!tap.acknowledged().contains(id)) {
            Thread.onSpinWait();
        }
    }

    private static void sendAcknowledgment(RawConsumer consumer, long id) {
        consumer.socket
                .sendText("{\"type\": \"ack\", \"id\": " + id + "}", true)
                .join();
    }

    /** Events of an account that has no others arrive after everything that may be sent. */
    private void assertNothingArrives(RawConsumer consumer) throws InterruptedException {
        long marker = tap.backfill(MARKER, THING, KEY, RECORD);
        assertThat(id(consumer)).isEqualTo(marker);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(tap.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void events_haveTheFormOfTheRealOnes() throws InterruptedException {
        tap.backfill(ALICE, THING, KEY, RECORD);
        tap.identity(BOB, Handle.of("bob.test"), "deactivated");
        try (RawConsumer consumer = connect()) {
            LexMap record = consumer.nextJson();
            assertThat(record.getString("type")).isEqualTo("record");
            assertThat(record.getMap("record").keySet())
                    .containsExactlyInAnyOrder("live", "did", "rev", "collection", "rkey", "action", "record", "cid");
            assertThat(record.getMap("record").getBoolean("live")).isFalse();
            LexMap identity = consumer.nextJson().getMap("identity");
            assertThat(identity.toJson()).contains("bob.test", "\"is_active\":false", "deactivated");
        }
    }

    @Test
    void liveEvent_waitsForEarlierOnesAndLaterOnesForIt() throws InterruptedException {
        tap.backfill(ALICE, THING, RecordKey.of("1"), RECORD);
        tap.backfill(ALICE, THING, RecordKey.of("2"), RECORD);
        tap.create(ALICE, THING, RecordKey.of("3"), RECORD);
        tap.backfill(ALICE, THING, RecordKey.of("4"), RECORD);
        tap.create(BOB, THING, KEY, RECORD);
        try (RawConsumer consumer = connect()) {
            assertThat(new long[] {id(consumer), id(consumer), id(consumer)}).containsExactly(1, 2, 5);
            acknowledge(consumer, 1);
            assertNothingArrives(consumer);
            acknowledge(consumer, 2);
            assertThat(id(consumer)).isEqualTo(3);
            assertNothingArrives(consumer);
            acknowledge(consumer, 3);
            assertThat(id(consumer)).isEqualTo(4);
            assertThat(tap.acknowledged()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void redeliver_repeatsWhatIsNotAcknowledged() throws InterruptedException {
        tap.create(ALICE, THING, KEY, RECORD);
        try (RawConsumer consumer = connect()) {
            assertThat(id(consumer)).isEqualTo(1);
            tap.behavior().loseAcknowledgments(true);
            sendAcknowledgment(consumer, 1);
            tap.behavior().redeliver();
            assertThat(id(consumer)).isEqualTo(1);
            assertThat(tap.unacknowledged()).containsExactly(1L);
        }
    }

    @Test
    void restart_keepsUnacknowledgedEventsAndTheirIds() throws InterruptedException {
        tap.create(ALICE, THING, KEY, RECORD);
        tap.create(BOB, THING, KEY, RECORD);
        try (RawConsumer consumer = connect()) {
            id(consumer);
            id(consumer);
            acknowledge(consumer, 2);
            tap.behavior().restart().awaitConnections(0, TIMEOUT);
        }
        assertThat(tap.delete(BOB, THING, KEY))
                .as("as the real one: the highest id, plus 2")
                .isEqualTo(3);
        try (RawConsumer consumer = connect()) {
            assertThat(new long[] {id(consumer), id(consumer)}).containsExactly(1, 3);
        }
    }

    @Test
    void withoutAcknowledgments_eventsAreForgottenWhenSent() throws InterruptedException {
        tap.behavior().expectAcknowledgments(false);
        tap.create(ALICE, THING, KEY, RECORD);
        tap.delete(ALICE, THING, KEY);
        try (RawConsumer consumer = connect()) {
            assertThat(new long[] {id(consumer), id(consumer)}).containsExactly(1, 2);
            tap.awaitAcknowledged(TIMEOUT);
            assertThat(tap.acknowledged()).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("try")
    void droppedConnections_dontCountAnymore() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            try (RawConsumer consumer = connect()) {
                tap.behavior().awaitConnections(1, TIMEOUT).dropConnections();
                assertThat(tap.behavior().connections()).isZero();
            }
        }
    }

    @Test
    void halfOpenConnection_isSilentInBothDirections() throws InterruptedException {
        try (RawConsumer consumer = connect()) {
            tap.behavior().awaitConnections(1, TIMEOUT).halfOpen(true);
            tap.create(ALICE, THING, KEY, RECORD);
            consumer.socket.sendPing(ByteBuffer.allocate(0)).join();
            tap.behavior().halfOpen(false);
            assertThat(id(consumer)).isEqualTo(1);
        }
    }

    @Test
    void webhookMode_refusesConsumers() {
        tap.behavior().webhookMode(true);
        assertThatThrownBy(this::connect).isInstanceOf(CompletionException.class);
    }

    @Test
    void password_isRequiredForAllRequests() throws Exception {
        String right = "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes());
        try (LocalTap secured = LocalTap.start("secret")) {
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(secured.url() + "/health"));
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
            request.header("Authorization", right);
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void unknownPathsAndRepositories_areNotFound() throws Exception {
        assertThat(get("/nonsense").statusCode()).isEqualTo(404);
        assertThat(get("/info/did:plc:alice").body()).contains("repo not found");
        assertThat(get("/resolve/did:plc:alice").body()).contains("DID not found");
    }
}
