package dev.atlex.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Like;
import app.bsky.feed.Post;
import com.atproto.label.SubscribeLabels;
import com.atproto.sync.GetRepo;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.client.Client;
import dev.atlex.data.LexMap;
import dev.atlex.examples.recipes.LiveMentionBot;
import dev.atlex.repo.Car;
import dev.atlex.repo.CarBlock;
import dev.atlex.repo.CarReader;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.AccountEvent;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Jetstream;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.TapClient;
import dev.atlex.streams.TapEvent;
import dev.atlex.streams.TapStream;
import dev.atlex.streams.TapWebhook;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalJetstream;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.LocalTap;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples for repositories and event streams, for {@link DocsTest}. Those that consume a public stream are only
 * compiled; the tests of streams run the same code on local servers.
 */
class StreamExamplesTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void readsARepository(LocalPds pds, TestAccount alice, @TempDir Path folder) throws IOException {
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password())) {
            Client client = new Client(session);
            client.create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
            Path file = folder.resolve("alice.car");
            Files.write(
                    file, client.call(GetRepo.QUERY, p -> p.did(alice.did())).toByteArray());

            Repository repository = Repository.of(Car.parse(Files.readAllBytes(file)));
            for (RepoRecord record : repository.records("app.bsky.feed.post/")) {
                System.out.println(record.rkey() + " " + record.value());
            }
            int blocks = 0;
            try (InputStream in = Files.newInputStream(file)) {
                try (CarReader car = CarReader.open(in)) {
                    while (car.hasNext()) {
                        CarBlock block = car.next();
                        assertThat(block.cid()).isNotNull();
                        blocks++;
                    }
                }
            }

            assertThat(repository.records("app.bsky.feed.post/")).hasSize(1);
            assertThat(blocks).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void breaksTheFirehose(LocalPds server) {
        LocalPds pds = server;
        pds.firehose().dropConnections();
        pds.firehose().halfOpen(true);
        pds.firehose().resetSequence();

        server.firehose().dropConnections();
        server.firehose().halfOpen(true);
        server.firehose().resetSequence();
        server.firehose().backfillLimit(10);

        assertThat(server.firehose().connections()).isZero();
    }

    @Test
    void readsARecordFromALocalJetstream() {
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"));
                LocalJetstream jetstream = LocalJetstream.start(pds)) {
            try (PasswordSession session = PasswordSession.login(pds.url().toString(), "alice.test", "password");
                    RepoStream stream = Jetstream.connect(
                            j -> j.service(jetstream.url().toString()).startAt(0))) {
                new Client(session).create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
                jetstream.behavior().dropConnections();

                assertThat(stream.iterator().next().did()).isNotNull();
            }
        }
    }

    @Test
    void acknowledgesTheEventsOfATap() throws InterruptedException {
        Did did = Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
        Nsid collection = Nsid.of("app.bsky.feed.post");
        RecordKey recordKey = RecordKey.of("3kb3fge5lm32x");
        LexMap record = LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", "Hello")
                .put("createdAt", "2026-11-27T16:00:00Z")
                .build();
        List<TapStream> streams = new ArrayList<>();
        List<String> posts = new CopyOnWriteArrayList<>();
        try (LocalTap tap = LocalTap.start()) {
            tap.create(did, collection, recordKey, record);
            TapStream connected =
                    TapClient.of(t -> t.service(tap.url().toString())).connect();
            streams.add(connected);
            connected.consume(Lanes.of(2), connected.records(Post.RECORD, (event, post) -> posts.add(post.text())));
            tap.awaitAcknowledged(Duration.ofSeconds(10));
            tap.behavior().loseAcknowledgments(true);
        }
        streams.forEach(TapStream::close);
        assertThat(posts).containsExactly("Hello");
    }

    @Test
    void handlesTheRequestsOfATap() throws IOException, InterruptedException {
        String password = "password";
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<TapEvent> events = new CopyOnWriteArrayList<>();
        TapWebhook webhook = TapWebhook.of(t -> t.adminPassword(password), event -> events.add(event));
        server.createContext("/tap", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = webhook.handle(body, exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/tap");
            HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString("""
                    {"id": 1, "type": "identity", "identity": {"did": "did:plc:alice", "handle": "alice.test",
                     "is_active": true, "status": "active"}}
                    """));
            HttpClient http = HttpClient.newHttpClient();
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
            request.header(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:password".getBytes(UTF_8)));
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(events).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void breaksALocalJetstream(LocalPds server) {
        try (LocalJetstream jetstream = LocalJetstream.start(server)) {
            jetstream.behavior().backfillLimit(10);
            jetstream.behavior().version2(false);

            jetstream.account(Did.of("did:plc:alice"), null);
            try (RepoStream stream =
                    Jetstream.connect(j -> j.service(jetstream.url().toString()).startAt(0))) {
                assertThat(stream.iterator().next()).isInstanceOf(AccountEvent.class);
            }
            assertThat(jetstream.requests()).last().asString().startsWith("/subscribe");
        }
    }

    private static void index(AtUri uri, Post post) {
        System.out.println(uri + " " + post.text());
    }

    static void followsATap(String password, Did did) {
        TapClient tap = TapClient.of(t -> t.service("http://localhost:2480").adminPassword(password));
        tap.addRepos(did);
        try (TapStream stream = tap.connect()) {
            stream.forEach(Post.RECORD, (event, post) -> index(event.uri(), post));
        }
    }

    static void followsTheFirehose(Path folder) {
        try (var stream = Firehose.connect(f -> f.collections(Post.RECORD).cursor(CursorStore.file(folder)))) {
            stream.forEach(Post.RECORD, (operation, post) -> index(operation.uri(), post));
        }
    }

    static void followsTheFirehoseByType(Path folder) {
        try (RepoStream stream =
                Firehose.connect(f -> f.collections(Post.RECORD).cursor(CursorStore.file(folder)))) {
            stream.forEach(Post.RECORD, (operation, post) -> index(operation.uri(), post));
        }
    }

    static void followsAJetstream(Path folder) {
        try (var stream =
                Jetstream.connect(j -> j.collections(Post.RECORD, Like.RECORD).cursor(CursorStore.file(folder)))) {
            stream.forEach(Post.RECORD, (event, post) -> index(event.uri(), post));
        }
    }

    static void followsLabels() {
        try (var stream = EventStream.connect(SubscribeLabels.SUBSCRIPTION, o -> o.service("wss://mod.bsky.app"))) {
            stream.forEach(event -> System.out.println(event.message()));
        }
    }

    static RepoStream followsMentions(CursorStore cursors) {
        return Jetstream.connect(s -> s.collections(Post.RECORD)
                .consumer("mention-bot")
                .cursor(cursors)
                .onFailure(LiveMentionBot::onFailure));
    }
}
