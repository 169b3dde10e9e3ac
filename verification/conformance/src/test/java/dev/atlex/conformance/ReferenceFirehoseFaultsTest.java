package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.identity.UpdateHandle;
import com.atproto.server.ActivateAccount;
import com.atproto.server.DeactivateAccount;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.Writes;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.AccountEvent;
import dev.atlex.streams.CommitEvent;
import dev.atlex.streams.FailedEvent;
import dev.atlex.streams.IdentityEvent;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamErrorException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.SyncEvent;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests streams of the reference PDS with slow handlers, broken connections, unusual records and accounts that go away.
 * On a separate network.
 */
@Tag("reference")
@Timeout(90)
class ReferenceFirehoseFaultsTest extends FirehoseScenarios {
    private static ReferenceNetwork network;

    ReferenceFirehoseFaultsTest() {
        super(new ReferenceServer(network));
    }

    @BeforeAll
    static void start() {
        network = ReferenceNetwork.start(ReferenceNetwork.Options.DEFAULT);
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    /** The records fill the buffers of the connection, and then the small one of the PDS. */
    @Test
    void slowHandler_isDisconnectedAndLosesNothing() throws Exception {
        int records = 120;
        String padding = "x".repeat(130_000);
        CountDownLatch written = new CountDownLatch(1);
        network.setMaxSubscriptionBuffer(3);
        try (RepoStream stream = connect(f -> f.bufferBytes(1))) {
            stream.consume(Lanes.of(1), event -> {
                try {
                    if (!numbers(event).isEmpty()) {
                        written.await();
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                collect(event);
            });
            for (int number = 1; number <= records; number++) {
                write(client, number, padding);
            }
            assertThat(stream.health().pendingBytes()).isLessThan(2 * padding.length());
            written.countDown();

            assertThat(take(records)).isEqualTo(range(1, records));
            assertThat(numbers).isEmpty();
            StreamException loss = losses.take();
            assertThat(loss)
                    .isInstanceOfSatisfying(
                            StreamErrorException.class,
                            e -> assertThat(e.error()).isEqualTo("ConsumerTooSlow"));
            assertThat(stream.health().gaps()).isZero();
        } finally {
            network.setMaxSubscriptionBuffer(500);
        }
    }

    /** This test takes as long as a stream needs to detect a dead connection: 20 seconds. */
    @Test
    void silentConnection_isReplacedWhileAQuietOneStays() throws Exception {
        BlockingQueue<String> overProxy = new LinkedBlockingQueue<>();
        write(1);
        try (TcpProxy proxy = new TcpProxy(server.url());
                RepoStream quiet = connect(f -> {})) {
            quiet.consume(Lanes.of(1), this::collect);
            assertThat(take(1)).containsExactly("1");
            try (RepoStream halfOpen = connect(f -> f.service(proxy.url()))) {
                halfOpen.consume(Lanes.of(1), event -> overProxy.addAll(numbers(event)));
                assertThat(overProxy.take()).isEqualTo("1");
                proxy.silence();

                StreamException loss = losses.take();

                assertThat(loss).hasMessageContaining("the connection is dead (no byte for 20 s");
                assertThat(quiet.health().connected()).isTrue();
                assertThat(quiet.health().reconnects()).isZero();
                write(2);
                assertThat(overProxy.take()).isEqualTo("2");
                assertThat(take(1)).containsExactly("2");
                assertThat(halfOpen.health().reconnects()).isEqualTo(1);
            }
        }
    }

    @Test
    void resetConnections_loseNothing() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.url());
                RepoStream stream = connect(f -> f.service(proxy.url()))) {
            stream.consume(Lanes.of(1), this::collect);
            for (int number = 1; number <= 20; number++) {
                write(number);
                assertThat(take(1)).containsExactly(String.valueOf(number));
                proxy.reset();
            }
            assertThat(proxy.accepted()).isGreaterThanOrEqualTo(20);
            assertThat(stream.health().gaps()).isZero();
        }
    }

    @Test
    void recordThatViolatesItsSchema_isSkippedWithAReport() throws Exception {
        BlockingQueue<FailedEvent> skipped = new LinkedBlockingQueue<>();
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        client.createRecord(
                untyped("app.bsky.feed.post").put("text", 5).build(), WriteOptions.of(o -> o.validate(false)));
        client.create(Post.RECORD, post("valid"));
        try (RepoStream stream = connect(f -> f.onSkipped(skipped::add))) {
            stream.consume(Lanes.of(1), stream.records(Post.RECORD, (operation, post) -> texts.add(post.text())));
            assertThat(texts.take()).isEqualTo("valid");
            FailedEvent failed = skipped.take();
            assertThat(failed.event()).isInstanceOf(RecordOperation.class);
            assertThat(failed.bytes().size()).isPositive();
            assertThat(stream.health().skipped()).isEqualTo(1);
        }
    }

