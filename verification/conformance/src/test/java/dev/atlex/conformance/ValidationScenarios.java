package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.RecordKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios for invalid records, which all servers reject with the same status, error and message. */
abstract class ValidationScenarios extends Scenarios {
    private static final String CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String POST_URI = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a";
    private static final String INVALID_POST = "400 InvalidRequest: Invalid app.bsky.feed.post record: ";

    ValidationScenarios(Server server) {
        super(server);
    }

    /** Parses a record in which single quotes stand for double quotes. */
    private static LexMap record(String json) {
        return (LexMap) LexValue.parseJson(json.replace('\'', '"'));
    }

    /** Returns a post with additional fields, such as {@code 'langs':['en']}. */
    private static LexMap postWith(String fields) {
        return record("{'$type':'app.bsky.feed.post','text':'x','createdAt':'" + TIME + "'," + fields + "}");
    }

    private static LexMap postWithImage(String image) {
        return postWith("'embed':{'$type':'app.bsky.embed.images','images':[" + image + "]}");
    }

    /** Creates a record and returns the validation status or the rejection. */
    private static String create(Client client, LexMap record, String... key) {
        try {
            CreateRecord.Output output = client.createRecord(
                            record,
                            WriteOptions.of(options -> Arrays.stream(key).forEach(options::rkey)))
                    .body();
            return String.valueOf(output.validationStatus());
        } catch (XrpcResponseException e) {
            return rejection(e);
        }
    }

    private static String rejection(XrpcResponseException e) {
        return e.status() + " " + e.error() + ": " + e.serverMessage();
    }

    private record Case(LexMap record, String expected) {}

    private void assertEach(List<Case> cases) {
        Client client = signedIn();
        cases.forEach(each ->
                assertThat(create(client, each.record)).as(each.record.toJson()).isEqualTo(each.expected));
    }

