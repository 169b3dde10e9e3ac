package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.RecordedRequest;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallMethodTest {
    @TempDir
    Path temp;

    private LocalPds pds;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        alice = pds.createAccount("alice.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
        cli.login(pds, "alice.test");
        pds.clearRequests();
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private RecordedRequest only() {
        assertThat(pds.requests()).hasSize(1);
        return pds.requests().get(0);
    }

    private String post(String text) {
        return "{\"repo\":\"" + alice.did()
                + "\",\"collection\":\"app.bsky.feed.post\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\""
                + text + "\",\"createdAt\":\"2026-01-01T00:00:00.000Z\"}}";
    }

    @Test
    void call_printsTheResponseUnchanged() throws Exception {
        String url = pds.url() + "/xrpc/com.atproto.repo.describeRepo?repo=alice.test";
        byte[] sent = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        pds.clearRequests();
        Cli.Result result = cli.run("call", "com.atproto.repo.describeRepo", "repo=alice.test")
                .succeeds();
        assertThat(result.out()).isEqualTo(new String(sent, java.nio.charset.StandardCharsets.UTF_8) + "\n");
        assertThat(only().hadAuthorization()).isTrue();
    }

    @Test
    void parameters_areTypedAndEncoded() {
        // The server rejects this cursor; only the request matters.
        cli.run(
                "call",
                "app.bsky.feed.getAuthorFeed",
                "actor=alice.test",
                "limit=5",
                "includePins=true",
                "cursor=a=b&c d");
        assertThat(only().query()).isEqualTo("actor=alice.test&limit=5&includePins=true&cursor=a%3Db%26c+d");
    }

    @Test
    void parameters_arrayElements_areSeparateParameters() {
        cli.run("call", "app.bsky.actor.getProfiles", "actors=alice.test", "actors=" + alice.did())
                .succeeds();
        assertThat(only().query())
                .isEqualTo("actors=alice.test&actors=" + alice.did().toString().replace(":", "%3A"));
    }

    @Test
    void parameters_invalid_sendNothing() {
        String feed = "app.bsky.feed.getAuthorFeed";
        assertThat(cli.run("call", feed).fails(2, "InvalidInput").err()).contains("needs the parameter \"actor\"");
        assertThat(cli.run("call", feed, "actor=alice.test", "limt=5")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("limt", "actor, limit");
        assertThat(cli.run("call", feed, "actor=alice.test", "limit=many")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("\"limit\": expected an integer");
        assertThat(cli.run("call", feed, "actor=alice.test", "limit=99999999999999999")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("\"limit\": expected an integer");
        assertThat(cli.run("call", feed, "actor=alice.test", "limit=101")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("limit", "at most 100");
        assertThat(cli.run("call", feed, "actor=alice.test", "includePins=yes")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("\"includePins\": expected true or false");
        assertThat(cli.run("call", feed, "actor=al_ice")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("actor", "a valid AT identifier", "al_ice");
        assertThat(cli.run("call", feed, "actor=alice.test", "actor=bob.test")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("expected one value, got 2");
        String[] many = new String[28];
        java.util.Arrays.fill(many, "actors=alice.test");
        many[0] = "call";
        many[1] = "app.bsky.actor.getProfiles";
        assertThat(cli.run(many).fails(2, "InvalidInput").err()).contains("actors", "at most 25");
        cli.run("call", feed, "alice.test").fails(2, "Usage");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void call_notAMethod_fails() {
        assertThat(cli.run("call", "app.bsky.feed.getNothing")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("unknown method app.bsky.feed.getNothing", "--lexicons", "--unchecked");
        assertThat(cli.run("call", "app.bsky.feed.post")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("is not a method");
        assertThat(cli.run("call", "app.bsky.feed.defs")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("is not a method");
        assertThat(cli.run("call", "com.atproto.sync.subscribeRepos")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("is a subscription");
        cli.run("call", "../../META-INF/MANIFEST").fails(2, "InvalidInput");
        cli.run("call").fails(2, "Usage");
    }

    @Test
    void input_comesFromAFileOrStdin() throws Exception {
        Path file = Files.writeString(temp.resolve("post.json"), post("from a file"));
        LexMap created = cli.run("call", "com.atproto.repo.createRecord", "--input", file.toString())
                .succeeds()
                .json();
        cli.runWith(post("from stdin"), "call", "com.atproto.repo.createRecord", "--input", "-")
                .succeeds();
        assertThat(pds.records(alice.did(), "app.bsky.feed.post").values())
                .extracting(record -> record.getString("text"))
                .containsExactly("from a file", "from stdin");
        assertThat(created.getString("uri")).startsWith("at://" + alice.did());
        assertThat(pds.requests("com.atproto.repo.createRecord"))
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("content-type", "application/json"));
    }

    @Test
    void input_invalid_sendsNothing() {
        String create = "com.atproto.repo.createRecord";
        cli.run("call", create).fails(2, "InvalidInput");
        cli.runWith("{\"a\":", "call", create, "--input", "-").fails(2, "InvalidInput");
        assertThat(cli.runWith("{\"a\":[1.5]}", "call", create, "--input", "-")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("$.a[0]");
        cli.run("call", create, "--input", temp.resolve("absent").toString()).fails(2, "Storage");
        cli.runWith("{}", "call", create, "--input", "-", "--encoding", "image/png")
                .fails(2, "InvalidInput");
        cli.runWith("{}", "call", "com.atproto.server.describeServer", "--input", "-")
                .fails(2, "InvalidInput");
        cli.runWith("{}", "call", "com.atproto.server.activateAccount", "--input", "-")
                .fails(2, "InvalidInput");
        assertThat(cli.runWith("{}", "call", create, "repo=alice.test", "--input", "-")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("--input");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void procedureWithoutInputOrOutputPrintsNothing() {
        assertThat(cli.run("call", "com.atproto.server.activateAccount")
                        .succeeds()
                        .stdout())
                .isEmpty();
        assertThat(only().method()).isEqualTo("POST");
        assertThat(only().headers()).doesNotContainKey("content-type");
    }

    @Test
    void blobsAreSentAndPrintedUnchanged() throws Exception {
        byte[] image = new byte[100_000];
        new Random(1).nextBytes(image);
        Path file = Files.write(temp.resolve("image.png"), image);
        LexMap uploaded = cli.run(
                        "call", "com.atproto.repo.uploadBlob", "--input", file.toString(), "--encoding", "image/png")
                .succeeds()
                .json();
        assertThat(only().headers()).containsEntry("content-type", "image/png");
        String cid = LexMap.copyOf((LexMap) uploaded.get("blob")).get("ref").toString();
        byte[] body = post("with a picture")
                .replace(
                        "\"text\"",
                        "\"embed\":{\"$type\":\"app.bsky.embed.images\",\"images\":[{\"alt\":\"\",\"image\":"
                                + ((LexMap) uploaded.get("blob")).toJson() + "}]},\"text\"")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        cli.runWith(body, "call", "com.atproto.repo.createRecord", "--input", "-")
                .succeeds();
        assertThat(cli.run("call", "com.atproto.sync.getBlob", "did=" + alice.did(), "cid=" + cid)
                        .succeeds()
                        .stdout())
                .isEqualTo(image);
        cli.runWith(image, "call", "com.atproto.repo.uploadBlob", "--input", "-")
                .succeeds();
    }

    @Test
    void serverErrorsKeepTheirName() {
        assertThat(cli.run("call", "com.atproto.repo.describeRepo", "repo=nobody.test")
                        .fails(1, "RepoNotFound")
                        .err())
                .contains("com.atproto.repo.describeRepo", "400");
        pds.faults().next(Fault.status(429));
        cli.run("call", "com.atproto.server.describeServer").fails(1, "RateLimitExceeded");
        pds.faults().next(Fault.redirect(URI.create("ftp://127.0.0.1:1/")));
        assertThat(cli.run("call", "com.atproto.server.describeServer")
                        .fails(1, "InvalidResponse")
                        .err())
                .contains("a redirect to \"ftp://127.0.0.1:1/\"");
        pds.faults().next(Fault.html(403));
        assertThat(cli.run("call", "com.atproto.repo.describeRepo", "repo=alice.test")
                        .fails(1, "Forbidden")
                        .err())
                .contains("403 Forbidden: ")
                .doesNotContain("<");
    }

    @Test
    void query_redirected_followsWithoutTheToken() {
        String describe = "com.atproto.server.describeServer";
        try (LocalPds other = LocalPds.start()) {
            pds.faults().next(describe, Fault.redirect(other.url().resolve("/xrpc/" + describe)));
            cli.run("call", describe).succeeds();
            assertThat(other.requests()).hasSize(1).noneMatch(RecordedRequest::hadAuthorization);
        }
    }

    @Test
    void encoding_isDetectedOrGiven() throws Exception {
        String upload = "com.atproto.repo.uploadBlob";
        Path svg = Files.writeString(temp.resolve("a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        Path text = Files.writeString(temp.resolve("b.txt"), "plain");
        cli.run("call", upload, "--input", svg.toString()).succeeds();
        cli.run("call", upload, "--input", text.toString()).succeeds();
        cli.runWith("GIF89a", "call", upload, "--input", "-").succeeds();
        assertThat(pds.requests().stream().map(request -> request.headers().get("content-type")))
                .containsExactly("image/svg+xml", "text/plain; charset=utf-8", "image/gif");
        pds.clearRequests();
        for (String wrong : new String[] {"image/*", "*/*", "image", "a b/c"}) {
            assertThat(cli.run("call", upload, "--input", svg.toString(), "--encoding", wrong)
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("encoding \"" + wrong + "\"");
        }
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void invalidResponseIsNotPrinted() {
        String describe = "com.atproto.server.describeServer";
        pds.faults().next(describe, Fault.garbageJson());
        assertThat(cli.run("call", describe).fails(1, "InvalidResponse").stdout())
                .isEmpty();
        pds.faults().next(describe, Fault.emptyBody());
        cli.run("call", describe).fails(1, "InvalidResponse");
        pds.faults().next(describe, Fault.wrongContentType("text/html"));
        cli.run("call", describe).fails(1, "InvalidResponse");
        pds.faults().next(describe, Fault.truncatedBody());
        cli.run("call", describe).fails(4, "Network");
        pds.faults().next(describe, Fault.hugeBody((64 << 20) + 1));
        cli.run("call", describe).fails(1, "ResponseTooLarge");
    }

    @Test
    void timeout_limitsTheCall() {
        pds.faults().next(Fault.delay(Duration.ofSeconds(30)));
        cli.run("call", "com.atproto.server.describeServer", "--timeout", "1").fails(4, "Timeout");
        cli.run("call", "com.atproto.server.describeServer", "--timeout", "0").fails(2, "Usage");
    }

    @Test
    void proxy_setsTheHeader() {
        cli.run("call", "com.atproto.server.describeServer", "--proxy", "did:web:api.test#some_service");
        assertThat(only().headers()).containsEntry("atproto-proxy", "did:web:api.test#some_service");
        cli.run("call", "com.atproto.server.describeServer", "--proxy", "api.test")
                .fails(2, "InvalidInput");
    }

    @Test
    void service_isCalledWithoutSession() {
        String service = pds.url().toString();
        cli.run("call", "com.atproto.server.describeServer", "--service", service)
                .succeeds();
        assertThat(only().hadAuthorization()).isFalse();
        cli.run("call", "app.bsky.feed.getTimeline", "--service", service).fails(1, "AuthMissing");
        cli.run("call", "com.atproto.server.describeServer", "--service", service, "--account", "alice.test")
                .fails(2, "Usage");
        cli.run("call", "com.atproto.server.describeServer", "--service", "pds.test")
                .fails(2, "InvalidInput");
        new Cli(temp.resolve("empty"))
                .run("call", "com.atproto.server.describeServer")
                .fails(3, "NotSignedIn");
    }

    @Test
    void verbose_printsTheQueryWithoutSecrets() {
        Cli.Result result = cli.run("call", "com.atproto.repo.describeRepo", "repo=alice.test", "--verbose");
        assertThat(result.err())
                .startsWith("GET " + pds.url() + "/xrpc/com.atproto.repo.describeRepo?repo=alice.test -> 200 (")
                .contains("Authorization: ***")
                .hasLineCount(1);
        assertThat(LexValue.parseJson(result.stdout(), ReadOptions.STRICT)).isInstanceOf(LexMap.class);
    }

    private void document(String nsid, String main) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("lexicons"));
        Files.writeString(
                folder.resolve(nsid + ".json"),
                "{\"lexicon\":1,\"id\":\"" + nsid + "\",\"defs\":{\"main\":" + main + "}}");
    }

    private Cli.Result own(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--lexicons", temp.resolve("lexicons").toString()));
        return cli.run(all.toArray(new String[0]));
    }

    @Test
    void responseThatFailsValidationIsNotPrinted() throws Exception {
        String describe = "com.atproto.server.describeServer";
        document(
                describe,
                "{\"type\":\"query\",\"output\":{\"encoding\":\"application/json\",\"schema\":{\"type\":\"object\","
                        + "\"required\":[\"other\"],\"properties\":{\"other\":{\"type\":\"string\"}}}}}");
        Cli.Result result = own("call", describe).fails(1, "InvalidResponse");
        assertThat(result.err()).contains("$.other");
        assertThat(result.stdout()).isEmpty();
        cli.run("call", describe).succeeds();
    }

    @Test
    void lexicons_addMethods() throws Exception {
        document(
                "com.example.search",
                "{\"type\":\"query\",\"parameters\":{\"type\":\"params\",\"properties\":{\"n\":{\"type\":\"integer\"}}},"
                        + "\"output\":{\"encoding\":\"application/json\",\"schema\":{\"type\":\"ref\","
                        + "\"ref\":\"com.atproto.repo.strongRef\"}}}");
        cli.run("call", "com.example.search").fails(2, "InvalidInput");
        own("call", "com.example.search", "n=x").fails(2, "InvalidInput");
        assertThat(pds.requests()).isEmpty();
        own("call", "com.example.search", "n=1").fails(1, "MethodNotImplemented");
        assertThat(only().query()).isEqualTo("n=1");
        own("call", "com.atproto.server.describeServer").succeeds();
    }

    @Test
    void lexicons_invalid_fail() throws Exception {
        document(
                "com.example.lost",
                "{\"type\":\"query\",\"output\":{\"encoding\":\"application/json\",\"schema\":{\"type\":\"ref\","
                        + "\"ref\":\"com.nowhere.thing\"}}}");
        assertThat(own("call", "com.example.lost").fails(2, "InvalidInput").err())
                .contains("com.nowhere.thing");
        document("com.example.wrong", "{}");
        assertThat(own("call", "com.atproto.server.describeServer")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("com.example.wrong.json");
        cli.run(
                        "call",
                        "com.atproto.server.describeServer",
                        "--lexicons",
                        temp.resolve("absent").toString())
                .fails(2, "Storage");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void unchecked_needsNoDocument() {
        cli.run("call", "com.example.search", "--unchecked", "q=a b", "tag=1", "tag=2")
                .fails(1, "MethodNotImplemented");
        assertThat(only().method()).isEqualTo("GET");
        assertThat(only().query()).isEqualTo("q=a+b&tag=1&tag=2");
        pds.clearRequests();
        cli.run("call", "com.example.start", "--unchecked", "--procedure").fails(1, "MethodNotImplemented");
        assertThat(only().method()).isEqualTo("POST");
        assertThat(only().bodySize()).isZero();
        pds.clearRequests();
        String created = cli.runWith(
                        post("unchecked"), "call", "com.atproto.repo.createRecord", "--unchecked", "--input", "-")
                .succeeds()
                .json()
                .getString("uri");
        assertThat(created).startsWith("at://" + alice.did());
        assertThat(only().headers()).containsEntry("content-type", "application/json");
        pds.clearRequests();
        cli.runWith(
                        new byte[] {1, 2, 3},
                        "call",
                        "com.atproto.repo.uploadBlob",
                        "--unchecked",
                        "--input",
                        "-",
                        "--encoding",
                        "image/png")
                .succeeds();
        assertThat(only().headers()).containsEntry("content-type", "image/png");
        assertThat(only().bodySize()).isEqualTo(3);
        cli.run("call", "com.atproto.server.activateAccount", "--unchecked", "--procedure")
                .succeeds();
    }

    @Test
    void unchecked_invalidJson_fails() {
        String describe = "com.atproto.server.describeServer";
        assertThat(cli.run("call", describe, "--unchecked").succeeds().json().getString("did"))
                .isNotNull();
        pds.faults().next(describe, Fault.garbageJson());
        cli.run("call", describe, "--unchecked").fails(1, "InvalidResponse");
    }

    @Test
    void unchecked_rejectsOptionsOfDocuments() {
        String create = "com.atproto.repo.createRecord";
        cli.run("call", create, "--procedure").fails(2, "Usage");
        cli.run("call", create, "--unchecked", "--lexicons", temp.toString()).fails(2, "Usage");
        cli.run("call", create, "--unchecked", "--encoding", "image/png").fails(2, "Usage");
        cli.runWith("{", "call", create, "--unchecked", "--input", "-").fails(2, "InvalidInput");
        cli.run("call", "nonsense", "--unchecked").fails(2, "InvalidInput");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void floatsInResponsesAreAccepted() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"n\":1.5}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            String nsid = "com.example.floats";
            for (String[] args : new String[][] {
                {"call", nsid, "--unchecked", "--service", url},
                {"call", nsid, "--unchecked", "--lenient", "--service", url}
            }) {
                assertThat(cli.run(args).succeeds().out()).isEqualTo("{\"n\":1.5}\n");
            }
        } finally {
            server.stop(0);
        }
    }
}
