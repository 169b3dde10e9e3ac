package dev.atlex.lexicons;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.GetPreferences;
import app.bsky.actor.GetSuggestions;
import app.bsky.embed.External;
import app.bsky.feed.FeedDefs;
import app.bsky.feed.GetPostThread;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.ReadProblem;
import dev.atlex.data.ReadProblems;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Output;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that nonconforming data from other implementations can be read and is preserved. */
class LenientReadingTest {
    private static final String URI = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jui7kd54zh2y";
    private static final String CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final ReadOptions UNCHECKED = ReadOptions.LENIENT.withValidate(false);
    private static RuntimeSchemas schemas;

    @BeforeAll
    static void load() throws IOException {
        schemas = RuntimeSchemas.of(LexiconDocuments.load(Path.of("../../lexicons/documents")));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    private static LexValue tree(String json) {
        return LexValue.parseJson(bytes(json), ReadOptions.LENIENT);
    }

    @SuppressWarnings("unchecked")
    private static Codec<LexValue> output(String nsid) {
        return (Codec<LexValue>) ((Output.Json<?>) schemas.method(nsid).output()).codec();
    }

    private static String post(String fields) {
        return "{\"$type\":\"app.bsky.feed.post\",\"text\":\"x\",\"createdAt\":\"2024-01-01T00:00:00Z\"" + fields + "}";
    }

    private static String postView(String fields) {
        return """
                {"uri":"%s","cid":"%s","author":{"did":"did:plc:ewvi7nxzyoun6zhxrhs64oiz","handle":"atproto.com"},
                "record":%s,"indexedAt":"2024-01-01T00:00:00.000Z"%s}""".formatted(URI, CID, post(""), fields);
    }

    /** Reads JSON from text and tree, with the generated and the run-time codec, and asserts that it round-trips. */
    private static <T extends LexObject> T read(ObjectCodec<T, ?> codec, Codec<LexValue> runtime, String json) {
        LexValue tree = tree(json);
        T read = codec.fromJson(bytes(json), ReadOptions.LENIENT);
        assertThat(read.toLexMap()).isEqualTo(tree);
        assertThat(tree(read.toJson())).isEqualTo(tree);
        assertThat(codec.fromValue(tree, ReadOptions.LENIENT)).isEqualTo(read).hasSameHashCodeAs(read);
        assertThat(runtime.fromJson(bytes(json), ReadOptions.LENIENT)).isEqualTo(tree);
        assertThat(runtime.fromValue(tree, ReadOptions.LENIENT)).isEqualTo(tree);
        return read;
    }

    private static Post readPost(String json) {
        return read(Post.CODEC, schemas.codec("app.bsky.feed.post"), json);
    }

    private static void assertStrictlyInvalid(String json) {
        assertThat(schemas.validateJson("app.bsky.feed.post", bytes(json), ReadOptions.STRICT)
                        .isValid())
                .isFalse();
        assertThatThrownBy(() -> Post.CODEC.fromJson(json)).isInstanceOf(dev.atlex.data.LexException.class);
    }

    @Nested
    @SuppressWarnings("deprecation") // Servers really sent such values of recId, which is deprecated because of them.
    class DataModel {
        @Test
        void integersBeyond53BitsAreRead() {
            String json = "{\"actors\":[],\"recId\":50276643897348100}";
            GetSuggestions.Output read =
                    read(GetSuggestions.Output.CODEC, output("app.bsky.actor.getSuggestions"), json);

            assertThat(read.recId()).isEqualTo(50276643897348100L);
            assertThat(read.toJson()).isEqualTo(json);
        }

        @ParameterizedTest
        @ValueSource(strings = {"18446744073709551616", "1.5", "1e400", "-0.25", "null"})
        void invalidInteger_optional_readsAsAbsent(String number) {
            String json = "{\"actors\":[],\"recId\":" + number + ",\"newer\":" + number + "}";
            GetSuggestions.Output read =
                    read(GetSuggestions.Output.CODEC, output("app.bsky.actor.getSuggestions"), json);

            assertThat(read.recId()).isNull();
            assertThat(read.unknownFields()).containsOnlyKeys("recId", "newer");
            assertThat(read.toJson()).isEqualTo(json);
            GetSuggestions.Output changed = read.toBuilder().recId(3L).build();
            assertThat(changed.toLexMap()).isEqualTo(tree(json.replace("recId\":" + number, "recId\":3")));
        }

        @Test
        void invalidInteger_required_fails() {
            String json = post(",\"facets\":[{\"index\":{\"byteStart\":1.5,\"byteEnd\":2},\"features\":[]}]");

            for (Codec<?> codec : new Codec<?>[] {Post.CODEC, schemas.codec("app.bsky.feed.post")}) {
                assertThatThrownBy(() -> codec.fromJson(bytes(json), ReadOptions.LENIENT))
                        .isInstanceOf(LexValidationException.class)
                        .hasMessage("Expected an integer at $.facets[0].index.byteStart (got 1.5)");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"embed\":{\"$type\":\"\"}",
                    "\"embed\":{\"$type\":5}",
                    "\"embed\":{\"a\":1,\"$type\":{}}",
                    "\"x\":{\"$type\":\"\"},\"y\":[{\"$type\":null}]",
                    "\"x\":{\"$link\":\"no cid\"},\"y\":{\"$bytes\":\"?\"},\"z\":{\"$link\":\"x\",\"more\":1}",
                    "\"x\":{\"$type\":\"blob\"},\"y\":1.5,\"z\":[1e999]",
                    "\"langs\":null,\"reply\":null,\"embed\":null,\"tags\":null",
                    "\"x\":\"\\ud800\"",
                    "\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":1},\"features\":[{\"$type\":\"\"}]}]"
                })
        void violationsOfTheDataModelAreKept(String fields) {
            readPost(post("," + fields));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"$type\":\"blob\",\"ref\":{\"$link\":\"no cid\"},\"mimeType\":\"image/png\",\"size\":1}",
                    "{\"$type\":\"blob\",\"mimeType\":\"image/png\",\"size\":1.5}",
                    "{\"cid\":\"no cid\",\"mimeType\":\"image/png\"}",
                    "{}"
                })
        void malformedBlob_optional_readsAsAbsent(String thumb) {
            String external =
                    "{\"uri\":\"https://example.com\",\"title\":\"\",\"description\":\"\",\"thumb\":" + thumb + "}";
            Post read =
                    readPost(post(",\"embed\":{\"$type\":\"app.bsky.embed.external\",\"external\":" + external + "}"));

            External embed = ((Post.Embed.External) read.embed()).value();
            assertThat(embed.external().thumb()).isNull();
            assertThat(embed.external().unknownFields()).containsOnlyKeys("thumb");
        }