    @Test
    void post_textLangsAndTagsAreLimited() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";
        LexMap post = post("x").toLexMap();
        assertEach(List.of(
                new Case(
                        post.toBuilder().put("text", "a".repeat(400)).build(),
                        INVALID_POST + "grapheme too big (maximum 300, got 400) at $.record.text"),
                new Case(post.toBuilder().put("text", family.repeat(120)).build(), "valid"),
                new Case(
                        post.toBuilder().put("text", family.repeat(121)).build(),
                        INVALID_POST + "string too big (maximum 3000, got 3025) at $.record.text"),
                new Case(
                        postWith("'langs':['a','b','c','d']"),
                        INVALID_POST + "array too big (maximum 3, got 4) at $.record.langs"),
                new Case(
                        postWith("'langs':['not a lang']"),
                        INVALID_POST + "Invalid language (got \"not a lang\") at $.record.langs[0]"),
                new Case(
                        postWith("'tags':['" + "a".repeat(65) + "']"),
                        INVALID_POST + "grapheme too big (maximum 64, got 65) at $.record.tags[0]"),
                new Case(
                        postWith("'tags':['','','','','','','','','']"),
                        INVALID_POST + "array too big (maximum 8, got 9) at $.record.tags")));
    }

    @Test
    void post_firstProblemInSchemaOrderIsReported() {
        assertEach(List.of(
                new Case(
                        record("{'$type':'app.bsky.feed.post','langs':['x y'],'createdAt':'x','text':5}"),
                        INVALID_POST + "Expected string value type (got 5) at $.record.text"),
                new Case(
                        record("{'$type':'app.bsky.feed.post','text':'x'}"),
                        INVALID_POST + "Missing required key \"createdAt\" at $.record"),
                new Case(
                        record("{'$type':'app.bsky.feed.post','text':'x','createdAt':'yesterday'}"),
                        INVALID_POST + "Invalid datetime (got \"yesterday\") at $.record.createdAt"),
                new Case(
                        record("{'$type':'app.bsky.feed.post','text':'x','createdAt':'2026-01-02T03:04:05'}"),
                        INVALID_POST + "Invalid datetime (got \"2026-01-02T03:04:05\") at $.record.createdAt"),
                new Case(
                        record("{'$type':'app.bsky.feed.post','text':null,'createdAt':'" + TIME + "'}"),
                        INVALID_POST + "Expected string value type (got null) at $.record.text"),
                new Case(postWith("'unknown':[1]"), "valid")));
    }

    @Test
    void facets_areCheckedButNotAgainstTheText() {
        String link = "'features':[{'$type':'app.bsky.richtext.facet#link','uri':'https://a.example'}]";
        String index = "'index':{'byteStart':0,'byteEnd':1}";
        assertEach(List.of(
                new Case(postWith("'facets':[{'index':{'byteStart':9,'byteEnd':3}," + link + "}]"), "valid"),
                new Case(
                        postWith("'facets':[{'index':{'byteStart':-1,'byteEnd':3}," + link + "}]"),
                        INVALID_POST + "integer too small (minimum 0, got -1) at $.record.facets[0].index.byteStart"),
                new Case(
                        postWith("'facets':[{" + link + "}]"),
                        INVALID_POST + "Missing required key \"index\" at $.record.facets[0]"),
                new Case(
                        postWith("'facets':[{" + index
                                + ",'features':[{'$type':'app.bsky.richtext.facet#mention','did':''}]}]"),
                        INVALID_POST + "Invalid DID (got \"\") at $.record.facets[0].features[0].did"),
                new Case(
                        postWith("'facets':[{" + index
                                + ",'features':[{'$type':'app.bsky.richtext.facet#link','uri':'no uri'}]}]"),
                        INVALID_POST + "Invalid uri (got \"no uri\") at $.record.facets[0].features[0].uri"),
                new Case(
                        postWith("'facets':[{" + index + ",'features':[{'uri':'https://a.example'}]}]"),
                        INVALID_POST + "Expected an object which includes the \"$type\" property value type"
                                + " (got {\"uri\": ...}) at $.record.facets[0].features[0]"),
                new Case(postWith("'facets':[{" + index + ",'features':[{'$type':'com.example.new'}]}]"), "valid")));
    }

    @Test
    void references_areChecked() {
        String ref = "{'uri':'" + POST_URI + "','cid':'" + CID + "'}";
        assertEach(List.of(
                new Case(postWith("'reply':{'root':" + ref + ",'parent':" + ref + "}"), "valid"),
                new Case(
                        postWith("'reply':{'parent':" + ref + "}"),
                        INVALID_POST + "Missing required key \"root\" at $.record.reply"),
                new Case(
                        postWith("'reply':{'root':{'uri':'" + POST_URI + "','cid':'x'},'parent':" + ref + "}"),
                        INVALID_POST + "Invalid CID string (got \"x\") at $.record.reply.root.cid"),
                new Case(
                        record("{'$type':'app.bsky.feed.like','createdAt':'" + TIME + "'}"),
                        "400 InvalidRequest: Invalid app.bsky.feed.like record:"
                                + " Missing required key \"subject\" at $.record"),
                new Case(
                        record("{'$type':'app.bsky.feed.like','createdAt':'" + TIME
                                + "','subject':{'$type':'com.example.ref','uri':'" + POST_URI + "','cid':'" + CID
                                + "'}}"),
                        "400 InvalidRequest: Invalid app.bsky.feed.like record: Expected"
                                + " \"com.atproto.repo.strongRef\" (got \"com.example.ref\") at $.record.subject.$type"),
                new Case(
                        record("{'$type':'app.bsky.graph.follow','subject':'alice','createdAt':'" + TIME + "'}"),
                        "400 InvalidRequest: Invalid app.bsky.graph.follow record:"
                                + " Invalid DID (got \"alice\") at $.record.subject")));
    }

    @Test
    void embeds_ofUnknownTypesAreAccepted() {
        assertEach(List.of(
                new Case(postWith("'embed':{'$type':'com.example.embed'}"), "valid"),
                new Case(
                        postWith("'embed':{'images':[]}"),
                        INVALID_POST + "Expected an object which includes the \"$type\" property value type"
                                + " (got {\"images\": ...}) at $.record.embed"),
                new Case(
                        postWithImage("{'alt':['a','b','c'],'image':1}"),
                        INVALID_POST + "Expected blob value type (got 1) at $.record.embed.images[0].image"),
                new Case(
                        postWithImage("{'alt':'','image':{'cid':'" + CID + "','mimeType':'image/png'}}"),
                        INVALID_POST + "Expected blob value type (got {\"cid\": ..., \"mimeType\": ...})"
                                + " at $.record.embed.images[0].image")));
    }

    @Test
    void blobs_tooLargeForRecord_areUploadedButRejected() {
        Client client = signedIn();
        byte[] jpeg = new byte[4_000_000];
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}, 0, jpeg, 0, 4);
        BlobRef photo = client.uploadBlob(RequestBody.of(jpeg), "image/jpeg");
        BlobRef text = client.uploadBlob(RequestBody.of(new byte[] {'h', 'i'}), "text/plain");

        assertThat(create(client, postWithImage(image(photo, photo.size()))))
                .isEqualTo(
                        INVALID_POST + "blob too big (maximum 2000000, got 4000000) at $.record.embed.images[0].image");
        assertThat(create(client, postWithImage(image(text, text.size()))))
                .isEqualTo(INVALID_POST + "Expected \"image/*\" (got \"text/plain\")"
                        + " at $.record.embed.images[0].image.mimeType");
        assertThat(create(client, postWithImage(image(photo, 1000))))
                .isEqualTo("400 InvalidSize: Referenced Size does not match stored blob. Expected: 4000000, Got: 1000");
        assertThat(create(client, postWithImage(image(photo, 1000).replace("'alt':'',", ""))))
                .isEqualTo(INVALID_POST + "Missing required key \"alt\" at $.record.embed.images[0]");
    }

    private static String image(BlobRef blob, long size) {
        return "{'alt':'','image':{'$type':'blob','ref':{'$link':'" + blob.ref() + "'},'mimeType':'" + blob.mimeType()
                + "','size':" + size + "}}";
    }

    @Test
    void recordKeys_mustFitRecordType() {
        Client client = signedIn();
        LexMap profile = record("{'$type':'app.bsky.actor.profile','displayName':'Alice'}");
        LexMap generator = record("{'$type':'app.bsky.feed.generator','did':'did:web:feeds.example','displayName':'x',"
                + "'createdAt':'" + TIME + "'}");

        assertThat(create(client, post("x").toLexMap(), "self"))
                .isEqualTo("400 InvalidRequest: Invalid record key for app.bsky.feed.post:"
                        + " Invalid TID string (got \"self\") at $");
        assertThat(create(client, profile, "other"))
                .isEqualTo("400 InvalidRequest: Invalid record key for app.bsky.actor.profile:"
                        + " Expected \"self\" (got \"other\") at $");
        assertThat(create(client, profile, "self")).isEqualTo("valid");
        assertThat(create(client, generator, "any-thing")).isEqualTo("valid");
    }

    @Test
    void unknownTypes_areAccepted() {
        assertEach(List.of(
                new Case(record("{'$type':'app.bsky.feed.defs'}"), "unknown"),
                new Case(record("{'$type':'app.bsky.feed.getTimeline'}"), "unknown"),
                new Case(record("{'$type':'app.bsky.feed.doesNotExist'}"), "unknown")));
    }

    @Test
    void putAndApplyWrites_validateLikeCreate() {
        Client client = signedIn();
        LexMap tooLong = post("a".repeat(400)).toLexMap();
        String problem = "grapheme too big (maximum 300, got 400) at $.";

        assertThat(rejected(
                        () -> client.putRecord(tooLong, RecordKey.of("3jzfcijpj2z2a"), WriteOptions.of(options -> {}))))
                .isEqualTo(INVALID_POST + problem + "record.text");
        assertThat(rejected(() -> client.applyWrites(writes -> writes.create(Post.RECORD, post("fine"))
                        .add(ApplyWrites.Input.WritesItem.of(ApplyWrites.Create.builder()
                                .collection(Post.RECORD.collection())
                                .value(tooLong)
                                .build())))))
                .isEqualTo(INVALID_POST + problem + "writes[1].record.text");
    }

    private static String rejected(Runnable call) {
        try {
            call.run();
            return "accepted";
        } catch (XrpcResponseException e) {
            return rejection(e);
        }
    }
}
