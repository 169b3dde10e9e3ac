package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.bsky.feed.Post;
import com.atproto.label.SubscribeLabels;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.repo.CarWriter;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.streams.internal.frame.MessageDecoder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames that try to exhaust, crash or mislead the program. Each one is a value or an {@link InvalidFrameException} of
 * one short line, after a time that is linear in its size.
 */
@Timeout(20)
class HostileFrameTest {
    private static final String DID = "did:plc:alice";
    private static final String ESCAPES = "\u001b[2J\r\n\u0085\u202eforged";
    private static final int MEGABYTE = 1 << 20;

    private static final FrameDecoder<RepoEvent> FIREHOSE = new FirehoseDecoder(new RepoFilter(StreamOptions.DEFAULTS));
    private static final FrameDecoder<?> LABELS = new MessageDecoder<>(SubscribeLabels.SUBSCRIPTION);

    /** Checks that a frame is invalid, for a reason that contains the given words. */
    private static void assertInvalid(FrameDecoder<?> decoder, byte[] frame, boolean text, String problem) {
        assertThatThrownBy(() -> decoder.decode(frame, text))
                .isInstanceOfSatisfying(
                        InvalidFrameException.class,
                        e -> assertThat(e.bytes().size()).isEqualTo(frame.length))
                .hasMessageStartingWith("decode frame: ")
                .hasMessageContaining(problem)
                .satisfies(HostileFrameTest::assertShortLines);
    }

    private static void assertShortLines(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.getMessage())
                    .hasSizeLessThan(1000)
                    .matches(text -> text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202e'));
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] repeat(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] header(String type) {
        return LexMap.builder().put("op", 1).put("t", type).build().toCbor();
    }