        @Test
        void legacyBlobIsRead() {
            String thumb =
                    "{\"cid\":\"bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454\",\"mimeType\":\"image/png\"}";
            readPost(post(",\"embed\":{\"$type\":\"app.bsky.embed.external\",\"external\":{\"uri\":\"https://a.b\","
                    + "\"title\":\"\",\"description\":\"\",\"thumb\":" + thumb + "}}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2023-08-26T12:19:50.226623", "2023-08-26T12:19:50", "20230826T121950Z"})
        void datetimeWithoutTimeZoneIsRead(String text) {
            String json = post("").replace("2024-01-01T00:00:00Z", text);

            assertThat(readPost(json).createdAt()).hasToString(text);
            assertThat(readPost(json).createdAt().toInstant())
                    .isBetween("2023-08-26T12:19:50Z", "2023-08-26T12:19:51Z");
            assertStrictlyInvalid(json);
        }

        @Test
        void fieldOfADuplicateKeyIsWrittenOnce() {
            for (String twice : new String[] {"\"cursor\":null,\"cursor\":\"c\"", "\"cursor\":\"c\",\"cursor\":null"}) {
                String json = "{\"feed\":[]," + twice + "}";
                GetTimeline.Output read = GetTimeline.Output.CODEC.fromJson(bytes(json), ReadOptions.LENIENT);

                assertThat(read.toJson().split("cursor", -1)).hasSize(2);
                assertThat(read.toCbor()).isNotEmpty();
            }
        }
    }

