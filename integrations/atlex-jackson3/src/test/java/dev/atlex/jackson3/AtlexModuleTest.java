package dev.atlex.jackson3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.embed.External;
import app.bsky.feed.Post;
import com.atproto.repo.StrongRef;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

class AtlexModuleTest {
    private static final String CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";

    /** With an unknown field, an unknown variant, a link, bytes, and characters that writers escape differently. */
    private static final String POST = """
            {"$type":"app.bsky.feed.post","text":"é 🦋 \\"</script>\\" \\u0001\\n","embed":{"$type":"com.example.new","n":1},\
            "langs":["en"],"createdAt":"2026-01-01T12:00:00.000000Z","com.example.more":{"link":{"$link":"%s"},\
            "bytes":{"$bytes":"AQI"},"none":null}}""".formatted(CID);

    private final JsonMapper mapper =
            JsonMapper.builder().addModule(new AtlexModule()).build();

    record Page(Did author, List<Post> posts, Post.Embed embed, Cid link) {}

    private static Post post() {
        return Post.CODEC.fromJson(POST);
    }

    @Nested
    class Writing {
        @Test
        void writesObjectsByteForByte() {
            assertThat(mapper.writeValueAsString(post())).isEqualTo(post().toJson());
            assertThat(mapper.writeValueAsBytes(post())).isEqualTo(Post.CODEC.toJson(post()));
        }

        @Test
        void writesObjectsInsideOtherTypes() {
            Post.Embed embed = Post.Embed.of(External.builder()
                    .external(External.ExternalDef.builder()
                            .uri("https://example.com")
                            .title("T")
                            .description("D")
                            .build())
                    .build());
            Page page = new Page(Did.of("did:plc:z72i7hdynmk6r22z27h6tvur"), List.of(post()), embed, Cid.of(CID));
            assertThat(mapper.writeValueAsString(page))
                    .isEqualTo("{\"author\":\"did:plc:z72i7hdynmk6r22z27h6tvur\",\"posts\":[" + post().toJson()
                            + "],\"embed\":"
                            + new String(Post.Embed.CODEC.toJson(embed), UTF_8)
                            + ",\"link\":{\"$link\":\"" + CID + "\"}}");
        }

        @Test
        void writesVariantsOfUnionsWithTheirType() {
            assertThat(mapper.writeValueAsString(post().embed())).isEqualTo("{\"$type\":\"com.example.new\",\"n\":1}");
        }

        @Test
        void writesUntypedValues() {
            LexValue value = LexValue.parseJson("""
                    {"a":[1,true,null,"x",1.5,123456789012345678901234567890],"b":{"$bytes":"AQI"},"l":{"$link":"%s"}}""".formatted(CID), ReadOptions.LENIENT);
            assertThat(mapper.writeValueAsString(value)).isEqualTo(value.toJson());
            assertThat(mapper.writeValueAsString(((LexMap) value).get("a")))
                    .isEqualTo("[1,true,null,\"x\",1.5,123456789012345678901234567890]");
            assertThat(mapper.writeValueAsString(LexNull.NULL)).isEqualTo("null");
        }

        @Test
        void writesIdentifiersAsStrings() {
            List<Object> identifiers = List.of(
                    Did.of("did:web:example.com"),
                    Handle.of("alice.example.com"),
                    AtUri.of("at://alice.example.com/app.bsky.feed.post/1"),
                    Nsid.of("app.bsky.feed.post"),
                    RecordKey.of("self"),
                    Tid.of("3jzfcijpj2z2a"),
                    Datetime.of("2026-01-01T12:00:00.1+01:00"),
                    LanguageTag.of("de-CH"));
            assertThat(mapper.writeValueAsString(identifiers))
                    .isEqualTo("[\"did:web:example.com\",\"alice.example.com\","
                            + "\"at://alice.example.com/app.bsky.feed.post/1\",\"app.bsky.feed.post\",\"self\","
                            + "\"3jzfcijpj2z2a\",\"2026-01-01T12:00:00.1+01:00\",\"de-CH\"]");
            assertThat(mapper.writeValueAsString(Map.of(Did.of("did:web:example.com"), 1)))
                    .isEqualTo("{\"did:web:example.com\":1}");
        }

        @Test
        void writesBlobReferences() {
            BlobRef blob =
                    BlobRef.of(Cid.of("bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy"), "image/png", 3);
            assertThat(mapper.writeValueAsString(blob))
                    .isEqualTo(blob.toLexMap().toJson());
        }

        @Test
        void keepsTheValueInTreesAndIndentedJson() {
            JsonNode tree = mapper.valueToTree(post());
            assertThat(tree.at("/com.example.more/link/$link").stringValue()).isEqualTo(CID);
            assertThat(mapper.convertValue(tree, Post.class)).isEqualTo(post());
            String indented = mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(post());
            assertThat(indented).contains("\n  \"text\" : ");
            assertThat(Post.CODEC.fromJson(indented)).isEqualTo(post());
        }
    }

    @Nested
    class Reading {
        @Test
        void readsObjectsBackWithoutLoss() {
            Post read = mapper.readValue(POST, Post.class);
            assertThat(read).isEqualTo(post());
            assertThat(read.toJson()).isEqualTo(POST);
        }

