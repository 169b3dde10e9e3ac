package dev.atlex.lexicons;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.ActorDefs;
import app.bsky.actor.Profile;
import app.bsky.embed.Images;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import com.atproto.repo.ApplyWrites;
import com.atproto.repo.PutRecord;
import com.atproto.server.CreateAppPassword;
import com.atproto.server.CreateSession;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.syntax.Datetime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests behavior that applications rely on, with commonly used types. */
class GeneratedTypesTest {
    private static final String CID = "bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454";
    private static final String POST =
            "\"$type\":\"app.bsky.feed.post\",\"text\":\"hello\",\"createdAt\":\"2026-01-01T00:00:00.00Z\"";

    @Test
    void unknownFieldsArePreserved() {
        Post post = Post.CODEC.fromJson("{" + POST + ",\"mood\":{\"level\":[1,null]},\"reply\":{\"root\":{\"uri\":"
                + "\"at://did:web:a.org/app.bsky.feed.post/1\",\"cid\":\"" + CID + "\",\"rank\":1},\"parent\":{\"uri\":"
                + "\"at://did:web:a.org/app.bsky.feed.post/1\",\"cid\":\"" + CID + "\"},\"of\":\"newer\"}}");

        LexMap changed = post.toBuilder().text("changed").build().toLexMap();

        assertThat(changed)
                .isEqualTo(post.toLexMap().toBuilder().put("text", "changed").build());
        assertThat(changed.getMap("reply").getMap("root").getInteger("rank")).isEqualTo(1);
        assertThat(post.unknownFields()).containsOnlyKeys("mood");
        assertThat(post.toBuilder()
                        .unknownField("mood", new LexString("good"))
                        .build()
                        .unknownFields())
                .containsEntry("mood", new LexString("good"));
    }

    @Test
    void unknownVariantsArePreserved() {
        String embed = "{\"$type\":\"com.example.hologram\",\"depth\":{\"x\":[3]}}";
        Post post = Post.CODEC.fromJson("{" + POST + ",\"embed\":" + embed + "}");

        assertThat(post.embed()).isInstanceOfSatisfying(Post.Embed.Unknown.class, unknown -> {
            assertThat(unknown.type()).isEqualTo("com.example.hologram");
            assertThat(unknown.value()).isEqualTo(map(embed));
        });
        assertThat(post.toBuilder().text("changed").build().toLexMap().get("embed"))
                .isEqualTo(map(embed));
    }

    @Test
    void typeIsPreservedAndAddedIfRequired() {
        String typed = "{\"$type\":\"app.bsky.actor.defs#adultContentPref\",\"enabled\":true}";
        ActorDefs.AdultContentPref with = ActorDefs.AdultContentPref.CODEC.fromJson(typed);
        ActorDefs.AdultContentPref without = ActorDefs.AdultContentPref.CODEC.fromJson("{\"enabled\":true}");

        assertThat(with.toLexMap()).isEqualTo(map(typed));
        assertThat(without.toLexMap()).isEqualTo(map("{\"enabled\":true}"));
        assertThat(with).isEqualTo(without).hasSameHashCodeAs(without);
        assertThat(with.unknownFields()).isEmpty();
        assertThat(Post.builder()
                        .text("t")
                        .createdAt("2026-01-01T00:00:00Z")
                        .build()
                        .toLexMap()
                        .type())
                .isEqualTo("app.bsky.feed.post");
        assertThat(map("{\"embed\":{\"$type\":\"app.bsky.embed.images\",\"images\":[]}}")
                        .get("embed"))
                .isEqualTo(Post.builder()
                        .text("t")
                        .createdAt("2026-01-01T00:00:00Z")
                        .embed(Post.Embed.of(Images.builder().images(List.of()).build()))
                        .build()
                        .toLexMap()
                        .get("embed"));
    }

    @Test
    void swapRecord_absentNullOrPresent_areDistinct() {
        PutRecord.Input.Builder builder = PutRecord.Input.builder()
                .repo("did:web:a.org")
                .collection("app.bsky.feed.post")
                .rkey("self")
                .record(LexMap.of());

        PutRecord.Input absent = builder.build();
        PutRecord.Input given = builder.swapRecord(CID).build();
        PutRecord.Input none = builder.swapRecord((Cid) null).build();

        assertThat(absent.toLexMap().containsKey("swapRecord")).isFalse();
        assertThat(given.toLexMap().getString("swapRecord")).isEqualTo(CID);
        assertThat(none.toJson()).contains("\"swapRecord\":null");
        assertThat(none.swapRecord()).isNull();
        assertThat(none.unknownFields()).isEmpty();
        assertThat(none).isNotEqualTo(absent);
        assertThat(none.toBuilder().build()).isEqualTo(none);
        assertThat(none.toBuilder().swapRecord(CID).build()).isEqualTo(given);
        for (PutRecord.Input input : List.of(absent, given, none)) {
            assertThat(PutRecord.Input.CODEC.fromJson(input.toJson())).isEqualTo(input);
        }
    }

