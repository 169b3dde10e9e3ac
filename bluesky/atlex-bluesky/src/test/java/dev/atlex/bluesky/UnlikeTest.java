package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Like;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that undoing a like leaves none, regardless of which app created it. */
class UnlikeTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String LIKE = "app.bsky.feed.like";
    private static final String GET_POSTS = "app.bsky.feed.getPosts";

    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Bluesky bsky;
    private Bluesky bobs;
    private Posted post;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bob = second;
        bsky = SignedIn.bluesky(pds, alice);
        bobs = SignedIn.bluesky(pds, bob);
        post = bobs.post("Like me");
    }

    private Map<String, LexMap> records(String collection) {
        return SignedIn.records(pds, alice, collection);
    }

    private PostView view() {
        return bsky.posts(List.of(post.uri())).findFirst().orElseThrow();
    }

    /** Creates a record like another app does, with a key for the current time. */
    private AtUri byAnotherApp(LexMap record) {
        return bsky.client().createRecord(record, WriteOptions.DEFAULTS).body().uri();
    }

    private LexMap likeOfThePost() {
        return Like.builder()
                .subject(post.ref())
                .createdAt(Instant.EPOCH)
                .build()
                .toLexMap();
    }

    @Test
    void unlike_deletesTheRecord() {
        bsky.like(post.uri());

        bsky.unlike(post.uri());

        assertThat(records(LIKE)).isEmpty();
        assertThat(view().viewer().like()).isNull();
    }

    @Test
    void unlike_withoutALike_doesNothing() {
        Posted other = bobs.post("Other");
        bsky.like(other.uri());

        assertThatCode(() -> bsky.unlike(post.uri())).doesNotThrowAnyException();

        assertThat(records(LIKE)).hasSize(1);
    }

    @Test
    void unlike_removesLikeByAnotherAppThatAppViewLacks() {
        byAnotherApp(likeOfThePost());
        pds.handle(GET_POSTS, call -> LexMap.of("posts", LexArray.of()));

        bsky.unlike(post.uri());

        assertThat(records(LIKE)).isEmpty();
    }

    @Test
    void unlike_ofADeletedPost_removesTheLike() {
        byAnotherApp(likeOfThePost());
        bobs.delete(post.uri());

        bsky.unlike(post.uri());

        assertThat(records(LIKE)).isEmpty();
    }

    /** The AppView no longer returns the post, and there is more than a page of newer likes. */
    @Test
    void unlike_ofADeletedPost_searchesAllLikes() {
        bsky.client()
                .putRecord(likeOfThePost(), Tid.of(1_700_000_000_000_000L, 0).toRecordKey(), WriteOptions.DEFAULTS);
        bsky.client().applyWrites(writes -> {
            for (int i = 0; i < 101; i++) {
                AtUri other = AtUri.of("at://" + bob.did() + "/app.bsky.feed.post/other" + i);
                writes.create(
                        Like.RECORD,
                        Like.builder()
                                .subject(StrongRefs.of(other, post.cid()))
                                .createdAt(Instant.EPOCH)
                                .build());
            }
        });
        bobs.delete(post.uri());

        bsky.unlike(post.uri());

        assertThat(records(LIKE)).hasSize(101);
    }

    /** Unlike the reference server, some servers may keep several likes of a post. */
    @Test
    void unlike_removesAllLikes() {
        bsky.like(post.uri());
        bsky.client().putRecord(likeOfThePost(), Tid.next().toRecordKey(), WriteOptions.DEFAULTS);
        bsky.client().putRecord(likeOfThePost(), Tid.next().toRecordKey(), WriteOptions.DEFAULTS);
        assertThat(records(LIKE)).hasSize(3);

        bsky.unlike(post.uri());

        assertThat(records(LIKE)).isEmpty();
    }

    @Test
    void likeAfterUnlike_createsNewLike() {
        AtUri like = bsky.like(post.uri());
        bsky.unlike(post.uri());

        assertThat(bsky.like(post.uri())).isEqualTo(like);
        assertThat(view().likeCount()).isEqualTo(1);
    }
}