        @Test
        void readsObjectsInsideOtherTypes() {
            Page page = mapper.readValue("""
                    {"author":"did:plc:z72i7hdynmk6r22z27h6tvur","posts":[%s,null],"link":"%s",
                     "embed":{"$type":"app.bsky.embed.record","record":{"uri":"at://a.example.com","cid":"%s"}}}""".formatted(POST, CID, CID), Page.class);
            assertThat(page.posts()).containsExactly(post(), null);
            assertThat(page.embed()).isInstanceOf(Post.Embed.Record.class);
            assertThat(page.link()).isEqualTo(Cid.of(CID));
            assertThat(mapper.readValue("{}", Page.class).link()).isNull();
        }

        @Test
        void readsOneVariantIfItIsDeclared() {
            String json = "{\"$type\":\"com.example.new\",\"n\":1}";
            assertThat(mapper.readValue(json, Post.Embed.Unknown.class)).isEqualTo(post().embed());
            assertThatThrownBy(() -> mapper.readValue(json, Post.Embed.Record.class))
                    .isInstanceOf(MismatchedInputException.class)
                    .hasMessageStartingWith("Expected Record at $ (got Unknown)");
        }

        @Test
        void readsUntypedValues() {
            assertThat(mapper.readValue("{\"$link\":\"" + CID + "\"}", LexValue.class))
                    .isEqualTo(Cid.of(CID));
            assertThat(mapper.readValue("{\"$bytes\":\"AQI\"}", Bytes.class)).isEqualTo(Bytes.of(new byte[] {1, 2}));
            assertThat(mapper.readValue("{\"a\":1}", LexMap.class).getInteger("a"))
                    .isEqualTo(1);
            assertThat(mapper.readValue("[1.50]", LexArray.class).toJson()).isEqualTo("[1.5]");
            assertThat(mapper.readValue("null", LexValue.class)).isEqualTo(LexNull.NULL);
            assertThat(mapper.readValue("{\"a\":null}", new TypeReference<Map<String, LexNull>>() {}))
                    .containsEntry("a", LexNull.NULL);
            assertThatThrownBy(() -> mapper.readValue("\"NULL\"", LexNull.class))
                    .hasMessageStartingWith("Expected LexNull at $ (got LexString)");
            assertThat(mapper.readValue("\"x\"", LexString.class).value()).isEqualTo("x");
            assertThatThrownBy(() -> mapper.readValue("[]", LexMap.class))
                    .isInstanceOf(MismatchedInputException.class)
                    .hasMessageStartingWith("Expected LexMap at $ (got LexArray)");
        }

        @Test
        void readsIdentifiersAndMapsWithThemAsKeys() {
            assertThat(mapper.readValue("\"alice.example.com\"", AtIdentifier.class))
                    .isEqualTo(Handle.of("alice.example.com"));
            assertThat(mapper.readValue("{\"did:web:a.example\":1}", new TypeReference<Map<Did, Integer>>() {}))
                    .containsExactly(Map.entry(Did.of("did:web:a.example"), 1));
            assertThatThrownBy(() -> mapper.readValue("{\"x\":1}", new TypeReference<Map<Did, Integer>>() {}))
                    .isInstanceOf(InvalidFormatException.class)
                    .hasMessageContaining("Expected a valid DID at $ (got \"x\")");
        }

        @Test
        void reportsPathAndMessageInJacksonException() {
            assertThatThrownBy(() -> mapper.readValue(
                            "{\"author\":\"did:web:a.example\",\"posts\":[{\"$type\":\"app.bsky.feed.post\",\"text\":\"x\",\"createdAt\":\"now\"}]}",
                            Page.class))
                    .isInstanceOfSatisfying(MismatchedInputException.class, e -> {
                        assertThat(e.getOriginalMessage())
                                .isEqualTo("Expected a valid datetime at $.createdAt (got \"now\")");
                        assertThat(e.getPathReference()).endsWith("Page[\"posts\"]->java.util.ArrayList[0]");
                        assertThat(e).hasCauseInstanceOf(LexValidationException.class);
                    });
            assertThatThrownBy(() -> mapper.readValue("5", Did.class))
                    .isInstanceOf(MismatchedInputException.class)
                    .hasMessageStartingWith("Expected a string at $ (got 5)");
        }

        @Test
        void appliesItsReadOptions() {
            String lenient =
                    "{\"$type\":\"app.bsky.feed.post\",\"text\":\"x\",\"createdAt\":\"2026-01-01T12:00:00Z\",\"tags\":null}";
            assertThat(mapper.readValue(lenient, Post.class).tags()).isNull();
            JsonMapper strict = JsonMapper.builder()
                    .addModule(new AtlexModule(ReadOptions.STRICT))
                    .build();
            assertThatThrownBy(() -> strict.readValue(lenient, Post.class))
                    .isInstanceOf(DatabindException.class)
                    .hasMessageContaining("at $.tags");
        }

        @Test
        void reportsMalformedJsonAsJacksonException() {
            assertThatThrownBy(() -> mapper.readValue("{\"uri\":", StrongRef.class))
                    .isInstanceOf(JacksonException.class)
                    .hasMessageContaining("Unexpected end-of-input");
        }
    }

    /** The example in the documentation. */
    @Test
    void worksWithoutAFramework() {
        Post post = post();
        JsonMapper mapper = JsonMapper.builder().addModule(new AtlexModule()).build();
        String json = mapper.writeValueAsString(post);
        assertThat(json).isEqualTo(post.toJson());
    }

    @Test
    void isFoundByServiceLoader() {
        JsonMapper found = JsonMapper.builder().findAndAddModules().build();
        assertThat(found.writeValueAsString(post())).isEqualTo(POST);
    }
}