    /** The largest commit that the PDS accepts, so none of its events is {@code tooBig}. */
    @Test
    void commitWith200Writes_hasAllRecords() {
        List<Post> posts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            posts.add(post("post " + i + " " + "Grüße 👋🏽 ".repeat(15)));
        }
        client.applyWrites(writes -> posts.forEach(post -> writes.create(Post.RECORD, post)));
        assertRejected(400, "InvalidRequest", () -> client.applyWrites(ReferenceFirehoseFaultsTest::tooMany));

        try (RepoStream stream = connect(f -> {})) {
            for (RepoEvent event : stream) {
                if (event instanceof CommitEvent commit && !commit.operations().isEmpty()) {
                    assertThat(commit.tooBig()).isFalse();
                    assertThat(commit.operations())
                            .extracting(operation -> operation.record(Post.RECORD))
                            .containsExactlyInAnyOrderElementsOf(posts);
                    assertThat(commit.operations())
                            .extracting(RecordOperation::cid)
                            .containsExactlyInAnyOrderElementsOf(
                                    posts.stream().map(Post::computeCid).toList());
                    break;
                }
            }
        }
    }

    private static void tooMany(Writes writes) {
        for (int i = 0; i <= 200; i++) {
            writes.create(Post.RECORD, post("post " + i));
        }
    }

    @Test
    void lanes_keepTheOrderOfEachAccount() throws Exception {
        List<Client> clients = List.of(signedIn(), signedIn(), signedIn());
        Map<String, List<String>> received = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(60);
        for (int number = 1; number <= 20; number++) {
            for (Client each : clients) {
                write(each, number, "");
            }
        }
        try (RepoStream stream =
                connect(f -> f.dids(clients.stream().map(Client::requireDid).toArray(Did[]::new)))) {
            stream.consume(Lanes.of(4), event -> {
                LockSupport.parkNanos(event.sequence() % 3 * 5_000_000); // so other lanes get ahead
                List<String> own = received.computeIfAbsent(
                        String.valueOf(event.did()), did -> Collections.synchronizedList(new ArrayList<>()));
                for (String number : numbers(event)) {
                    own.add(number);
                    all.countDown();
                }
            });
            all.await();
        }
        assertThat(received).hasSize(3);
        assertThat(received.values()).allSatisfy(numbers -> assertThat(numbers).isEqualTo(range(1, 20)));
    }

    /** A filter by collection doesn't hide that an account is gone, so its records can be deleted. */
    @Test
    void accountEvents_arriveDespiteCollections() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        String did = client.requireDid().toString();
        CursorStore cursors = CursorStore.memory();
        client.create(Post.RECORD, post("to be deleted"));
        try (RepoStream stream = connect(f -> f.collections(Post.RECORD).cursor(cursors))) {
            stream.consume(Lanes.of(1), event -> events.add(describe(event)));
            assertThat(next(events, 4)).containsExactly("identity", "active", "sync", "1 operations");
            write(1); // in a different collection

            client.call(
                    UpdateHandle.PROCEDURE,
                    input -> input.handle("new-" + server.createAccount().handle()));
            assertThat(next(events, 1)).containsExactly("identity");
            client.call(DeactivateAccount.PROCEDURE);
            assertThat(next(events, 1)).containsExactly("deactivated");
            client.call(ActivateAccount.PROCEDURE);
            assertThat(next(events, 3)).containsExactly("active", "identity", "sync");
            assertThat(stream.health().skipped()).isZero();
        }
        network.deleteAccount(did);
        try (RepoStream stream = connect(f -> f.collections(Post.RECORD).cursor(cursors))) {
            stream.consume(Lanes.of(1), event -> events.add(describe(event)));
            assertThat(next(events, 1)).containsExactly("deleted");
            assertThat(stream.health().gaps()).isZero(); // although the PDS has deleted the account's other events
        }
    }

    private static List<String> next(BlockingQueue<String> events, int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        while (next.size() < count) {
            next.add(events.take());
        }
        return next;
    }

    private static String describe(RepoEvent event) {
        if (event instanceof AccountEvent account) {
            return account.active() ? "active" : String.valueOf(account.status());
        } else if (event instanceof CommitEvent commit) {
            return commit.operations().size() + " operations";
        }
        return event instanceof IdentityEvent ? "identity" : event instanceof SyncEvent ? "sync" : "other";
    }
}
