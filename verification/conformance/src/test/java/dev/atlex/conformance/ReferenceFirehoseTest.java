package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import dev.atlex.client.Client;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.AccountEvent;
import dev.atlex.streams.CommitEvent;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Gap;
import dev.atlex.streams.IdentityEvent;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamGap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the firehose of the reference PDS. */
@Tag("reference")
@Timeout(60)
class ReferenceFirehoseTest extends Scenarios {
    ReferenceFirehoseTest() {
        super(new ReferenceServer(ReferenceNetwork.shared()));
    }

    @Test
    void commits_haveTheirRecords() {
        Client client = signedIn();
        Did did = client.requireDid();
        Post post = post("Over the firehose, Grüße 👋🏽");
        AtUri uri = client.create(Post.RECORD, post).uri();

        try (RepoStream stream = Firehose.connect(
                f -> f.service(server.url().toString()).startAt(0).dids(did))) {
            List<RepoEvent> events = new ArrayList<>();
            for (RepoEvent event : stream) {
                events.add(event);
                if (event instanceof CommitEvent commit
                        && commit.operations().stream().anyMatch(o -> o.uri().equals(uri))) {
                    break;
                }
            }

            RecordOperation operation =
                    ((CommitEvent) events.get(events.size() - 1)).operations().get(0);
            assertThat(operation.action()).isEqualTo(RecordOperation.CREATE);
            assertThat(operation.record(Post.RECORD)).isEqualTo(post);
            assertThat(operation.cid()).isEqualTo(post.computeCid());
            assertThat(events).hasAtLeastOneElementOfType(IdentityEvent.class);
            assertThat(events).hasAtLeastOneElementOfType(AccountEvent.class);
            assertThat(events).allSatisfy(event -> assertThat(event.did()).isEqualTo(did));
            assertThat(events).extracting(RepoEvent::sequence).isSorted().doesNotHaveDuplicates();
            assertThat(stream.health().skipped()).isZero();
        }
    }

    @Test
    void restart_continuesAtTheCursor() {
        Client client = signedIn();
        CursorStore cursors = CursorStore.memory();
        AtUri first = client.create(Post.RECORD, post("before the restart")).uri();
        assertThat(nextPost(cursors, client.requireDid())).isEqualTo(first);

        AtUri second = client.create(Post.RECORD, post("while no consumer ran")).uri();

        assertThat(nextPost(cursors, client.requireDid())).isEqualTo(second);
    }

    private static void end(RepoStream stream) {
        stream.close();
    }

    private AtUri nextPost(CursorStore cursors, Did did) {
        try (RepoStream stream = Firehose.connect(f -> f.service(server.url().toString())
                .collections(Post.RECORD)
                .dids(did)
                .startAt(0)
                .cursor(cursors))) {
            List<AtUri> found = new ArrayList<>();
            stream.forEach(Post.RECORD, (operation, post) -> {
                found.add(operation.uri());
                end(stream);
            });
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void futureCursor_isAGapAndTheStreamContinues() throws Exception {
        BlockingQueue<StreamGap> gaps = new LinkedBlockingQueue<>();
        Client client = signedIn();
        try (RepoStream stream = Firehose.connect(f -> f.service(server.url().toString())
                .dids(client.requireDid())
                .startAt(1_000_000_000)
                .onGap(gap -> {
                    gaps.add(gap);
                    return Gap.OLDEST;
                }))) {
            assertThat(gaps.take().kind()).isEqualTo(StreamGap.Kind.FUTURE);
            assertThat(stream.iterator().next().did()).isEqualTo(client.requireDid());
        }
    }
}
