package dev.atlex.streams.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.label.SubscribeLabels;
import com.atproto.sync.SubscribeRepos;
import dev.atlex.data.LexMap;
import dev.atlex.streams.Frames;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the two framings: version 0 in DAG-CBOR, and version 1 in JSON. */
class MessageDecoderTest {
    private final MessageDecoder<SubscribeRepos.Message> repos = new MessageDecoder<>(SubscribeRepos.SUBSCRIPTION);
    private final MessageDecoder<SubscribeLabels.Message> labels = new MessageDecoder<>(SubscribeLabels.SUBSCRIPTION);

    @Nested
    class Cbor {
        @Test
        void message_hasTypeFromHeader() {
            Decoded<StreamMessage<SubscribeRepos.Message>> decoded =
                    repos.decode(Frames.identity(7, "did:plc:a"), false);

            assertThat(decoded).isInstanceOfSatisfying(Decoded.Event.class, event -> {
                assertThat(event.sequence()).isEqualTo(7);
                assertThat(event.lane()).isEqualTo("did:plc:a");
                assertThat(event.time()).isEqualTo("2026-11-27T16:00:00.000Z");
                assertThat(((StreamMessage<?>) event.event()).message())
                        .isInstanceOfSatisfying(
                                SubscribeRepos.Message.Identity.class,
                                identity -> assertThat(identity.value().seq()).isEqualTo(7));
            });
        }

        @Test
        void fullTypeInHeader_isAccepted() {
            byte[] frame = Frames.message(
                    "com.atproto.label.subscribeLabels#labels",
                    body -> body.put("seq", 1).put("labels", dev.atlex.data.LexArray.of()));

            assertThat(labels.decode(frame, false)).isInstanceOf(Decoded.Event.class);
        }

        @Test
        void unknownType_isValue() {
            byte[] frame =
                    Frames.message("#tombstone", body -> body.put("seq", 8).put("did", "did:plc:a"));

            assertThat(repos.decode(frame, false)).isInstanceOfSatisfying(Decoded.Event.class, event -> {
                assertThat(event.sequence()).isEqualTo(8);
                assertThat(((StreamMessage<?>) event.event()).message())
                        .isInstanceOfSatisfying(
                                SubscribeRepos.Message.Unknown.class,
                                unknown -> assertThat(unknown.type())
                                        .isEqualTo("com.atproto.sync.subscribeRepos#tombstone"));
            });
        }

        @Test
        void unknownOperation_isIgnored() {
            byte[] frame = Frames.of(LexMap.builder().put("op", 2).build(), LexMap.of());

            assertThat(repos.decode(frame, false)).isEqualTo(new Decoded.Ignored<>(Decoded.NO_SEQUENCE));
        }

        @Test
        void error_hasNameAndMessage() {
            assertThat(repos.decode(Frames.error("FutureCursor", "too high"), false))
                    .isEqualTo(new Decoded.Error<>("FutureCursor", "too high"));
        }

        @Test
        void info_hasName() {
            assertThat(repos.decode(Frames.info("OutdatedCursor"), false))
                    .isInstanceOfSatisfying(
                            Decoded.Info.class, info -> assertThat(info.name()).isEqualTo("OutdatedCursor"));
        }

        @Test
        void everyTruncation_isInvalidAndKeepsTheBytes() {
            byte[] frame = Frames.identity(7, "did:plc:a");

            for (int length = 0; length < frame.length; length++) {
                byte[] truncated = Arrays.copyOf(frame, length);

                assertThatThrownBy(() -> repos.decode(truncated, false))
                        .isInstanceOfSatisfying(
                                InvalidFrameException.class,
                                e -> assertThat(e.bytes().toByteArray()).isEqualTo(truncated));
            }
        }

        @Test
        void trailingBytes_areInvalid() {
            byte[] frame = Frames.identity(7, "did:plc:a");

            assertThatThrownBy(() -> repos.decode(Arrays.copyOf(frame, frame.length + 1), false))
                    .isInstanceOf(InvalidFrameException.class)
                    .hasMessageContaining("more than one CBOR value");
        }

        @Test
        void deeplyNestedHeader_doesNotExhaustTheStack() {
            byte[] nested = new byte[4_000_000];
            Arrays.fill(nested, (byte) 0x81);

            assertThatThrownBy(() -> repos.decode(nested, false)).isInstanceOf(InvalidFrameException.class);
        }

        @Test
        void falseLength_isInvalid() {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.writeBytes(new byte[] {(byte) 0x9b, 0x7f, -1, -1, -1, -1, -1, -1, -1});

            assertThatThrownBy(() -> repos.decode(frame.toByteArray(), false))
                    .isInstanceOf(InvalidFrameException.class)
                    .hasMessageContaining("unexpected end of CBOR");
        }

        @Test
        void bodyThatViolatesTheSchema_isInvalid() {
            byte[] frame = Frames.message("#identity", body -> body.put("seq", 7));

            assertThatThrownBy(() -> repos.decode(frame, false))
                    .isInstanceOf(InvalidFrameException.class)
                    .hasMessageContaining("did");
        }
    }

    @Nested
    class Json {
        @ParameterizedTest
        @ValueSource(strings = {"event", "message"})
        void payload_isMessage(String kind) {
            String frame = """
                    {"$type": "%s", "payload": {"$type": "com.atproto.label.subscribeLabels#labels",
                    "seq": 3, "labels": []}}""".formatted(kind);

            assertThat(decode(frame))
                    .isInstanceOfSatisfying(
                            Decoded.Event.class,
                            event -> assertThat(event.sequence()).isEqualTo(3));
        }

        @Test
        void unknownPayload_isValue() {
            String frame = """
                    {"$type": "event", "payload": {"$type": "com.example.other#thing", "seq": 4}}""";

            assertThat(decode(frame))
                    .isInstanceOfSatisfying(
                            Decoded.Event.class,
                            event -> assertThat(((StreamMessage<?>) event.event()).message())
                                    .isInstanceOf(SubscribeLabels.Message.Unknown.class));
        }

        @Test
        void error_hasNameAndMessage() {
            assertThat(decode("""
                    {"$type": "error", "error": "FutureCursor"}""")).isEqualTo(new Decoded.Error<>("FutureCursor", null));
        }

        @Test
        void unknownKindOfFrame_isIgnored() {
            assertThat(decode("""
                    {"$type": "heartbeat"}""")).isEqualTo(new Decoded.Ignored<>(Decoded.NO_SEQUENCE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "{\"$type\": \"event\"}", "{\"$type\": \"event\", \"payload\": {}}", "{"})
        void otherJson_isInvalid(String frame) {
            assertThatThrownBy(() -> decode(frame)).isInstanceOf(InvalidFrameException.class);
        }

        private Decoded<StreamMessage<SubscribeLabels.Message>> decode(String frame) {
            return labels.decode(frame.getBytes(StandardCharsets.UTF_8), true);
        }
    }
}
