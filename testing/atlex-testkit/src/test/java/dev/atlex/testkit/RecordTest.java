package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordTest {
    private static final String THING = "com.example.thing";
    private static final String POST =
            "{'$type':'app.bsky.feed.post','text':'x','createdAt':'2024-01-01T00:00:00.000Z'}";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create(o -> o.recordValidator((collection, key, record) -> {
        if (collection.equals("app.bsky.feed.post") && record.getString("text") == null) {
            throw new LexValidationException("$.record.text", "type", "string", "integer");
        }
        return collection.startsWith("app.bsky.");
    }));

    private Http http;
    private TestAccount alice;
    private TestAccount bob;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice, TestAccount bob) {
        http = new Http(pds);
        this.alice = alice;
        this.bob = bob;
        token = http.login(alice).string("accessJwt");
    }

    private Http.Reply create(String collection, String record, String more) {
        return http.post(
                "com.atproto.repo.createRecord",
                token,
                "{'repo':'" + alice.did() + "','collection':'" + collection + "'," + more + "'record':" + record + "}");
    }

    private Http.Reply put(String key, String record, String more) {
        return http.post(
                "com.atproto.repo.putRecord",
                token,
                "{'repo':'" + alice.did() + "','collection':'" + THING + "','rkey':'" + key + "'," + more + "'record':"
                        + record + "}");
    }

    private Http.Reply delete(String key, String more) {
        return http.post(
                "com.atproto.repo.deleteRecord",
                token,
                "{'repo':'" + alice.did() + "'," + more + "'collection':'" + THING + "','rkey':'" + key + "'}");
    }

    private Http.Reply get(String key) {
        return http.get(
                "com.atproto.repo.getRecord?repo=" + alice.did() + "&collection=" + THING + "&rkey=" + key, null);
    }

    private Http.Reply list(String more) {
        return http.get("com.atproto.repo.listRecords?repo=" + alice.did() + "&collection=" + THING + more, null);
    }

    private Http.Reply applyWrites(String... writes) {
        return http.post(
                "com.atproto.repo.applyWrites",
                token,
                "{'repo':'" + alice.did() + "','writes':["
                        + String.join(",", writes).replace("#", "com.atproto.repo.applyWrites#") + "]}");
    }

    private static List<String> keys(Http.Reply list) {
        List<String> keys = new ArrayList<>();
        LexArray records = list.ok().json().getArray("records");
        records.forEach(record -> {
            String uri = ((LexMap) record).getString("uri");
            keys.add(uri.substring(uri.lastIndexOf('/') + 1));
        });
        return keys;
    }

    @Test
    void createRecord_returnsSameCidAsReferenceServer() {
        LexMap made = create("app.bsky.feed.post", POST, "").ok().json();

        assertThat(made.keySet()).containsExactly("uri", "cid", "commit", "validationStatus");
        assertThat(made.getString("cid")).isEqualTo("bafyreibbim2nmhuk42wgtuirwzpodvjzoahx5kjh73rivqlcefn2e6wdkq");
        assertThat(made.getString("uri")).matches("at://" + alice.did() + "/app\\.bsky\\.feed\\.post/3[2-7a-z]{12}");
        assertThat(made.getString("validationStatus")).isEqualTo("valid");
    }

    @Test
    void createRecord_addsTypeAndSortsKeys() {
        create(THING, "{'zz':1,'b':2}", "'rkey':'k',").ok();
        assertThat(get("k").text()).contains("\"value\":{\"b\":2,\"zz\":1,\"$type\":\"com.example.thing\"}");
        assertThat(create(THING, POST, "").error())
                .isEqualTo("400 InvalidRequest: Invalid $type: expected com.example.thing, got app.bsky.feed.post");
        assertThat(create(THING, "{'$type':1}", "").error())
                .isEqualTo("400 InvalidRequest: Invalid $type: expected com.example.thing, got 1");
    }

    @Test
    void validation_followsValidatorAndRequest() {
        String invalid = "{'$type':'app.bsky.feed.post','text':1}";
        assertThat(create("app.bsky.feed.post", invalid, "").error())
                .startsWith("400 InvalidRequest: Invalid app.bsky.feed.post record: ")
                .contains("$.record.text");
        assertThat(create("app.bsky.feed.post", invalid, "'validate':false,")
                        .ok()
                        .json()
                        .keySet())
                .containsExactly("uri", "cid", "commit");
        assertThat(create(THING, "{}", "").string("validationStatus")).isEqualTo("unknown");
        assertThat(create(THING, "{}", "'validate':true,").error())
                .isEqualTo("400 InvalidRequest: Unknown lexicon type: com.example.thing");
    }

    @Test
    void createRecord_dataModelViolationIsRejected() {
        assertThat(create(THING, "{'a':[{'b':1.5}]}", "").error())
                .isEqualTo("400 InvalidRequest: Expected one of null, boolean, integer, string, cid, bytes, array or"
                        + " object value type (got 1.5) at $.record.a[0].b");
        assertThat(create(THING, "{'a':1.0}", "").status()).isEqualTo(200);
        assertThat(create(THING, "'x'", "").error())
                .isEqualTo("400 InvalidRequest: Expected object value type (got \"x\") at $.record");
        assertThat(create(THING, "{}", "'rkey':'a b',").error())
                .isEqualTo("400 InvalidRequest: Invalid record key (got \"a b\") at $.rkey");
        assertThat(create("foo", "{}", "").error())
                .isEqualTo("400 InvalidRequest: Invalid NSID (got \"foo\") at $.collection");
        assertThat(create(
                                THING,
                                "{'b':{'cid':'" + "bafkreif2pall7dybz7vecqka3zo24irdwabwdi4wc55jznaq75q7eaavvu"
                                        + "','mimeType':'a/b'}}",
                                "")
                        .error())
                .startsWith("400 InvalidRequest: Legacy blobs are not allowed (bafkrei");
    }

    @Test
    void writes_needActiveOwner(LocalPds pds) {
        String other = "{'repo':'" + bob.did() + "','collection':'" + THING + "','record':{}}";
        assertThat(http.post("com.atproto.repo.createRecord", token, other).error())
                .isEqualTo("401 AuthenticationRequired: Authentication Required");
        assertThat(http.post(
                                "com.atproto.repo.createRecord",
                                token,
                                "{'repo':'nobody.test','collection':'" + THING + "','record':{}}")
                        .error())
                .isEqualTo("403 AccountNotFound: Account not found");
        assertThat(http.post("com.atproto.repo.createRecord", null, "{nope").error())
                .isEqualTo("401 AuthMissing: Authentication Required");
        pds.deactivate(alice.did());
        assertThat(create(THING, "{}", "").error()).isEqualTo("401 AccountDeactivated: Account is deactivated");
        pds.takedown(alice.did());
        assertThat(create(THING, "{}", "").error()).isEqualTo("401 AccountTakedown: Account has been taken down");
        assertThat(list("").error()).isEqualTo("400 InvalidRequest: Could not find repo: " + alice.did());
    }

    @Test
    void createRecord_existingKeyIsRejected() {
        create(THING, "{'a':1}", "'rkey':'k',").ok();
        assertThat(create(THING, "{'a':2}", "'rkey':'k',").error())
                .isEqualTo("500 InternalServerError: Internal Server Error");
        assertThat(get("k").text()).contains("\"a\":1");
    }

    @Test
    void putRecord_sameContentWritesNothing() {
        String cid = put("k", "{'v':1}", "").string("cid");
        assertThat(put("k", "{'v':1}", "").json().keySet()).containsExactly("uri", "cid", "validationStatus");
        assertThat(put("k", "{'v':2}", "").json().keySet()).containsExactly("uri", "cid", "commit", "validationStatus");
        assertThat(get("k&cid=" + cid).error())
                .isEqualTo("400 RecordNotFound: Could not locate record: at://" + alice.did() + "/com.example.thing/k");
    }

    @Test
    void swapRecord_mismatchIsRejected() {
        String first = put("k", "{'v':1}", "").string("cid");
        String second =
                put("k", "{'v':2}", "'swapRecord':'" + first + "',").ok().string("cid");
        String at = "400 InvalidSwap: Record was at " + second;

        assertThat(put("k", "{'v':3}", "'swapRecord':'" + first + "',").error()).isEqualTo(at);
        assertThat(put("k", "{'v':3}", "'swapRecord':null,").error()).isEqualTo(at);
        assertThat(delete("k", "'swapRecord':'" + first + "',").error()).isEqualTo(at);
        assertThat(put("new", "{}", "'swapRecord':'" + first + "',").error())
                .isEqualTo("400 InvalidSwap: Record was at null");
        assertThat(put("new", "{}", "'swapRecord':null,").status()).isEqualTo(200);
    }

    @Test
    void swapCommit_comparesLatestCommit() {
        LexMap commit = create(THING, "{}", "").json().getMap("commit");
        LexMap next = create(THING, "{}", "'swapCommit':'" + commit.getString("cid") + "',")
                .ok()
                .json()
                .getMap("commit");

        assertThat(next.getString("rev")).isGreaterThan(commit.getString("rev"));
        assertThat(create(THING, "{}", "'swapCommit':'" + commit.getString("cid") + "',")
                        .error())
                .isEqualTo("400 InvalidSwap: Commit was at " + next.getString("cid"));
        assertThat(http.get("com.atproto.sync.getLatestCommit?did=" + alice.did(), null)
                        .json())
                .isEqualTo(next);
    }

    @Test
    void deleteRecord_missingRecordReturnsNoCommit() {
        put("k", "{}", "").ok();
        assertThat(delete("k", "").json().keySet()).containsExactly("commit");
        assertThat(delete("k", "").text()).isEqualTo("{}");
        assertThat(get("k").status()).isEqualTo(400);
    }

    @Test
    void listRecords_descendingOrReversed() {
        for (int i = 0; i < 5; i++) {
            create(THING, "{}", "'rkey':'k" + i + "',").ok();
        }
        Http.Reply page = list("&limit=2");
        assertThat(keys(page)).containsExactly("k4", "k3");
        assertThat(page.string("cursor")).isEqualTo("k3");
        assertThat(keys(list("&limit=2&cursor=k1"))).containsExactly("k0");
        assertThat(list("&limit=2&cursor=k0").text()).isEqualTo("{\"records\":[]}");
        assertThat(keys(list("&limit=2&reverse=true&cursor=k1"))).containsExactly("k2", "k3");
        String invalid = "400 InvalidRequest: Invalid com.atproto.repo.listRecords params: ";
        assertThat(list("&limit=101").error()).isEqualTo(invalid + "integer too big (maximum 100, got 101)");
        assertThat(list("&limit=0").error()).isEqualTo(invalid + "integer too small (minimum 1, got 0)");
        assertThat(list("&limit=x").error()).isEqualTo(invalid + "Expected integer value type (got \"x\")");
    }

    @Test
    void applyWrites_createsOneCommit() {
        put("old", "{'a':1}", "").ok();
        put("gone", "{}", "").ok();
        LexMap done = applyWrites(
                        "{'$type':'#create','collection':'com.example.thing','value':{'a':1}}",
                        "{'$type':'#update','collection':'com.example.thing','rkey':'old','value':{'a':2}}",
                        "{'$type':'#delete','collection':'com.example.thing','rkey':'gone'}")
                .ok()
                .json();

        assertThat(done.getArray("results").toString())
                .contains("#createResult", "#updateResult", "{$type=com.atproto.repo.applyWrites#deleteResult}");
        assertThat(get("old").text()).contains("\"a\":2");
        assertThat(get("gone").status()).isEqualTo(400);
        assertThat(http.get("com.atproto.sync.getLatestCommit?did=" + alice.did(), null)
                        .json())
                .isEqualTo(done.getMap("commit"));
    }

    @Test
    void applyWrites_failureWritesNothing() {
        String create = "{'$type':'#create','collection':'com.example.thing','rkey':'k','value':{}}";
        assertThat(applyWrites(create, "{'$type':'#delete','collection':'com.example.thing','rkey':'none'}")
                        .error())
                .isEqualTo("500 InternalServerError: Internal Server Error");
        assertThat(get("k").status()).isEqualTo(400);
        assertThat(applyWrites(create, create).status()).isEqualTo(500);
        assertThat(get("k").status()).isEqualTo(400);
        assertThat(applyWrites(create, "{'$type':'#delete','collection':'com.example.thing','rkey':'k'}")
                        .status())
                .isEqualTo(200);
        assertThat(get("k").status()).isEqualTo(400);
        assertThat(applyWrites("{'$type':'#foo','collection':'com.example.thing'}")
                        .error())
                .startsWith("400 InvalidRequest: Expected one of \"com.atproto.repo.applyWrites#create\", ")
                .endsWith("at $.writes[0].$type");
    }

    private Http.Reply upload(byte[] content, String type) {
        return http.send(http.request("/xrpc/com.atproto.repo.uploadBlob", token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(content)));
    }

    @Test
    void blob_isServedWhileReferenced() {
        String cid = "bafkreif2pall7dybz7vecqka3zo24irdwabwdi4wc55jznaq75q7eaavvu";
        String url = "com.atproto.sync.getBlob?did=" + alice.did() + "&cid=" + cid;
        String blob = "{'$type':'blob','ref':{'$link':'" + cid + "'},'mimeType':'%s','size':%d}";
        String record = "{'b':" + blob + "}";

        assertThat(put("k", record.formatted("text/plain", 3), "").error())
                .isEqualTo("400 BlobNotFound: Could not find blob: " + cid);
        Http.Reply uploaded = upload("abc".getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
        assertThat(uploaded.text())
                .isEqualTo("{\"blob\":" + blob.formatted("text/plain", 3).replace('\'', '"') + "}");
        assertThat(http.get(url, null).error()).isEqualTo("400 InvalidRequest: Blob not found");
        assertThat(put("k", record.formatted("text/plain", 4), "").error())
                .isEqualTo("400 InvalidSize: Referenced Size does not match stored blob. Expected: 3, Got: 4");
        assertThat(put("k", record.formatted("image/png", 3), "").error())
                .isEqualTo("400 InvalidMimeType: Referenced Mimetype does not match stored blob."
                        + " Expected: text/plain, Got: image/png");
        assertThat(get("k").status()).isEqualTo(400);

        put("k", record.formatted("text/plain", 3), "").ok();
        Http.Reply served = http.get(url, null).ok();
        assertThat(served.text()).isEqualTo("abc");
        assertThat(served.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(served.header("x-content-type-options")).isEqualTo("nosniff");
        put("k", "{}", "").ok();
        assertThat(http.get(url, null).error()).isEqualTo("400 InvalidRequest: Blob not found");
    }

    @Test
    void uploadBlob_detectsTypeAndEnforcesLimit() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};
        assertThat(upload(png, "text/plain").text()).contains("\"mimeType\":\"image/png\",\"size\":9");
        assertThat(upload(new byte[(5 << 20) + 1], "a/b").error())
                .isEqualTo("413 PayloadTooLarge: request entity too large");
        assertThat(upload(new byte[5 << 20], "a/b").status()).isEqualTo(200);
        assertThat(http.send(http.request("/xrpc/com.atproto.repo.uploadBlob", token)
                                .POST(BodyPublishers.ofString("x")))
                        .error())
                .isEqualTo("400 InvalidRequest: Request encoding (Content-Type) required but not provided");
    }

    @Test
    void secondLike_replacesTheFirst(LocalPds pds) {
        LexMap post = create("app.bsky.feed.post", POST, "").json();
        for (String day : List.of("01", "02")) {
            create(
                            "app.bsky.feed.like",
                            "{'subject':{'uri':'" + post.getString("uri") + "','cid':'" + post.getString("cid")
                                    + "'},'createdAt':'2024-01-" + day + "T00:00:00Z'}",
                            "")
                    .ok();
        }
        assertThat(pds.records(alice.did(), "app.bsky.feed.like").values())
                .singleElement()
                .satisfies(like -> assertThat(like.getString("createdAt")).startsWith("2024-01-02"));
    }

    @Test
    void describeRepo_listsCollections() {
        put("k", "{}", "").ok();
        create("app.bsky.feed.post", POST, "").ok();
        LexMap described = http.get("com.atproto.repo.describeRepo?repo=alice.test", null)
                .ok()
                .json();
        assertThat(described.keySet()).containsExactly("handle", "did", "didDoc", "collections", "handleIsCorrect");
        assertThat(described.getArray("collections")).hasToString("[app.bsky.feed.post, com.example.thing]");
        LexMap status = http.get("com.atproto.server.checkAccountStatus", token).json();
        assertThat(status.getInteger("indexedRecords")).isEqualTo(2);
        assertThat(status.getBoolean("activated")).isTrue();
    }
}