    @Nested
    class Cbor {
        /** Headers, whatever follows them. */
        static Stream<Arguments> headers() {
            byte[] op = bytes(0xa2, 0x62, 'o', 'p');
            byte[] t = bytes(0x61, 't', 0x67, '#', 'l', 'a', 'b', 'e', 'l', 's');
            return Stream.of(
                    Arguments.of("nothing", bytes(), "unexpected end"),
                    Arguments.of("arrays in arrays", repeat(MEGABYTE, 0x81), "unexpected end"),
                    Arguments.of("closed arrays in arrays", concat(repeat(MEGABYTE, 0x81), bytes(0)), ""),
                    Arguments.of("tags of tags", concat(repeat(MEGABYTE, 0xc6), bytes(0)), ""),
                    Arguments.of("string of 2^63 bytes", bytes(0x7b, 0x80, 0, 0, 0, 0, 0, 0, 0), "unexpected end"),
                    Arguments.of("string of 2 GB", bytes(0x7a, 0x7f, 0xff, 0xff, 0xff), "unexpected end"),
                    Arguments.of(
                            "bytes of 2^64 - 1", bytes(0x5b, 255, 255, 255, 255, 255, 255, 255, 255), "unexpected end"),
                    Arguments.of("array of 2^31", bytes(0x9a, 0x80, 0, 0, 0), "unexpected end"),
                    Arguments.of("map of 2^62", bytes(0xbb, 0x40, 0, 0, 0, 0, 0, 0, 0), "unexpected end"),
                    Arguments.of("indefinite map", bytes(0xbf, 0xff), "indefinite"),
                    Arguments.of("array", bytes(0x80), ""),
                    Arguments.of("text", bytes(0x61, 'x'), ""),
                    Arguments.of("empty map", bytes(0xa0), "no integer op"),
                    Arguments.of("op as text", concat(op, bytes(0x61, '1'), t), "no integer op"),
                    Arguments.of("op as float", concat(op, bytes(0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0), t), ""),
                    Arguments.of(
                            "op of 2^64 - 1", concat(op, bytes(0x1b, 255, 255, 255, 255, 255, 255, 255, 255), t), ""),
                    Arguments.of("two ops", concat(op, bytes(0x01, 0x62, 'o', 'p', 0x20)), ""),
                    Arguments.of("no t", bytes(0xa1, 0x62, 'o', 'p', 0x01), "no type t"),
                    Arguments.of("t as number", concat(op, bytes(0x01, 0x61, 't', 0x01)), "no type t"),
                    Arguments.of("empty t", concat(op, bytes(0x01, 0x61, 't', 0x60)), "no type t"),
                    Arguments.of("t of invalid UTF-8", concat(op, bytes(0x01, 0x61, 't', 0x62, 0xff, 0xfe)), ""),
                    Arguments.of("error without body", bytes(0xa1, 0x62, 'o', 'p', 0x20), ""),
                    Arguments.of("error with a list", bytes(0xa1, 0x62, 'o', 'p', 0x20, 0x80), ""),
                    Arguments.of("error with two bodies", bytes(0xa1, 0x62, 'o', 'p', 0x20, 0xa0, 0xa0), ""));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("headers")
        void header_isInvalid(String name, byte[] frame, String problem) {
            assertInvalid(FIREHOSE, frame, false, problem);
            assertInvalid(LABELS, frame, false, problem);
        }

        @Test
        void unknownOperations_areIgnored() {
            for (long op : new long[] {0, 2, -2, Long.MAX_VALUE, Long.MIN_VALUE}) {
                byte[] frame = concat(LexMap.builder().put("op", op).build().toCbor(), repeat(1000, 0x81));
                assertThat(FIREHOSE.decode(frame, false)).isEqualTo(new Decoded.Ignored<>(-1));
                assertThat(LABELS.decode(frame, false)).isEqualTo(new Decoded.Ignored<>(-1));
            }
        }

        @Test
        void errorsOfOtherTypes_haveANameAnyway() {
            byte[] frame = Frames.of(
                    LexMap.builder().put("op", -1).build(),
                    LexMap.builder().put("error", 7).put("message", true).build());
            assertThat(FIREHOSE.decode(frame, false)).isEqualTo(new Decoded.Error<>("Unknown", null));
            assertThat(LABELS.decode(frame, false)).isEqualTo(new Decoded.Error<>("Unknown", null));
        }

        /** Bodies of a message whose schema requires an integer {@code seq}. */
        static Stream<Arguments> bodies() {
            Map<String, Consumer<LexMap.Builder>> bodies = new LinkedHashMap<>();
            bodies.put("no seq", body -> body.remove("seq"));
            bodies.put("seq as text", body -> body.put("seq", "1"));
            bodies.put("negative seq", body -> body.put("seq", -1));
            bodies.put("lowest seq", body -> body.put("seq", Long.MIN_VALUE));
            bodies.put("seq as map", body -> body.put("seq", LexMap.of()));
            bodies.put("not a DID", body -> body.put("did", ESCAPES.repeat(100_000)));
            bodies.put("not a time", body -> body.put("time", ESCAPES.repeat(100_000)));
            bodies.put("not a handle", body -> body.put("handle", ESCAPES.repeat(100_000)));
            return bodies.entrySet().stream().map(body -> Arguments.of(body.getKey(), body.getValue()));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("bodies")
        void body_isInvalid(String name, Consumer<LexMap.Builder> change) {
            byte[] frame = Frames.message("#identity", body -> {
                body.put("seq", 1).put("did", DID).put("time", "2026-11-27T16:00:00.000Z");
                change.accept(body);
            });
            assertInvalid(FIREHOSE, frame, false, "#identity: ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"#labels", "#com.example", "#commit", "#sync", "#account"})
        void bodyOfAnotherForm_isInvalid(String type) {
            for (byte[] body : List.of(
                    bytes(),
                    bytes(0x80),
                    bytes(0xa0, 0xa0),
                    repeat(MEGABYTE, 0x81),
                    concat(repeat(MEGABYTE, 0x81), bytes(0)),
                    bytes(0xa1, 0x61, 'a', 0x9a, 0x7f, 0xff, 0xff, 0xff))) {
                assertInvalid(FIREHOSE, concat(header(type), body), false, type + ": ");
                assertInvalid(LABELS, concat(header(type), body), false, "");
            }
        }

        @Test
        void negativeSequence_isInvalidInEachKindOfStream() {
            String problem = "sequence number of at least 0 (got -7)";
            assertInvalid(LABELS, Frames.labels(-7), false, problem);
            assertInvalid(FIREHOSE, Frames.message("#new", body -> body.put("seq", -7)), false, problem);
            assertInvalid(FIREHOSE, Frames.sync(-7, DID), false, problem);
            assertInvalid(FIREHOSE, Frames.commit(-7, DID, List.of(), Bytes.of(new byte[0])), false, problem);
            FrameDecoder<RepoEvent> others = new FirehoseDecoder(
                    new RepoFilter(StreamOptions.of(o -> o.dids(dev.atlex.syntax.Did.of("did:plc:bob")))));
            assertInvalid(others, Frames.commit(-7, DID, List.of(), Bytes.of(new byte[0])), false, problem);
        }

        @Test
        void longTypes_areShownShortened() {
            String type = "#" + ESCAPES.repeat(100_000);
            assertInvalid(FIREHOSE, concat(header(type), bytes(0x80)), false, "");
            assertInvalid(LABELS, concat(header(type), bytes(0x80)), false, "");
            Decoded.Event<RepoEvent> event =
                    (Decoded.Event<RepoEvent>) FIREHOSE.decode(Frames.message(type, body -> body.put("seq", 1)), false);
            assertThat(((OtherEvent) event.event()).type()).isEqualTo(type);
            assertThat(event.event().toString()).hasSizeLessThan(200).doesNotContain("\u001b", "\n");
        }

        @Test
        void text_isInvalidOnAFirehose() {
            assertInvalid(FIREHOSE, Frames.labels(1), true, "expected a binary message (got text)");
        }
    }

    @Nested
    class Commits {
        private final byte[] block = LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", "x".repeat(1000))
                .put("createdAt", "2026-11-27T16:00:00.000Z")
                .build()
                .toCbor();
        private final Cid cid = Cid.ofDagCbor(block);
        private final byte[] car = CarWriter.toBytes(cid, Map.of(cid, block));

        private CommitEvent commit(List<LexMap> ops, byte[] blocks) {
            return (CommitEvent)
                    ((Decoded.Event<RepoEvent>) FIREHOSE.decode(Frames.commit(1, DID, ops, Bytes.of(blocks)), false))
                            .event();
        }

        private List<LexMap> ops(int count) {
            return Collections.nCopies(count, Frames.op("create", "app.bsky.feed.post/a", cid));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/",
                    "..",
                    "../../etc/passwd",
                    "app.bsky.feed.post",
                    "app.bsky.feed.post/",
                    "app.bsky.feed.post/..",
                    "app.bsky.feed.post/.",
                    "app.bsky.feed.post/a/b",
                    "app.bsky.feed.post/a b",
                    "app.bsky.feed.post/\u0000",
                    "/a",
                    "post/a",
                    "app.bsky.feed.post/\u001b[2J\nforged",
                    "C:\\app.bsky.feed.post/a"
                })
        void invalidPath_isInvalidFrame(String path) {
            byte[] frame = Frames.commit(1, DID, List.of(Frames.op("create", path, cid)), Bytes.of(car));
            assertInvalid(FIREHOSE, frame, false, "expected a path of a collection and a record key (got \"");
        }

        @Test
        void longPathsAndActions_areShownShortened() {
            String path = "app.bsky.feed.post/" + ESCAPES.repeat(100_000);
            byte[] frame = Frames.commit(1, DID, List.of(Frames.op("create", path, cid)), Bytes.of(car));
            assertInvalid(FIREHOSE, frame, false, "expected a path");
            String action = ESCAPES.repeat(100_000);
            RecordOperation operation = commit(List.of(Frames.op(action, "app.bsky.feed.post/a", cid)), car)
                    .operations()
                    .get(0);
            assertThat(operation.action()).isEqualTo(action);
            assertThat(operation.toString()).hasSizeLessThan(300).doesNotContain("\u001b", "\n");
        }

        static Stream<Arguments> brokenBlocks() {
            return Stream.of(
                    Arguments.of("no blocks", "the event doesn't contain the block"),
                    Arguments.of("garbage", "CAR: "),
                    Arguments.of("wrong hash", "CAR: "),
                    Arguments.of("truncated", "CAR: truncated"));
        }

        /** Each record fails, and a file that can't be parsed isn't parsed again for each one. */
        @ParameterizedTest(name = "{0}")
        @MethodSource("brokenBlocks")
        void brokenBlocks_failEachRecord(String name, String problem) {
            byte[] changed = car.clone();
            changed[changed.length - 1] ^= 1;
            ByteArrayOutputStream large = new ByteArrayOutputStream();
            CarWriter writer = new CarWriter(large, List.of(cid));
            for (int i = 0; i < 1000; i++) {
                writer.write(cid, block);
            }
            byte[] blocks = switch (name) {
                case "no blocks" -> new byte[0];
                case "garbage" -> repeat(MEGABYTE, 0x0b);
                case "wrong hash" -> changed;
                default -> Arrays.copyOf(large.toByteArray(), large.size() - 1);
            };
            Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
            for (RecordOperation operation : commit(ops(200), blocks).operations()) {
                Throwable failure = catchThrowable(() -> operation.record(Post.RECORD));
                assertThat(failure).isInstanceOf(StreamException.class).hasMessageContaining(problem);
                causes.add(failure.getCause());
            }
            assertThat(causes).hasSize(name.equals("wrong hash") ? 200 : 1);
        }

        @Test
        void tooManyOperations_areInvalid() {
            byte[] frame = Frames.commit(1, DID, ops(100_000), Bytes.of(car));
            assertInvalid(FIREHOSE, frame, false, "at most 200 elements at $.ops");
        }

        @Test
        void otherKindsOfCids_areMissingBlocks() {
            for (String other : List.of(
                    Cid.ofRaw(block).toString(),
                    "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKtvq",
                    "bafkrgqe3ohjcjplc6n4f3fwunlj6upltgfn63dxkzuc6czuzpcwdlnbs2bp5j4pq5hwqobs6wgoyzcqr2tkyfxgtbkgvswrrrijpqwsoxhb7q")) {
                LexMap op = Frames.op("create", "app.bsky.feed.post/a", Cid.isValid(other) ? Cid.of(other) : cid);
                RecordOperation operation =
                        commit(List.of(op), car).operations().get(0);
                if (!operation.cid().equals(cid)) {
                    assertThatThrownBy(operation::record).isInstanceOf(StreamException.class);
                }
            }
        }
    }

    @Nested
    class Json {
        private final FrameDecoder<RepoEvent> jetstream = new JetstreamVersion2Decoder();
        private final FrameDecoder<RepoEvent> version1 = new JetstreamVersion1Decoder();

        private static String event(String seq) {
            return """
                    {"$type": "message", "payload": {"$type": "x#identity", "seq": %s, "did": "did:plc:alice",
                    "time": "2026-11-27T16:00:00.000Z", "identity": {"seq": 1, "did": "did:plc:alice",
                    "time": "2026-11-27T16:00:00.000Z"}}}""".formatted(seq);
        }

        static Stream<Arguments> frames() {
            return Stream.of(
                    Arguments.of("nothing", ""),
                    Arguments.of("null", "null"),
                    Arguments.of("number", "1"),
                    Arguments.of("huge exponent", "{\"seq\": 1e999999999}"),
                    Arguments.of("tiny exponent", "{\"seq\": 1e-999999999}"),
                    Arguments.of("a million digits", "{\"seq\": " + "9".repeat(MEGABYTE) + "}"),
                    Arguments.of("a million fraction digits", "{\"seq\": 0." + "9".repeat(MEGABYTE) + "}"),
                    Arguments.of("arrays in arrays", "[".repeat(MEGABYTE)),
                    Arguments.of("objects in objects", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
                    Arguments.of("whitespace", " ".repeat(MEGABYTE)),
                    Arguments.of("two values", "{}{}"),
                    Arguments.of("unclosed string", "{\"" + "a".repeat(MEGABYTE)),
                    Arguments.of("unescaped control character", "{\"a\": \"\u001b[2J\n\"}"),
                    Arguments.of("comment", "{/*" + ESCAPES + "*/}"),
                    Arguments.of("NaN", "{\"seq\": NaN}"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("frames")
        void frame_isInvalidOrIgnored(String name, String json) {
            byte[] frame = json.getBytes(UTF_8);
            for (FrameDecoder<?> decoder : List.of(jetstream, version1, LABELS)) {
                Throwable failure = catchThrowable(
                        () -> assertThat(decoder.decode(frame, true)).isEqualTo(new Decoded.Ignored<>(-1)));
                if (failure != null) {
                    assertThat(failure).isInstanceOf(InvalidFrameException.class);
                    assertShortLines(failure);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "-9223372036854775808"})
        void negativeSequence_isInvalid(String seq) {
            assertInvalid(jetstream, event(seq).getBytes(UTF_8), true, "sequence number of at least 0");
            String json = "{\"did\": \"did:plc:alice\", \"kind\": \"new\", \"time_us\": " + seq + "}";
            assertInvalid(version1, json.getBytes(UTF_8), true, "sequence number of at least 0");
        }

        /** Such numbers don't exist in the data model, so there is no sequence number. */
        @ParameterizedTest
        @ValueSource(strings = {"\"1\"", "null", "1.5", "9223372036854775808", "1e400", "[]"})
        void otherSequence_isInvalidOrIgnored(String seq) {
            byte[] frame = event(seq).getBytes(UTF_8);
            Throwable failure = catchThrowable(
                    () -> assertThat(jetstream.decode(frame, true)).isEqualTo(new Decoded.Ignored<>(-1)));
            assertThat(failure == null || failure instanceof InvalidFrameException)
                    .as(String.valueOf(failure))
                    .isTrue();
        }

        @Test
        void timeBeyondAllDates_isInvalid() {
            String json = "{\"did\": \"did:plc:alice\", \"kind\": \"new\", \"time_us\": " + Long.MAX_VALUE + "}";
            assertInvalid(version1, json.getBytes(UTF_8), true, "");
        }

        @Test
        void loneSurrogate_doesNotFailTheEvent() {
            byte[] frame = event("1").replace("x#identity", "x#new\\ud800").getBytes(UTF_8);
            Throwable failure = catchThrowable(() -> jetstream.decode(frame, true));
            assertThat(failure == null || failure instanceof InvalidFrameException)
                    .isTrue();
        }

        @Test
        void binary_isInvalid() {
            assertInvalid(jetstream, bytes(1, 2, 3), false, "expected text (got a binary message)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"..", "a/b", "", "\\u001b[2J"})
        void invalidRecordKey_isInvalidFrame(String key) {
            String json = """
                    {"$type": "message", "payload": {"$type": "x#commit", "seq": 1, "did": "did:plc:alice",
                    "time": "2026-11-27T16:00:00.000Z", "commit": {"rev": "3kznmn7xqxl22", "operation": "create",
                    "collection": "app.bsky.feed.post", "rkey": "%s", "record": {}}}}""".formatted(key);
            assertInvalid(jetstream, json.getBytes(UTF_8), true, "");
        }
    }
}
