package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalJetstream;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code stream repos|labels|jetstream}. */
@Timeout(60)
class StreamCommandTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final Nsid THING = Nsid.of("com.example.thing");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    private Cli cli() {
        return new Cli(temp.resolve("atlex"));
    }

    private static List<LexMap> events(String out) {
        return out.lines().map(line -> (LexMap) LexValue.parseJson(line)).toList();
    }

    private List<LexMap> stream(String... args) {
        return events(cli().run(args).succeeds().out());
    }

    private static LexMap operation(LexMap event) {
        LexArray operations = event.getArray("ops");
        assertThat(operations).hasSize(1);
        return (LexMap) operations.get(0);
    }

    private static void create(LocalJetstream jetstream, String key) {
        jetstream.create(
                ALICE,
                THING,
                RecordKey.of(key),
                LexMap.builder().put("text", key).build());
    }

    @Test
    void repos_printsTheEventsOfAPds() {
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", Cli.PASSWORD))) {
            Cli cli = cli();
            cli.login(pds, "alice.test");
            String uri = cli.run("post", "Hello").succeeds().json().getString("uri");

            String url = pds.url().toString();
            List<LexMap> events = stream("stream", "repos", "--service", url, "--cursor", "0", "--limit", "5");

            assertThat(events)
                    .extracting(event -> event.getString("kind"))
                    .containsExactly("identity", "account", "commit", "sync", "commit");
            assertThat(events).extracting(event -> event.getInteger("seq")).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(events.get(0).getString("handle")).isEqualTo("alice.test");
            assertThat(events.get(1).getBoolean("active")).isTrue();
            LexMap post = operation(events.get(4));
            assertThat(post.getString("action")).isEqualTo("create");
            assertThat(post.getString("uri")).isEqualTo(uri);
            assertThat(post.getString("cid")).startsWith("bafyrei");
            assertThat(post.getMap("record").getString("text")).isEqualTo("Hello");
            assertThat(events.get(4).getString("did")).isEqualTo(uri.split("/")[2]);
        }
    }

    @Test
    void jetstream_filtersAndPrintsDeletions() {
        try (LocalJetstream jetstream = LocalJetstream.start()) {
            create(jetstream, "a");
            jetstream.create(ALICE, Nsid.of("com.example.other"), RecordKey.of("b"), LexMap.of());
            jetstream.delete(ALICE, THING, RecordKey.of("a"));
            jetstream.account(ALICE, "deleted");
            jetstream.event("novelty", ALICE, LexMap.of());

            List<LexMap> events = stream(
                    "stream",
                    "jetstream",
                    "--service",
                    jetstream.url().toString(),
                    "--collection",
                    "com.example.thing",
                    "--cursor",
                    "0",
                    "--limit",
                    "4");

            assertThat(operation(events.get(0)).getMap("record").getString("text"))
                    .isEqualTo("a");
            assertThat(operation(events.get(1)).keySet()).containsExactlyInAnyOrder("action", "uri");
            assertThat(events.get(2).getString("status")).isEqualTo("deleted");
            assertThat(events.get(3).getString("kind")).isEqualTo("novelty");
            assertThat(events.get(3).getMap("value").getInteger("seq")).isEqualTo(5);
        }
    }

    /** Starts a command that ends after two events. */
    private CompletableFuture<Cli.Result> start(LocalJetstream jetstream, String cursor) {
        String url = jetstream.url().toString();
        return CompletableFuture.supplyAsync(
                () -> cli().run("stream", "jetstream", "--service", url, "--cursor", cursor, "--limit", "2"));
    }

    @Test
    void lostConnection_isAWarning() throws Exception {
        try (LocalJetstream jetstream = LocalJetstream.start()) {
            CompletableFuture<Cli.Result> running = start(jetstream, "0");
            jetstream.behavior().awaitConnections(1, TIMEOUT);
            create(jetstream, "a");
            jetstream.behavior().closeConnections(1001, "restarting").awaitConnections(0, TIMEOUT);
            create(jetstream, "b");

            Cli.Result result = running.get(30, TimeUnit.SECONDS);
            assertThat(result.status()).isZero();
            assertThat(events(result.out()))
                    .extracting(event -> event.getInteger("seq"))
                    .containsExactly(1L, 2L);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("warning: ")
                    .contains("1001 restarting", "reconnecting in");
        }
    }

    @Test
    void lostEventsAndBadFrames_areWarnings() throws Exception {
        try (LocalJetstream jetstream = LocalJetstream.start()) {
            jetstream.behavior().backfillLimit(1);
            create(jetstream, "a");
            create(jetstream, "b");
            create(jetstream, "c");
            CompletableFuture<Cli.Result> running = start(jetstream, "1");
            jetstream.behavior().awaitConnections(1, TIMEOUT).send("{").backfillLimit(10);
            jetstream.identity(ALICE, Handle.of("alice.test"));

            Cli.Result result = running.get(30, TimeUnit.SECONDS);
            assertThat(result.status()).isZero();
            assertThat(events(result.out()))
                    .extracting(event -> event.getInteger("seq"))
                    .containsExactly(3L, 4L);
            assertThat(result.err())
                    .contains("warning: events may be lost: StreamGap[TOO_OLD, lost from 2 to 2]")
                    .contains("warning: event skipped: decode frame: ");
        }
    }

    @Test
    void serverWithoutTheStream_isARefusal() {
        try (LocalPds pds = LocalPds.start()) {
            cli().run("stream", "labels", "--service", pds.url().toString()).fails(1, "AuthMissing");
        }
    }

    @Test
    void unreachableServer_isANetworkFailure() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        cli().run("stream", "repos", "--service", "http://127.0.0.1:" + port).fails(4, "Network");
    }

    @Test
    void invalidOptions_fail() {
        cli().run("stream").fails(2, "Usage");
        cli().run("stream", "posts").fails(2, "Usage");
        cli().run("stream", "repos", "--cursor", "-1").fails(2, "Usage");
        cli().run("stream", "repos", "--limit", "0").fails(2, "Usage");
        cli().run("stream", "labels", "--collection", "app.bsky.feed.post").fails(2, "Usage");
        cli().run("stream", "repos", "--collection", "posts").fails(2, "InvalidInput");
        cli().run("stream", "repos", "--service", "ftp://example.com").fails(2, "InvalidInput");
    }
}
