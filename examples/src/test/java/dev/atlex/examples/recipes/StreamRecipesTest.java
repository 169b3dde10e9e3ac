package dev.atlex.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.label.SubscribeLabels;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.postgres.PostgresServer;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.Consumer;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamMessage;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recipes for streams keep running while the server is away, and resume when they are started again. */
@Timeout(120)
class StreamRecipesTest {
    private static final String FIREHOSE = "com.atproto.sync.subscribeRepos";

    private final LocalPds pds = LocalPds.start();
    private final CursorStore cursors = CursorStore.memory();

    @AfterEach
    void stop() {
        pds.close();
    }

    private Bluesky signUp(String handle) {
        TestAccount account = pds.createAccount(handle, "password");
        return Bluesky.of(PasswordSession.login(pds.url().toString(), account.handle(), account.password()));
    }

    /** Cuts all connections and refuses new ones, like a server that is being restarted. */
    private void takeServerDown() throws InterruptedException {
        pds.faults().always(FIREHOSE, Fault.status(503));
        pds.firehose().dropConnections().awaitConnections(0, Duration.ofSeconds(60));
    }

    private void bringServerUp() throws InterruptedException {
        pds.faults().clear();
        pds.firehose().awaitConnections(1, Duration.ofSeconds(60));
    }

    @Test
    void mentionBot_repliesOnceToEachMentionAcrossRestarts() throws Exception {
        Bluesky alice = signUp("alice.test");
        Bluesky bob = signUp("bob.test");
        BlockingQueue<Posted> replies = new LinkedBlockingQueue<>();
        try (RepoStream posts = connect()) {
            Thread bot = start(posts, alice, replies);
            bob.post("One, @alice.test");
            assertReply(alice, replies.take());
            takeServerDown();
            bob.post("Two, @alice.test");
            bob.post("No mention here");
            bringServerUp();
            assertReply(alice, replies.take());
            end(posts, bot);
        }
        bob.post("Three, @alice.test");
        try (RepoStream posts = connect()) {
            Thread bot = start(posts, alice, replies);
            assertReply(alice, replies.take());
            end(posts, bot);
        }
        assertThat(replies).isEmpty();
        assertThat(pds.records(alice.did(), "app.bsky.feed.post")).hasSize(3);
    }

    private RepoStream connect() {
        return Firehose.connect(f -> f.service(pds.pdsUrl().toString())
                .collections(Post.RECORD)
                .startAt(0)
                .cursor(cursors)
                .onFailure(LiveMentionBot::onFailure));
    }

    private static Thread start(RepoStream posts, Bluesky bsky, BlockingQueue<Posted> replies) {
        Thread bot = new Thread(() -> LiveMentionBot.run(posts, bsky, replies::add), "bot");
        bot.start();
        return bot;
    }

    private static void end(EventStream<?> stream, Thread program) throws InterruptedException {
        stream.close();
        program.join();
    }

    private static void assertReply(Bluesky bot, Posted reply) {
        assertThat(reply.uri().toString()).startsWith("at://" + bot.did() + "/");
        assertThat(reply.created()).isTrue();
    }

    @Test
    void postIndex_matchesTheRepositoriesAcrossRestarts() throws Exception {
        Bluesky alice = signUp("alice.test");
        Bluesky bob = signUp("bob.test");
        Bluesky carol = signUp("carol.test");
        PostgresServer server = PostgresServer.get();
        server.sql("DROP TABLE IF EXISTS posts");
        DataSource database = server.source();
        PostIndex index = new PostIndex(database);
        try (PostgresSessionStore store = PostgresSessionStore.create(database)) {
            String service = pds.pdsUrl().toString();
            Posted deleted = alice.post("deleted later");
            alice.post("before the first start");
            CursorStore postgres = CursorStore.of(store);
            try (Consumer consumer = index.start(service, postgres)) {
                pds.firehose().awaitConnections(1, Duration.ofSeconds(60));
                bob.post("first");
                awaitPosition(consumer);
                takeServerDown();
                bob.post("while the server is away");
                carol.post("of an account that is deleted");
                bringServerUp();
                awaitPosition(consumer);
            }
            alice.delete(deleted.uri());
            pds.deleteAccount(carol.did());
            bob.post("while the index is stopped");
            try (Consumer consumer = index.start(service, postgres)) {
                awaitPosition(consumer);
            }
            assertThat(indexed(database)).isEqualTo(expected(alice.did(), bob.did()));
        }
    }

    private void awaitPosition(Consumer consumer) {
        while (consumer.health().position().orElse(-1) < pds.firehose().lastSeq()) {
            Thread.onSpinWait();
        }
    }

    private Map<String, String> expected(Did... dids) {
        Map<String, String> expected = new TreeMap<>();
        Stream.of(dids)
                .forEach(did -> pds.records(did, "app.bsky.feed.post")
                        .forEach((key, record) ->
                                expected.put("at://" + did + "/app.bsky.feed.post/" + key, record.getString("text"))));
        return expected;
    }

    private static Map<String, String> indexed(DataSource database) throws SQLException {
        Map<String, String> indexed = new TreeMap<>();
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT uri, text FROM posts")) {
            while (rows.next()) {
                indexed.put(rows.getString(1), rows.getString(2));
            }
        }
        return indexed;
    }

    @Test
    void labelWatcher_seesEachLabelAcrossRestarts() throws Exception {
        Did did = Did.of("did:plc:watched2222222222222222");
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (LabelServer server = new LabelServer()) {
            try (var labels = LabelWatcher.connect(server.url(), cursors)) {
                Thread watcher = watch(labels, did, seen);
                server.awaitConsumer();
                server.label(did.toString(), "spam", false);
                server.label("did:plc:other222222222222222222", "spam", false);
                assertThat(seen.take()).isEqualTo("Added: spam on " + did);
                server.stop();
                server.label("at://" + did + "/app.bsky.feed.post/1", "nudity", false);
                server.restart();
                assertThat(seen.take()).isEqualTo("Added: nudity on at://" + did + "/app.bsky.feed.post/1");
                end(labels, watcher);
            }
            server.label(did.toString(), "spam", true);
            try (var labels = LabelWatcher.connect(server.url(), cursors)) {
                watch(labels, did, seen);
                assertThat(seen.take()).isEqualTo("Removed: spam on " + did);
            }
            assertThat(seen).isEmpty();
        }
    }

    private static Thread watch(
            EventStream<StreamMessage<SubscribeLabels.Message>> labels, Did did, BlockingQueue<String> seen) {
        Thread watcher = new Thread(
                () -> LabelWatcher.watch(
                        labels, did, (label, removed) -> seen.add(LabelWatcher.describe(label, removed))),
                "watcher");
        watcher.start();
        return watcher;
    }
}
