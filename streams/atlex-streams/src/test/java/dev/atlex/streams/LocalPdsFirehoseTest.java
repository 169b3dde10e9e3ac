package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.CursorStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests a stream against the firehose of {@link LocalPds}, with injected failures. The JDK's WebSocket sometimes doesn't
 * report the end of a connection; the stream then needs about three seconds to find out.
 */
@Timeout(60)
class LocalPdsFirehoseTest {
    private final CursorStore store = CursorStore.memory();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamGap> gaps = new LinkedBlockingQueue<>();
    private LocalPds pds;
    private Client client;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        TestAccount alice = pds.createAccount("alice.test", "password");
        client = new Client(PasswordSession.login(pds.pdsUrl().toString(), alice.handle(), alice.password()));
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private RepoStream connect() {
        return connect(Gap.CONTINUE);
    }

    private RepoStream connect(Gap policy) {
        return Firehose.connect(
                f -> f.service(pds.pdsUrl().toString()).cursor(store).startAt(0).onGap(gap -> {
                    gaps.add(gap);
                    return policy;
                }));
    }

    private void post(int from, int to) {
        for (int i = from; i <= to; i++) {
            client.create(
                    Post.RECORD,
                    Post.builder()
                            .text("post " + i)
                            .createdAt("2026-11-27T16:00:00Z")
                            .build());
        }
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(texts.take());
        }
        return taken;
    }

    @Test
    void droppedConnections_loseNoPost() throws Exception {
        try (RepoStream stream = connect()) {
            stream.consume(Lanes.of(4), stream.records(Post.RECORD, (operation, post) -> texts.add(post.text())));
            pds.firehose().dropAfter(4);
            post(1, 6);
            assertThat(take(6)).containsExactly("post 1", "post 2", "post 3", "post 4", "post 5", "post 6");
            assertThat(stream.health().reconnects()).isPositive();
            assertThat(stream.health().skipped()).isZero();
        }
    }

    @Test
    void duplicatesAndInvalidFrames_areSkipped() throws Exception {
        pds.firehose().duplicates(true);
        try (RepoStream stream = connect()) {
            stream.consume(Lanes.of(1), stream.records(Post.RECORD, (operation, post) -> texts.add(post.text())));
            post(1, 2);
            pds.firehose().send(new byte[] {1, 2, 3});
            post(3, 3);
            assertThat(take(3)).containsExactly("post 1", "post 2", "post 3");
            assertThat(texts).isEmpty();
        }
    }

    @Test
    void restartedSequence_isAGap() throws Exception {
        post(1, 3);
        try (RepoStream stream = connect()) {
            stream.consume(Lanes.of(1), stream.records(Post.RECORD, (operation, post) -> texts.add(post.text())));
            take(3);
        }
        pds.firehose().resetSequence();

        // From the oldest event, because the new connection may begin before or after the post.
        try (RepoStream stream = connect(Gap.OLDEST)) {
            stream.consume(Lanes.of(1), stream.records(Post.RECORD, (operation, post) -> texts.add(post.text())));
            assertThat(gaps.take().kind()).isEqualTo(StreamGap.Kind.FUTURE);
            post(4, 4);
            assertThat(take(1)).containsExactly("post 4");
        }
    }
}