    @Nested
    class Types {
        @ParameterizedTest
        @ValueSource(strings = {"\"app.bsky.embed.external\"", "\"other\"", "\"\"", "5", "null"})
        void unexpectedInnerTypeIsKept(String type) {
            String json = post(",\"embed\":{\"$type\":\"app.bsky.embed.external\",\"external\":{\"$type\":" + type
                    + ",\"uri\":\"https://cran.r-project.org\",\"title\":\"\",\"description\":\"\"}}");

            assertThat(readPost(json).embed()).isInstanceOf(Post.Embed.External.class);
            assertStrictlyInvalid(json);
        }

        @Test
        void mainInUnion_meansTheMainDefinition() {
            String json = post(",\"embed\":{\"$type\":\"app.bsky.embed.external#main\",\"external\":"
                    + "{\"uri\":\"https://example.com/\",\"title\":\"t\",\"description\":\"d\"}}");
            Post read = readPost(json);

            assertThat(read.embed()).isInstanceOf(Post.Embed.External.class);
            assertThat(read.toBuilder().text("y").build().toJson()).contains("app.bsky.embed.external#main");
            readPost(json.replace("\"$type\":\"app.bsky.embed.external#main\",", "")
                    .replace(
                            "\"description\":\"d\"}}",
                            "\"description\":\"d\"},\"$type\":\"app.bsky.embed.external#main\"}"));
            readPost(post("").replace("feed.post\"", "feed.post#main\""));
            readPost(post(",\"embed\":{\"$type\":\"com.example.newer#main\",\"x\":1}"));
            // Only a document's NSID without a fragment can be followed by #main.
            assertThat(readPost(post(",\"embed\":{\"$type\":\"app.bsky.embed.external#x#main\"}"))
                            .embed())
                    .isInstanceOf(Post.Embed.Unknown.class);
            assertThat(readPost(post(",\"embed\":{\"$type\":\"app.bsky.embed.external#main#main\"}"))
                            .embed())
                    .isInstanceOf(Post.Embed.Unknown.class);
            assertThat(GetPreferences.Output.CODEC
                            .fromJson(
                                    "{\"preferences\":[{\"$type\":\"app.bsky.actor.defs#mutedWordsPref#main\"}]}"
                                            .getBytes(UTF_8),
                                    ReadOptions.LENIENT)
                            .toJson())
                    .contains("#mutedWordsPref#main");
        }

        @Test
        void duplicateType_lastOneWins() {
            Post read = Post.CODEC.fromJson(
                    bytes(post(",\"embed\":{\"$type\":\"com.example.a\",\"$type\":\"com.example.b\"}")),
                    ReadOptions.LENIENT);

            assertThat(read.embed())
                    .isInstanceOfSatisfying(
                            Post.Embed.Unknown.class,
                            unknown -> assertThat(unknown.type()).isEqualTo("com.example.b"));
        }
    }

    @Nested
    class Nulls {
        @Test
        void nullInOptionalField_readsAsAbsent() {
            GetTimeline.Output read = read(
                    GetTimeline.Output.CODEC, output("app.bsky.feed.getTimeline"), "{\"feed\":[],\"cursor\":null}");
            assertThat(read.cursor()).isNull();
            assertThat(read.unknownFields()).containsOnlyKeys("cursor");

            read(
                    app.bsky.actor.ActorDefs.ProfileViewDetailed.CODEC,
                    schemas.codec("app.bsky.actor.defs#profileViewDetailed"),
                    """
                    {"did":"did:plc:ewvi7nxzyoun6zhxrhs64oiz","handle":"a.example.com","displayName":null,
                    "associated":{"lists":0,"chat":null},"indexedAt":null,
                    "viewer":{"muted":false,"knownFollowers":null}}""");
        }

        @Test
        void nullInRequiredField_messageNamesIt() {
            for (Codec<?> codec : new Codec<?>[] {GetTimeline.Output.CODEC, output("app.bsky.feed.getTimeline")}) {
                assertThatExceptionOfType(LexValidationException.class)
                        .isThrownBy(() -> codec.fromJson(bytes("{\"feed\":null}"), ReadOptions.LENIENT))
                        .withMessage("Expected a value at $.feed (got null)")
                        .satisfies(e -> assertThat(e.rule()).isEqualTo("required"));
            }
        }

        @Test
        void strict_nullIsNotAbsent() {
            assertThatThrownBy(() -> GetTimeline.Output.CODEC.fromJson("{\"feed\":[],\"cursor\":null}"))
                    .hasMessage("Expected a string at $.cursor (got null)");
        }
    }