    @Test
    void absentFieldsHaveDefaults() {
        GetTimeline.Params params = GetTimeline.Params.builder().build();

        assertThat(params.limit()).isEqualTo(50);
        assertThat(params.toLexMap()).isEmpty();
        assertThat(ActorDefs.AdultContentPref.CODEC.fromJson("{}").enabled()).isFalse();
        assertThat(ActorDefs.AdultContentPref.builder().build().toLexMap()).isEqualTo(map("{\"enabled\":false}"));
    }

    @Test
    void missingRequiredField_failsWithItsPath() {
        assertRejected(Post.CODEC, "{\"$type\":\"app.bsky.feed.post\",\"text\":\"\"}", "$.createdAt", "required");
        assertRejected(
                Post.CODEC,
                "{" + POST + ",\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":1},\"features\":[]},"
                        + "{\"index\":{\"byteStart\":0},\"features\":[]}]}",
                "$.facets[1].index.byteEnd",
                "required");
    }

    @Test
    void postTextIsLimitedInBytesAndGraphemes() {
        String family = "👨‍👩‍👧‍👦";
        assertThat(family.getBytes(UTF_8)).hasSize(25);

        Post.CODEC.validate(post("x".repeat(300)));
        Post.CODEC.validate(post(family.repeat(120)));
        assertThatThrownBy(() -> Post.CODEC.validate(post("x".repeat(301))))
                .isInstanceOfSatisfying(LexValidationException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.text");
                    assertThat(e.rule()).isEqualTo("maxGraphemes");
                });
        assertThatThrownBy(() -> Post.CODEC.validate(post(family.repeat(121))))
                .isInstanceOfSatisfying(LexValidationException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.text");
                    assertThat(e.rule()).isEqualTo("maxLength");
                });
    }

    private static Post post(String text) {
        return Post.builder()
                .text(text)
                .createdAt(Datetime.of("2026-01-01T00:00:00Z"))
                .build();
    }

    @Test
    void legacyBlobs_areReadOnlyLenientlyAndPreserved() {
        String json = "{\"$type\":\"app.bsky.actor.profile\",\"avatar\":{\"cid\":\"" + CID
                + "\",\"mimeType\":\"image/png\"}}";

        Profile profile = Profile.CODEC.fromJson(json.getBytes(UTF_8), ReadOptions.LENIENT);

        assertThat(profile.avatar()).extracting(BlobRef::isLegacy).isEqualTo(true);
        assertThat(profile.toLexMap()).isEqualTo(map(json));
        assertRejected(Profile.CODEC, json, "$.avatar", "type");
    }

    @Test
    void blobConstraintsAreChecked() {
        String blob = "{\"$type\":\"app.bsky.actor.profile\",\"avatar\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID
                + "\"},\"mimeType\":\"%s\",\"size\":%d}}";

        Profile.CODEC.fromJson(blob.formatted("image/png", 1_000_000));
        assertRejected(Profile.CODEC, blob.formatted("image/gif", 1), "$.avatar", "accept");
        assertRejected(Profile.CODEC, blob.formatted("image/png", 1_000_001), "$.avatar", "maxSize");
    }

    @Test
    void readOptionsDetermineWhatIsRejected() {
        String loose = "{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + "x".repeat(301)
                + "\",\"createdAt\":\"2026-01-01T00:00:00.00Z\"}";
        String floating = "{" + POST + ",\"weight\":1.5}";
        String looseDatetime =
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"\",\"createdAt\":\"2026/01/01T12.00.00+0100\"}";

        assertRejected(Post.CODEC, loose, "$.text", "maxGraphemes");
        assertThatThrownBy(() -> Post.CODEC.fromJson(bytes(loose), ReadOptions.LENIENT))
                .isInstanceOf(LexValidationException.class);
        assertThat(Post.CODEC
                        .fromJson(bytes(loose), ReadOptions.STRICT.withValidate(false))
                        .text())
                .hasSize(301);

        assertThatThrownBy(() -> Post.CODEC.fromJson(floating)).isInstanceOf(LexDataException.class);
        assertThat(Post.CODEC.fromJson(bytes(floating), ReadOptions.LENIENT).toJson())
                .contains("\"weight\":1.5");

        assertRejected(Post.CODEC, looseDatetime, "$.createdAt", "format");
        assertThat(Post.CODEC
                        .fromJson(bytes(looseDatetime), ReadOptions.LENIENT)
                        .createdAt())
                .hasToString("2026/01/01T12.00.00+0100");
    }

    @Test
    void withoutValidation_requiredFieldsMayBeAbsent() {
        Post post = Post.CODEC.fromJson(
                bytes("{\"$type\":\"app.bsky.feed.post\"}"), ReadOptions.STRICT.withValidate(false));

        assertThat(post.toLexMap()).isEqualTo(map("{\"$type\":\"app.bsky.feed.post\"}"));
        assertThat(post).hasToString("Post{}");
        Post wrong = Post.CODEC.fromJson(
                bytes("{\"$type\":\"app.bsky.feed.post\",\"text\":5}"), ReadOptions.STRICT.withValidate(false));
        assertThat(wrong.text()).isNull();
        assertThat(wrong.unknownFields()).isEqualTo(Map.of("text", LexValue.of(5)));
    }

    @Test
    void secretsAreInJsonButNotInToString() {
        CreateSession.Input input = CreateSession.Input.builder()
                .identifier("alice.test")
                .password("hunter2")
                .authFactorToken("hunter3")
                .build();
        CreateSession.Output output = CreateSession.Output.CODEC.fromJson(
                "{\"accessJwt\":\"hunter4\",\"refreshJwt\":\"hunter5\",\"handle\":\"alice.test\",\"did\":\"did:web:a.org\"}");
        CreateAppPassword.AppPassword appPassword = CreateAppPassword.AppPassword.builder()
                .name("laptop")
                .password("hunter6")
                .createdAt("2026-01-01T00:00:00Z")
                .build();

        assertThat(input + " " + output + " " + appPassword)
                .contains("alice.test", "did:web:a.org", "laptop")
                .doesNotContain("hunter");
        assertThat(input.toJson() + output.toJson() + appPassword.toJson())
                .contains("hunter2", "hunter3", "hunter4", "hunter5", "hunter6");
    }

    @Test
    void objectsWithEqualFieldsAreEqual() {
        Post.Builder builder = Post.builder().text("t").createdAt("2026-01-01T00:00:00Z");

        assertThat(builder.build()).isEqualTo(builder.build()).hasSameHashCodeAs(builder.build());
        assertThat(builder.build())
                .isNotEqualTo(builder.unknownField("x", new LexString("y")).build());
        assertThat(builder.build()).isNotEqualTo(builder.text("other").build());
        assertThat(post("t")).isNotEqualTo(null).isNotEqualTo("t");
    }

    @Test
    void builder_missingField_messageNamesIt() {
        assertThatThrownBy(() -> Post.builder().text("t").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app.bsky.feed.post: the required field \"createdAt\" is not set");
        assertThatThrownBy(() -> CreateSession.Input.builder().identifier("a").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("com.atproto.server.createSession input")
                .hasMessageContaining("\"password\"");
    }

    @Test
    void setter_invalidText_failsImmediately() {
        assertThatThrownBy(() -> Post.builder().createdAt("yesterday")).hasMessageContaining("yesterday");
    }

    @Test
    void closedUnionsRejectOtherTypes() {
        String json = "{\"repo\":\"did:web:a.org\",\"writes\":[{\"$type\":\"com.atproto.repo.applyWrites#%s\","
                + "\"collection\":\"app.bsky.feed.post\",\"rkey\":\"self\",\"value\":{}}]}";

        assertThat(ApplyWrites.Input.CODEC.fromJson(json.formatted("delete")).writes())
                .singleElement()
                .isInstanceOf(ApplyWrites.Input.WritesItem.Delete.class);
        assertThatThrownBy(() -> ApplyWrites.Input.CODEC.fromJson(json.formatted("upsert")))
                .isInstanceOfSatisfying(LexValidationException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.writes[0].$type");
                    assertThat(e.rule()).isEqualTo("union");
                });
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    private static LexMap map(String json) {
        return (LexMap) LexValue.parseJson(bytes(json), ReadOptions.STRICT);
    }

    private static void assertRejected(Codec<?> codec, String json, String path, String rule) {
        assertThatThrownBy(() -> codec.fromJson(json)).isInstanceOfSatisfying(LexValidationException.class, e -> {
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.rule()).isEqualTo(rule);
        });
        assertThatThrownBy(() -> codec.fromValue(LexValue.parseJson(bytes(json), ReadOptions.STRICT)))
                .isInstanceOfSatisfying(
                        LexValidationException.class, e -> assertThat(e.path()).isEqualTo(path));
    }
}
