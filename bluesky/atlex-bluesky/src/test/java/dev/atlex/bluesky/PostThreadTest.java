package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.bluesky.ThreadNode.Blocked;
import dev.atlex.bluesky.ThreadNode.NotFound;
import dev.atlex.bluesky.ThreadNode.Post;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests the equality of threads. */
class PostThreadTest {
    private static final Did AUTHOR = Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final Did OTHER = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Cid CID = Cid.of("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a");

    private static AtUri uri(String key) {
        return AtUri.of("at://" + AUTHOR + "/app.bsky.feed.post/" + key);
    }

    private static Post post(String key, int depth, ThreadNode... replies) {
        return new Post(
                PostView.builder()
                        .uri(uri(key))
                        .cid(CID)
                        .author(ProfileViewBasic.builder()
                                .did(AUTHOR)
                                .handle(Handle.of("alice.test"))
                                .build())
                        .record(LexMap.of())
                        .indexedAt(Datetime.of("2026-01-02T03:04:05.678Z"))
                        .build(),
                depth,
                List.of(replies));
    }

    private static PostThread thread(Post post, ThreadNode... parents) {
        return new PostThread(List.of(parents), post, true);
    }

    @Test
    void equalContents_areEqual() {
        // The same nodes in different places, and different nodes in the same places.
        List<Supplier<PostThread>> different = List.of(
                () -> thread(post("a", 0)),
                () -> thread(post("b", 0)),
                () -> new PostThread(List.of(), post("a", 0), false),
                () -> thread(post("a", 0), post("b", -1)),
                () -> thread(post("a", 0), new NotFound(uri("b"), -1)),
                () -> thread(post("a", 0), new Blocked(uri("b"), -1, AUTHOR)),
                () -> thread(post("a", 0), new Blocked(uri("b"), -1, OTHER)),
                () -> thread(post("a", 0, post("b", 1), post("c", 1))),
                () -> thread(post("a", 0, post("c", 1), post("b", 1))),
                () -> thread(post("a", 0, post("b", 1, post("c", 2)))),
                () -> thread(post("a", 0, post("b", 1, post("c", 2)), post("d", 1))),
                () -> thread(post("a", 0, post("b", 1), post("d", 1, post("c", 2)))));
        for (Supplier<PostThread> one : different) {
            assertThat(one.get()).isEqualTo(one.get()).hasSameHashCodeAs(one.get());
            for (Supplier<PostThread> other : different) {
                if (one != other) {
                    assertThat(one.get()).isNotEqualTo(other.get());
                }
            }
        }
    }

    @Test
    void deepThreads_areComparedWithoutRecursion() {
        assertThat(deep("end")).isEqualTo(deep("end")).hasSameHashCodeAs(deep("end"));
        assertThat(deep("end")).isNotEqualTo(deep("other"));
    }

    private static PostThread deep(String last) {
        int depth = 20_000;
        Post node = post(last, depth);
        for (int i = depth - 1; i >= 0; i--) {
            node = post("a", i, node);
        }
        return thread(node);
    }
}