    @Nested
    class Unchecked {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"feed\":5}",
                    "{\"feed\":null,\"cursor\":[1,{\"a\":null}]}",
                    "{\"feed\":[5]}",
                    "{\"feed\":[{\"post\":5},{}]}",
                    "{\"feed\":[{\"post\":{\"uri\":{},\"labels\":[[]],\"embed\":5,\"likeCount\":\"1\"}}]}",
                    "{\"feed\":[{\"post\":{\"embed\":{\"a\":1},\"threadgate\":true,\"record\":[]},\"reason\":{}}]}",
                    "{\"feed\":[{\"post\":{\"embed\":{\"$type\":5}},\"reply\":{\"root\":7,\"parent\":{\"x\":{}}}}]}"
                })
        void anyJsonRoundTrips(String json) {
            GetTimeline.Output read = GetTimeline.Output.CODEC.fromJson(bytes(json), UNCHECKED);

            assertThat(read).isEqualTo(GetTimeline.Output.CODEC.fromValue(tree(json), UNCHECKED));
            read.hashCode();
            assertThat(read.toString()).startsWith("Output{");
            assertThat(read.toLexMap()).isEqualTo(tree(json));
            assertThat(read.toBuilder()).isNotNull();
            assertThat(output("app.bsky.feed.getTimeline").fromJson(bytes(json), UNCHECKED))
                    .isEqualTo(tree(json));
        }

        @Test
        void unionWithoutType_isUnknown() {
            String json = "{\"$type\":\"app.bsky.feed.post\",\"embed\":{\"a\":1}}";
            Post read = Post.CODEC.fromJson(bytes(json), UNCHECKED);

            assertThat(read.embed()).isInstanceOfSatisfying(Post.Embed.Unknown.class, unknown -> {
                assertThat(unknown.type()).isEmpty();
                assertThat(unknown.value()).isEqualTo(tree("{\"a\":1}"));
            });
            assertThat(read.toLexMap()).isEqualTo(tree(json));
        }

        @Test
        void bodyOfTheWrongKind_fails() {
            assertThatThrownBy(() -> GetTimeline.Output.CODEC.fromJson(bytes("[]"), UNCHECKED))
                    .isInstanceOf(LexValidationException.class)
                    .hasMessage("Expected an object at $ (got array)");
        }
    }

    @Nested
    class InvalidItems {
        private static String feed(String... posts) {
            return "{\"feed\":[{\"post\":" + String.join("},{\"post\":", posts) + "}],\"cursor\":\"c\"}";
        }

        @Test
        void invalidElementIsSkippedAndReported() {
            String bad = postView(",\"embed\":{\"$type\":\"app.bsky.embed.external#view\",\"external\":"
                    + "{\"uri\":\"https://example.com/a b\",\"title\":\"t\",\"description\":\"d\"}}");
            String json = feed(postView(""), bad, postView(""));
            ReadProblems problems = new ReadProblems();

            GetTimeline.Output read =
                    GetTimeline.Output.CODEC.fromJson(bytes(json), ReadOptions.LENIENT.skippingInvalidItems(problems));

            assertThat(read.feed()).hasSize(2);
            assertThat(read.cursor()).isEqualTo("c");
            assertThat(problems.count()).isOne();
            ReadProblem problem = problems.kept().get(0);
            assertThat(problem.path()).isEqualTo("$.feed[1].post.embed.external.uri");
            assertThat(problem.message())
                    .isEqualTo("Expected a valid URI at $.feed[1].post.embed.external.uri"
                            + " (got \"https://example.com/a b\")");
            assertThat(problem.value()).isEqualTo(tree("{\"post\":" + bad + "}"));

            ReadProblems atRunTime = new ReadProblems();
            LexValue tree = output("app.bsky.feed.getTimeline")
                    .fromJson(bytes(json), ReadOptions.LENIENT.skippingInvalidItems(atRunTime));
            assertThat(tree).isEqualTo(read.toLexMap());
            assertThat(atRunTime.kept()).isEqualTo(problems.kept());
            assertThatThrownBy(() -> GetTimeline.Output.CODEC.fromJson(bytes(json), ReadOptions.LENIENT))
                    .isInstanceOf(LexValidationException.class);
        }

        @Test
        void innermostArraySkipsItsElement() {
            ReadProblems problems = new ReadProblems();
            String labels = ",\"labels\":[5,{\"src\":\"no did\"}]";

            GetTimeline.Output read = GetTimeline.Output.CODEC.fromJson(
                    bytes(feed(postView(labels), postView(labels).replace("\"cid\"", "\"nocid\""))),
                    ReadOptions.LENIENT.skippingInvalidItems(problems));

            assertThat(read.feed()).hasSize(1);
            assertThat(read.feed().get(0).post().labels()).isEmpty();
            assertThat(problems.kept())
                    .extracting(ReadProblem::path)
                    .containsExactly("$.feed[0].post.labels[0]", "$.feed[0].post.labels[1].src", "$.feed[1].post.cid");
        }

        @Test
        @Timeout(20)
        void millionsOfInvalidElements_takeLinearTime() {
            ReadProblems problems = new ReadProblems();
            byte[] json = bytes("{\"feed\":[1" + ",1".repeat(4_000_000) + "]}");

            GetTimeline.Output read =
                    GetTimeline.Output.CODEC.fromJson(json, ReadOptions.LENIENT.skippingInvalidItems(problems));

            assertThat(read.feed()).isEmpty();
            assertThat(problems.count()).isEqualTo(4_000_001);
            assertThat(problems.kept()).hasSize(ReadProblems.MAX_KEPT);
        }

        @Test
        @Timeout(20)
        void failuresAtAllLevelsOfAThread_takeLinearTime() {
            String node =
                    "{\"$type\":\"app.bsky.feed.defs#threadViewPost\",\"post\":" + postView("") + ",\"replies\":[";
            for (String late : new String[] {"}", ",\"parent\":5}", ",\"threadContext\":5}"}) {
                String thread = node.repeat(1000) + ("]" + late).repeat(1000);
                ReadProblems problems = new ReadProblems();
                for (ReadOptions options :
                        new ReadOptions[] {ReadOptions.LENIENT.skippingInvalidItems(problems), UNCHECKED}) {
                    GetPostThread.Output read = late.length() == 1 || !options.validate()
                            ? GetPostThread.Output.CODEC.fromJson(bytes("{\"thread\":" + thread + "}"), options)
                            : null;
                    assertThat(read == null ? "" : read.toString()).doesNotContain("null");
                    if (options.validate() && late.length() > 1) {
                        LexValue kept = GetPostThread.Output.CODEC
                                .fromJson(
                                        bytes("{\"thread\":{\"$type\":\"app.bsky.feed.defs#threadViewPost\",\"post\":"
                                                + postView("") + ",\"replies\":[" + thread + "]}}"),
                                        options)
                                .toLexMap();
                        assertThat(kept.toJson().length()).isLessThan(2000);
                        assertThat(problems.count()).isOne();
                    }
                }
            }
        }
    }

    @Nested
    class Depth {
        private static String replies(int levels) {
            String node = "{\"$type\":\"app.bsky.feed.defs#threadViewPost\",\"post\":" + postView("");
            return "{\"thread\":" + (node + ",\"replies\":[").repeat(levels) + node + "}" + "]}".repeat(levels) + "}";
        }

        private static String parents(int levels) {
            String node = "{\"$type\":\"app.bsky.feed.defs#threadViewPost\",\"post\":" + postView("");
            return "{\"thread\":" + (node + ",\"parent\":").repeat(levels) + node + "}" + "}".repeat(levels) + "}";
        }

        private static void onSmallStack(Runnable work) throws InterruptedException {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread thread = new Thread(null, work, "small", 256 * 1024);
            thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
            thread.start();
            thread.join();
            assertThat(failure.get()).isNull();
        }

        @Test
        void deepestThreadFitsASmallStack() throws InterruptedException {
            for (String json : new String[] {replies(1000), parents(1000)}) {
                byte[] bytes = bytes(json);
                onSmallStack(() -> {
                    GetPostThread.Output read = GetPostThread.Output.CODEC.fromJson(bytes, ReadOptions.LENIENT);
                    LexMap tree = (LexMap) LexValue.parseJson(bytes, ReadOptions.LENIENT);
                    GetPostThread.Output again = GetPostThread.Output.CODEC.fromValue(tree, ReadOptions.LENIENT);

                    assertThat(read.equals(again)).isTrue();
                    assertThat(read.hashCode()).isEqualTo(again.hashCode());
                    assertThat(read.toLexMap().equals(tree)).isTrue();
                    assertThat(read.toJson().length()).isEqualTo(tree.toJson().length());
                    assertThat(LexReader.<GetPostThread.Output>readCbor(
                                            read.toCbor(), ReadOptions.STRICT, GetPostThread.Output.CODEC::read)
                                    .equals(read))
                            .isTrue();
                    assertThat(read.toString().length()).isLessThan(200_000);
                    assertThat(read.toBuilder().build().equals(read)).isTrue();
                });
            }
        }

        @Test
        void deepPathIsShortened() {
            String json = parents(900).replace("\"text\":\"x\"", "\"text\":\"x\"");
            String broken = json.substring(0, json.lastIndexOf("\"uri\":\"at:")) + "\"uri\":\"nothing"
                    + json.substring(json.lastIndexOf("\"uri\":\"at:") + 9);

            assertThatExceptionOfType(LexValidationException.class)
                    .isThrownBy(() -> GetPostThread.Output.CODEC.fromJson(bytes(broken), ReadOptions.LENIENT))
                    .satisfies(e -> {
                        assertThat(e.path())
                                .startsWith("$.thread.parent.parent")
                                .endsWith(".parent.post.uri");
                        assertThat(e.path()).contains("…").hasSizeLessThan(200);
                    });
        }
    }

    @Nested
    class Messages {
        private static String message(String json) {
            try {
                FeedDefs.PostView.CODEC.fromJson(json);
                return "";
            } catch (LexValidationException e) {
                return e.getMessage();
            }
        }

        @Test
        void valueIsShortenedAndEscaped() {
            assertThat(message(postView("").replace("\"atproto.com\"", "\"x y\"")))
                    .isEqualTo("Expected a valid handle at $.author.handle (got \"x y\")");
            assertThat(message(postView("").replace("\"atproto.com\"", "\"a\\nb\\u202e\\u0007\\\"\"")))
                    .endsWith("(got \"a\\u000ab\\u202e\\u0007\\\"\")");
            assertThat(message(postView("").replace("\"atproto.com\"", "\"" + "ab ".repeat(100_000) + "\"")))
                    .endsWith(" ab a…\")")
                    .hasSizeLessThan(130);
            assertThat(message(postView("").replace("\"atproto.com\"", "5")))
                    .isEqualTo("Expected a string at $.author.handle (got 5)");
            assertThat(message(postView(",\"likeCount\":\"many\"")))
                    .isEqualTo("Expected an integer at $.likeCount (got \"many\")");
            assertThat(message(postView(",\"likeCount\":[]")))
                    .isEqualTo("Expected an integer at $.likeCount (got array)");
        }

        @Test
        void secretsAreMasked() {
            for (String wrong : new String[] {"5", "[\"hunter2\"]", "true", "12345"}) {
                String json = "{\"accessJwt\":" + wrong
                        + ",\"refreshJwt\":\"a\",\"handle\":\"a.test\",\"did\":\"did:web:a\"}";
                assertThatThrownBy(() -> com.atproto.server.CreateSession.Output.CODEC.fromJson(
                                bytes(json), ReadOptions.LENIENT))
                        .hasMessage("Expected a string at $.accessJwt (got ***)");
            }
        }
    }

    @Test
    void tryFrom_invalidRecord_returnsNull() {
        for (String fields : new String[] {
            ",\"x\":1.5", ",\"langs\":[1.5]", ",\"x\":{\"$type\":\"\"}", ",\"text\":5", ",\"embed\":{\"$type\":3}"
        }) {
            assertThat(Post.RECORD.tryFrom(tree(post(fields)))).as(fields).isNull();
        }
        assertThat(Post.RECORD.tryFrom(tree("[]"))).isNull();
        assertThat(Post.RECORD.tryFrom(tree(post(",\"x\":1.5")), ReadOptions.LENIENT))
                .isNotNull();
        assertThat(Post.RECORD.tryFrom(tree(post(",\"langs\":[5]")), ReadOptions.LENIENT))
                .isNull();
    }
}
